"""The noun said once: what only describes is found among the kin of what was named before, nearest first."""

import pytest
from tests.unit.understanding.carts import cart
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

WATER = shop(
    "Garrafón 20 L relleno | unit",
    "Garrafón 20 L nuevo c/envase | unit",
    "Garrafón 11 L relleno | unit",
    "Relleno agua alcalina 20 L | unit",
    "Bomba manual p/garrafón | piece",
)
CLEANING = shop(
    "Lavatrastes limón (tipo Salvo) lt | liter",
    "Lavatrastes naranja lt | liter",
    "Jabón líquido Zote lt | liter",
    "Zote rosa 400 g | piece | Barra",
    "Cubeta 12 lts | piece",
    "Cubeta exprimidora | piece",
)
GROCER = shop(
    "Coca-Cola 600 ml | bottle",
    "Coca-Cola 3 L | bottle",
    "Coca-Cola sin azúcar 600 ml | bottle",
    "Sabritas Sal 45 g | bag",
    "Sabritas Adobadas 45 g | bag",
    "Sal La Fina 1 kg | bag",
    "Tomate verde | kg",
)

LAUNDRY = shop(
    "Cobija individual | service",
    "Cobija king | service",
    "Edredón individual | service",
    "Edredón king | service",
    "Chamarra | service",
    "Chamarra de piel | service",
    "Chamarra de pluma | service",
    "Almohada | service",
    "Almohada de pluma | service",
    "Camisa lavado y planchado | service",
    "Camisa solo planchado | service",
    "Planchado docena | service",
)
HARDWARE = shop(
    'Masking tape 1" | piece',
    'Masking tape 2" | piece',
    "Copia blanco y negro | service",
    "Copia a color | service",
    "Hojas de color 100 pz | pack",
)
COOK = shop("Pollo rostizado entero | piece", "Medio pollo rostizado | piece", "Flan | piece")


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("cobija y edredón, los dos king", LAUNDRY, {"Cobija king": "1", "Edredón king": "1"}),
        ("dos chamarras, una de piel y la otra de pluma", LAUNDRY, {"Chamarra de piel": "1", "Chamarra de pluma": "1"}),
        ("3 chamarras, una de ellas de piel", LAUNDRY, {"Chamarra": "2", "Chamarra de piel": "1"}),
        ("3 camisas lavado y planchado y 2 solo planchado", LAUNDRY,
         {"Camisa lavado y planchado": "3", "Camisa solo planchado": "2"}),
        ("cobija y edredón, ambos king", LAUNDRY, {"Cobija king": "1", "Edredón king": "1"}),
        ("4 almohadas y 2 de pluma", LAUNDRY, {"Almohada": "4", "Almohada de pluma": "2"}),
        ("docena y media de planchado", LAUNDRY, {"Planchado docena": "1.5"}),
        ("dos chamarras para lavar, una es de piel", LAUNDRY, {"Chamarra": "1", "Chamarra de piel": "1"}),
        ("12 cocas de 600, de las cuales 6 sin azúcar", GROCER,
         {"Coca-Cola 600 ml": "6", "Coca-Cola sin azúcar 600 ml": "6"}),
        ("masking de 1 y de 2", HARDWARE, {'Masking tape 1"': "1", 'Masking tape 2"': "1"}),
        ("10 copias blanco y negro y 5 a color", HARDWARE, {"Copia blanco y negro": "10", "Copia a color": "5"}),
        ("sabritas adobadas 2 y de sal 1", GROCER, {"Sabritas Adobadas 45 g": "2", "Sabritas Sal 45 g": "1"}),
        ("un pollo rostizado y un medio", COOK, {"Pollo rostizado entero": "1", "Medio pollo rostizado": "1"}),
        ("2 garrafones grandes y 2 chicos", WATER, {"Garrafón 20 L relleno": "2", "Garrafón 11 L relleno": "2"}),
        ("garrafón de alcalina y dos normales", WATER, {"Relleno agua alcalina 20 L": "1", "Garrafón 20 L relleno": "2"}),
        ("salvo 2 lts y el naranja 1", CLEANING, {"Lavatrastes limón (tipo Salvo) lt": "2", "Lavatrastes naranja lt": "1"}),
        ("jabón zote líquido dos litros, 3 de los de barra", CLEANING, {"Jabón líquido Zote lt": "2", "Zote rosa 400 g": "3"}),
        ("una cubeta con exprimidor y una normal", CLEANING, {"Cubeta exprimidora": "1", "Cubeta 12 lts": "1"}),
        ("2 cocas de 600, unas sabritas de sal y una de 3", GROCER,
         {"Coca-Cola 600 ml": "2", "Sabritas Sal 45 g": "1", "Coca-Cola 3 L": "1"}),
    ],
)  # fmt: skip
def test_a_description_is_completed_with_the_noun_of_something_before(
    text: str, index: CatalogIndex, expected: dict[str, str]
) -> None:
    understood = understand(text, index)

    assert cart(understood) == expected
    assert not understood.ambiguous
    assert not understood.unknown


def test_what_has_an_unknown_noun_is_not_completed() -> None:
    understood = understand("tomate verde medio kilo = salsita verde", shop("Tomate verde | kg", "Cebolla | kg"))

    assert cart(understood) == {"Tomate verde": "0.5"}
