"""*Grande* and *chico* of things whose names only give measures; what else is said counts before them."""

import pytest
from tests.unit.understanding.carts import quantities
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

WATER = shop(
    "Garrafón 20 L relleno | unit",
    "Garrafón 11 L relleno | unit",
    "Garrafón alcalina 20 L relleno | unit",
    "Hielo en cubo 3 kg | bag",
    "Hielo en cubo 5 kg | bag",
    "Hielo frappé 4 kg | bag",
    "Paquete botellas 330 ml (24 pzas) | pack",
    "Paquete botellas 600 ml (24 pzas) | pack",
    "Paquete botellas 1.5 L (12 pzas) | pack",
    "Topo Chico 600 ml | bottle",
)
PAINTS = shop(
    "Esmalte Comex 100 blanco 1 L | can",
    "Esmalte Comex 100 negro 1 L | can",
    "Esmalte Comex 100 negro 250 ml | can",
    "Brocha 1 pulgada | piece",
    "Brocha 2 pulgadas | piece",
    "Brocha 3 pulgadas | piece",
    "Brocha 4 pulgadas | piece",
    "Tecate Light 355 ml | can",
    "Contacto doble | piece",
    "Dispensador pedestal | piece | De piso, eléctrico",
    "Dispensador de mesa | piece | Eléctrico",
)


@pytest.mark.parametrize(
    "text, index, expected",
    [
        (
            "2 garrafones grandes y 3 chicos",
            WATER,
            {"Garrafón 20 L relleno": 2, "Garrafón 11 L relleno": 3},
        ),
        ("un garrafon chico", WATER, {"Garrafón 11 L relleno": 1}),
        ("2 bolsas de hielo grandes", WATER, {"Hielo en cubo 5 kg": 2}),
        ("un paquete de botellas medianas", WATER, {"Paquete botellas 600 ml (24 pzas)": 1}),
        ("esmalte negro chico", PAINTS, {"Esmalte Comex 100 negro 250 ml": 1}),
        ("2 esmalte negro de los grandes", PAINTS, {"Esmalte Comex 100 negro 1 L": 2}),
        ("2 brochas de la más chica", PAINTS, {"Brocha 1 pulgada": 2}),
        ("dispensador de piso", PAINTS, {"Dispensador pedestal": 1}),
    ],
)
def test_a_size_word_chooses_among_measures(text: str, index: CatalogIndex, expected: dict[str, int]) -> None:
    understood = understand(text, index)

    assert quantities(understood) == expected
    assert not understood.ambiguous


def test_of_many_sizes_the_shop_asks_which_is_large() -> None:
    understood = understand("una brocha grande", PAINTS)

    assert understood.items == ()
    assert [len(each.candidates) for each in understood.ambiguous] == [4]


@pytest.mark.parametrize("text", ["un six de tecate roja", "2 tecate normal", "un contacto sencillo"])
def test_the_only_special_one_is_not_taken_for_another(text: str) -> None:
    understood = understand(text, PAINTS)

    assert understood.items == ()
    assert understood.unknown
