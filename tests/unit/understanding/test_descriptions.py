"""What is said more of a thing the shop has does not make it a thing the shop lacks."""

import pytest
from tests.unit.understanding.shops import shop

from marchante.understanding import understand

HARDWARE = shop(
    "Varilla 3/8 12 m | piece",
    "Tee PVC 1/2 | piece",
    "Regulador gas 1 salida | piece",
    "Regulador gas 2 salidas | piece",
    "Bomba de agua 1/2 HP | piece",
    "Bomba de agua 1 HP | piece",
    "Copia a color | piece",
    "Pala redonda | piece",
)
GAS = shop("Regulador gas 1 vía | piece", "Regulador gas 2 vías | piece")


@pytest.mark.parametrize(
    "text, sku",
    [
        ("10 varillas pero derechas", "Varilla 3/8 12 m"),
        ("10 varillas que vengan sin golpes", "Varilla 3/8 12 m"),
        ("10 palas de las que aguantan", "Pala redonda"),
        ("10 copias a color de la INE", "Copia a color"),
        ("10 tees", "Tee PVC 1/2"),
        ("10 reguladores de dos salidas", "Regulador gas 2 salidas"),
        ("10 bombas de medio caballo", "Bomba de agua 1/2 HP"),
    ],
)
def test_what_tells_no_product_apart_leaves_the_thing_what_it_is(text: str, sku: str) -> None:
    understood = understand(text, HARDWARE)

    assert [(item.sku, item.quantity) for item in understood.items] == [(sku, 10)]
    assert understood.unknown == ()


def test_how_many_parts_a_thing_has_tells_which() -> None:
    assert [item.sku for item in understand("un regulador de una via", GAS).items] == ["Regulador gas 1 vía"]


@pytest.mark.parametrize("text, lacking", [("una varilla de aluminio", "varilla de aluminio"), ("3 picos", "picos")])
def test_another_stuff_or_thing_is_lacking_still(text: str, lacking: str) -> None:
    assert understand(text, HARDWARE).unknown == (lacking,)


def test_a_measure_after_a_thing_says_how_it_is_to_be() -> None:
    understood = understand("una pala redonda, como de 2 dedos", HARDWARE)

    assert [item.sku for item in understood.items] == ["Pala redonda"]
    assert understood.unknown == ()


@pytest.mark.parametrize(
    "text, lacking",
    [
        ("2 palas redondas y la pistola", ("pistola",)),
        ("una pala redonda y la funda del sillon", ("funda del sillon",)),
        ("un insecticida, trampas para pisos y una pala redonda", ("insecticida", "trampas para pisos")),
        ("2 bolsas de tutsi pop y una pala redonda", ("tutsi pop",)),
        ("hay tostadas? si no una pala redonda", ("tostadas",)),
    ],
)
def test_what_is_asked_for_beside_other_things_is_named(text: str, lacking: tuple[str, ...]) -> None:
    assert understand(text, HARDWARE).unknown == lacking


def test_what_else_is_said_after_y_is_not() -> None:
    assert understand("una pala redonda y mi hermano pasa", HARDWARE).unknown == ()


def test_a_half_after_a_size_the_thing_comes_in_is_of_the_next_thing() -> None:
    sold = shop("Coca-Cola 3 L | bottle", "Queso de hebra | kg")

    understood = understand("una coca de 3 litros y medio de queso de hebra", sold)

    assert [(item.sku, float(item.quantity or 0)) for item in understood.items] == [
        ("Coca-Cola 3 L", 1.0),
        ("Queso de hebra", 0.5),
    ]
