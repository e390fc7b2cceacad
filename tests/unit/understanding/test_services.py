"""Work and garments said apart: *4 camisas, todo en seco*, *entallar 2 camisas*, *pegar 3 botones a una camisa*."""

from decimal import Decimal

import pytest
from tests.unit.understanding.carts import quantities
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

CLEANER = shop(
    "Camisa lavado y planchado | service",
    "Camisa solo planchado | service",
    "Pantalón lavado y planchado | service",
    "Pantalón solo planchado | service",
    "Pantalón en seco | service",
    "Saco en seco | service",
    "Saco solo planchado | service",
    "Blusa lavado y planchado | service",
    "Blusa en seco | service",
    "Blusa solo planchado | service",
    "Vestido de noche en seco | service",
    "Chamarra de piel limpieza | service",
    "Chamarra de piel teñido | service",
    "Planchado por docena | service | 12 prendas",
)
TAILOR = shop(
    "Vestido sencillo tintorería | service",
    "Vestido de noche tintorería | service",
    "Camisa lavada y planchada | service",
    "Saco tintorería | service",
    "Entallar camisa | service",
    "Entallar vestido | service",
    "Entallar saco | service",
    "Acortar mangas camisa | service",
    "Acortar mangas saco | service",
    "Bastilla pantalón | service",
    "Bastilla falda | service",
    "Cambio de cierre pantalón | service",
    "Cambio de cierre chamarra | service",
    "Poner botón (pza) | service",
    "Zurcido invisible (cm) | service",
)
LAUNDRY = shop(
    "Blusa | service | En seco",
    "Planchado por pieza | service | Prenda sencilla",
    "Planchado docena | service | 12 prendas",
    "LAVADO EN SECO FALDA | service",
)
DOZENS = shop(
    "Planchado docena | service",
    "Planchado media docena | service",
    "Planchado vestido | service",
    "Vestido de noche tintorería | service",
    "Tenis (par) | service",
    "Tenis de gamuza (par) | service",
)
COBBLER = shop(
    "Boleada zapato | service", "Boleada bota | service", "Teñido bota | service", "Pegado suela bota | service"
)


def _cart(text: str, index: CatalogIndex) -> dict[str, Decimal | None]:
    read = understand(text, index)
    assert not read.ambiguous
    return quantities(read)


@pytest.mark.parametrize(
    ("text", "index", "cart"),
    [
        ("planchar 3 camisas y 2 pantalones", CLEANER, {"Camisa solo planchado": 3, "Pantalón solo planchado": 2}),
        ("3 camisas y un saco, ya están lavados nomás es plancharlos", CLEANER, {"Camisa solo planchado": 3, "Saco solo planchado": 1}),
        ("dos pantalones y un saco, todo en seco", CLEANER, {"Pantalón en seco": 2, "Saco en seco": 1}),
        ("2 blusas en seco y 3 nada mas planchadas", CLEANER, {"Blusa en seco": 2, "Blusa solo planchado": 3}),
        ("camisas 4 puro planchado, pantalones 2 en seco", CLEANER, {"Camisa solo planchado": 4, "Pantalón en seco": 2}),
        ("2 chamarras de piel, una para teñir y otra para limpieza", CLEANER, {"Chamarra de piel limpieza": 1, "Chamarra de piel teñido": 1}),
        ("una chamarra de piel", CLEANER, {"Chamarra de piel limpieza": 1}),
        ("entallar 2 camisas", TAILOR, {"Entallar camisa": 2}),
        ("me entallas un vestido de noche", TAILOR, {"Entallar vestido": 1}),
        ("un vestido de noche", TAILOR, {"Vestido de noche tintorería": 1}),
        ("acortar mangas 2 cm a 2 camisas", TAILOR, {"Acortar mangas camisa": 2}),
        ("zurcido invisible 5 cm en un saco", TAILOR, {"Zurcido invisible (cm)": 5}),
        ("pegarle 3 botones a una camisa", TAILOR, {"Poner botón (pza)": 3}),
        ("un saco, un vestido y 4 botones", TAILOR, {"Saco tintorería": 1, "Vestido sencillo tintorería": 1, "Poner botón (pza)": 4}),
        ("cambio de cierre en 2 pantalones y una chamarra", TAILOR, {"Cambio de cierre pantalón": 2, "Cambio de cierre chamarra": 1}),
        ("súbanle la bastilla a 3 pantalones y a una falda", TAILOR, {"Bastilla pantalón": 3, "Bastilla falda": 1}),
        ("2 sacos, entallarlos", TAILOR, {"Entallar saco": 2}),
        ("plancha 5 playeras", LAUNDRY, {"Planchado por pieza": 5}),
        ("planchar 6 prendas", LAUNDRY, {"Planchado por pieza": 6}),
        ("mando en seco 2 sacos y un pantalón", CLEANER, {"Saco en seco": 2, "Pantalón en seco": 1}),
        ("2 pantalones en seco y 3 blusas igual", CLEANER, {"Pantalón en seco": 2, "Blusa en seco": 3}),
        ("ocupo que me entallen 2 camisas y un saco", TAILOR, {"Entallar camisa": 2, "Entallar saco": 1}),
        ("hay que cambiarle el cierre a una chamarra", TAILOR, {"Cambio de cierre chamarra": 1}),
        ("un pantalón que le suban la bastilla", TAILOR, {"Bastilla pantalón": 1}),
        ("acortarle las mangas a un saco, 3 cm", TAILOR, {"Acortar mangas saco": 1}),
        ("bolear 2 pares de zapatos", COBBLER, {"Boleada zapato": 2}),
        ("pegar la suela de unas botas y teñir otras", COBBLER, {"Pegado suela bota": 1, "Teñido bota": 1}),
        ("media docena de planchado", DOZENS, {"Planchado media docena": 1}),
        ("2 docenas de planchado", DOZENS, {"Planchado docena": 2}),
        ("3 pares de tenis, uno de gamuza", DOZENS, {"Tenis (par)": 2, "Tenis de gamuza (par)": 1}),
        ("4 tenis de gamuza", DOZENS, {"Tenis de gamuza (par)": 4}),
        ("mi vestido de noche, puro planchado", DOZENS, {"Planchado vestido": 1}),
        ("hay que pegar 4 botones a un saco", TAILOR, {"Poner botón (pza)": 4}),
        ("2 blusas 1 saco y 3 pantalones todo en seco", CLEANER, {"Blusa en seco": 2, "Saco en seco": 1, "Pantalón en seco": 3}),
        ("una falda en seco", LAUNDRY, {"LAVADO EN SECO FALDA": 1}),
    ],
)  # fmt: skip
def test_work_goes_with_its_garment(text: str, index: CatalogIndex, cart: dict[str, int]) -> None:
    assert _cart(text, index) == cart


@pytest.mark.parametrize("text", ["3 camisas", "un pantalón", "2 blusas y una camisa"])
def test_where_no_work_is_said_the_shop_asks(text: str) -> None:
    assert understand(text, CLEANER).ambiguous


def test_only_ironing_is_no_plainer_than_washing() -> None:
    shop_of_dresses = shop("Planchado vestido | service", "Vestido casual | service", "Vestido de noche | service")

    assert "Planchado vestido" in understand("un vestido", shop_of_dresses).ambiguous[0].candidates
    assert _cart("planchar un vestido", shop_of_dresses) == {"Planchado vestido": 1}


def test_a_dozen_and_a_half_is_asked_about_where_halves_are_sold() -> None:
    assert understand("docena y media de planchado", DOZENS).ambiguous
