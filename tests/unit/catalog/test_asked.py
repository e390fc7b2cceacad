"""What of a customer's words is kept for the owner, and what never is."""

import pytest

from marchante.catalog.asked.domain import AskedPhrase, asked, asked_for_product, phrase_key


@pytest.mark.parametrize("written", ["cocas", "2 cocas", "una koka", "COCA", "las cocas", "coca"])
def test_spellings_and_amounts_of_a_phrase_are_one_asking(written: str):
    kept = asked("alias", written, 7)
    assert kept is not None
    assert kept.phrase == phrase_key("coca")


def test_a_phrase_is_kept_as_it_was_written_without_accents_and_amounts():
    assert asked("not_carried", "3 kg de Tortillas de harína") == AskedPhrase(
        "not_carried", phrase_key("tortilla de harina"), "tortillas de harina"
    )


def test_a_sold_out_product_is_kept_however_long_its_name():
    kept = asked_for_product("Paquete botellas 500 ml (24 piezas) Don Bosco", 7)
    assert (kept.kind, kept.example, kept.product_id) == ("sold_out", "paquete botellas 500 ml 24 piezas don bosco", 7)


@pytest.mark.parametrize(
    "said",
    [
        "2281234567",
        "4152 3136 0000 1111",
        "coca 91070",
        "lupe@correo.mx",
        "calle Xalapa 12",
        "don Chuy el de la esquina",
        "mi número es otro",
        "soy Lupe",
        "la salsa verde que me dieron la otra vez con mucho picante",
        "x" * 41,
        "2",
        "...",
        "",
    ],
)
def test_what_is_long_a_number_or_tells_who_somebody_is_is_not_kept(said: str):
    assert asked("not_carried", said) is None


def test_the_customers_own_name_is_not_kept():
    assert asked("not_carried", "para Lupita", names=("Lupita Hernández",)) is None
    assert asked("not_carried", "para la fiesta", names=("Lupita Hernández",)) is not None
