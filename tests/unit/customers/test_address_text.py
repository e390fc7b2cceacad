"""An address in one piece and its parts: what is plainly said is kept, what may be a colonia is only guessed."""

import pytest

from marchante.customers.address_text import colony_guesses, read_parts
from marchante.customers.domain import AddressParts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Calle Juárez #250-B, Col. Obrera, C.P. 91000, portón verde",
            AddressParts("Calle Juárez", "250-B", "Obrera", None, None, None, "91000", "portón verde"),
        ),
        ("Av. Xalapa 12", AddressParts("Av. Xalapa", "12")),
        ("5 de mayo 23, Centro 91010", AddressParts("5 de mayo", "23", zip_code="91010")),
        ("Lucio 4, entre Zamora y Allende", AddressParts("Lucio", "4", between_streets="Zamora y Allende")),
        ("andador 3 s/n, fracc. Lucas Martín", AddressParts("andador 3", "s/n", "Lucas Martín")),
        ("en la casa de siempre", AddressParts()),
    ],
)
def test_parts_are_read(text: str, parts: AddressParts):
    assert read_parts(text) == parts


@pytest.mark.parametrize(
    ("text", "guesses"),
    [
        ("Av Xalapa 12 Centro", ("Centro",)),
        ("calle 5 de mayo 23, Las Ánimas, portón verde", ("Las Ánimas",)),
        ("calle 5 de mayo", ()),
        ("Zaragoza 5, int. 3, frente al parque", ()),
    ],
)
def test_a_colonia_without_its_word_is_a_guess(text: str, guesses: tuple[str, ...]):
    assert colony_guesses(text) == guesses


def test_an_address_is_written_in_the_order_a_courier_reads_it():
    parts = AddressParts("Lucio", "4", "Centro", "Zamora y Allende", "Xalapa", "Ver.", "91000", "portón verde")
    assert parts.line == "Lucio 4, entre Zamora y Allende, Centro, Xalapa, Ver., C.P. 91000, portón verde"
