"""The amount belongs to the right thing, before it or after it, alone or for several."""

import pytest
from tests.unit.understanding.carts import cart
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

GROCER = shop(
    "Coca-Cola 600 ml | bottle",
    "Coca-Cola 3 L | bottle",
    "Maruchan camarón | piece",
    "Maruchan pollo | piece",
    "Dona azúcar | piece",
    "Dona glaseada | piece",
    "Dona chocolate | piece",
    "Jamón | kg",
    "Chorizo | kg",
    "Papel 4 rollos | pack",
    "Papel 12 rollos | pack",
    "Gansito | piece",
    "Takis | bag",
)
HARDWARE = shop(
    'Brocha 2" | piece',
    'Brocha 3" | piece',
    'Brocha 4" | piece',
    "Cal 25 kg | bag",
    "Cable calibre 12 (metro) | unit",
    "Cable calibre 14 (metro) | unit",
    'Bisagra 3" (par) | pack',
    "Lápiz caja 12 pz | box",
    "Pluma caja 12 pz | box",
)
LAUNDRY = shop("Tenis (par) | service", "Tenis de gamuza (par) | service", "Saco | service")
BAKERY = shop(
    "Cuerno | piece",
    "Cuerno relleno | piece",
    "Oreja | piece",
    "Peluche chico | piece",
    "Peluche grande | piece",
    "Tortilla paquete 10 pz | pack",
    "Tortilla de maíz | kg",
    "Hielo bolsa cubo 5 kg | bag",
    "Hielo bolsa cubo 15 kg | bag",
    "Tacos dorados (4 pz) | unit",
    "Crema 1/2 L | piece",
    "Crema 1 L | piece",
    "Hielo seco en placa | kg",
    "Molida de res | kg",
    "Molida de puerco | kg",
)


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("coca 600 1\ncoca 3 lts 2", GROCER, {"Coca-Cola 600 ml": "1", "Coca-Cola 3 L": "2"}),
        ('brocha 2" 3, brocha 4" 1', HARDWARE, {'Brocha 2"': "3", 'Brocha 4"': "1"}),
        ("papel de 12 2", GROCER, {"Papel 12 rollos": "2"}),
        ("un cuarto de jamón, otro de chorizo", GROCER, {"Jamón": "0.25", "Chorizo": "0.25"}),
        ("2 kilos de jamón y otro de chorizo", GROCER, {"Jamón": "2", "Chorizo": "1"}),
        ("jamón un cuarto y chorizo lo mismo", GROCER, {"Jamón": "0.25", "Chorizo": "0.25"}),
        ("3 donas, una de cada una", GROCER, {"Dona azúcar": "1", "Dona glaseada": "1", "Dona chocolate": "1"}),
        ("2 maruchan de cada sabor", GROCER, {"Maruchan camarón": "2", "Maruchan pollo": "2"}),
        ("una de cada maruchan", GROCER, {"Maruchan camarón": "1", "Maruchan pollo": "1"}),
        ("6 maruchan, mitad y mitad", GROCER, {"Maruchan camarón": "3", "Maruchan pollo": "3"}),
        ("maruchan de camarón y de pollo, 2 y 3", GROCER, {"Maruchan camarón": "2", "Maruchan pollo": "3"}),
        ("3 gansitos y 2 takis en total 5 cosas", GROCER, {"Gansito": "3", "Takis": "2"}),
        ("3 pares de tenis, dos normales y uno de gamuza", LAUNDRY, {"Tenis (par)": "2", "Tenis de gamuza (par)": "1"}),
        ("2 peluches, el grande y el chico", BAKERY, {"Peluche grande": "1", "Peluche chico": "1"}),
        ("2 paquetes de tortilla y un kilo también", BAKERY, {"Tortilla paquete 10 pz": "2", "Tortilla de maíz": "1"}),
        ("bolsa cubo 15 kg 2, oreja 1", BAKERY, {"Hielo bolsa cubo 15 kg": "2", "Oreja": "1"}),
        ("2 orejas, una de las orejas con nuez", BAKERY, {"Oreja": "2"}),
        ("tres cuernos, cinco pues", BAKERY, {"Cuerno": "5"}),
        ("4 placas de hielo seco", BAKERY, {"Hielo seco en placa": "4pz"}),
        ("un kilo de molida, mitad res mitad puerco", BAKERY, {"Molida de res": "0.5", "Molida de puerco": "0.5"}),
        ("cable del 12 20 metros del 14 10 metros", HARDWARE, {"Cable calibre 12 (metro)": "20", "Cable calibre 14 (metro)": "10"}),
        ("bisagras 3 pares", HARDWARE, {'Bisagra 3" (par)': "3"}),
        ("4 cajas de lápiz y 2 de pluma", HARDWARE, {"Lápiz caja 12 pz": "4", "Pluma caja 12 pz": "2"}),
        ("4 cajas de lápiz y 24 plumas", HARDWARE, {"Lápiz caja 12 pz": "4", "Pluma caja 12 pz": "2"}),
        ("12 tacos dorados", BAKERY, {"Tacos dorados (4 pz)": "3"}),
        ("un litro de crema", BAKERY, {"Crema 1 L": "1"}),
        ("un cuerno a Xicoténcatl 614 porfa", BAKERY, {"Cuerno": "1"}),
        ("6 cuernos, 2 rellenos y 4 sencillos", BAKERY, {"Cuerno relleno": "2", "Cuerno": "4"}),
    ],
)  # fmt: skip
def test_every_thing_gets_its_amount(text: str, index: CatalogIndex, expected: dict[str, str]) -> None:
    understood = understand(text, index)

    assert cart(understood) == expected
    assert not understood.ambiguous


@pytest.mark.parametrize("text", ["4 donas, una de cada una", "6 donas, mitad y mitad"])
def test_what_does_not_come_out_even_is_asked_about(text: str) -> None:
    understood = understand(text, GROCER)

    assert understood.items == ()
    assert len(understood.ambiguous) == 1
