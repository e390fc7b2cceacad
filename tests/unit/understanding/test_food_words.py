"""By which words customers ask food shops for what their catalogs name otherwise."""

import pytest
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

CHICKEN = shop("PECHUGA CON HUESO | kg", "ALITAS | kg", "PIERNA | kg", "HUACAL | kg")
BUTCHER = shop(
    "BISTEC DE RES | kg",
    "CHAMBARETE CON HUESO | kg",
    "FALDA DE RES | kg",
    "PULPA DE RES | kg",
    "SUADERO | kg",
    "PIERNA DE CERDO | kg",
    "PIERNA | kg",
)
DAIRY = shop(
    "QUESO OAXACA | kg",
    "QUESO CHIHUAHUA | kg",
    "QUESO PANELA | kg",
    "CREMA DE RANCHO | liter",
)
SEEDS = shop("Chía | kg", "Jamaica | kg", "Nuez de la india | kg", "Pimienta negra | kg", "Cacahuate japonés | kg")
BAKER = shop(
    "Concha de vainilla | piece", "Concha de chocolate | piece", "Media noche | pack", "Café americano | piece"
)
DRINKS = shop(
    "Coca 600 | bottle",
    "Coca 2.5 L retornable | bottle",
    "INDIO 355 ML | bottle",
    "INDIO CAGUAMA 940 ML | bottle",
    "Agua Ciel 1 L | bottle",
    "Agua mineral Peñafiel | bottle",
    "Chamoy | bottle",
)
GROCER = shop("AZUCAR ESTANDAR 1 KG | bag", "AZUCAR REFINADA 1 KG | bag", "MASECA 1 KG | bag", "Boing mango | bottle")


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("un kilo de pechuga de pollo", CHICKEN, "PECHUGA CON HUESO"),
        ("un kilo de piernas de pollo", CHICKEN, "PIERNA"),
        ("un kilo de carcasa", CHICKEN, "HUACAL"),
        ("un kilo de chambarete de res", BUTCHER, "CHAMBARETE CON HUESO"),
        ("medio kilo de quesillo", DAIRY, "QUESO OAXACA"),
        ("un kilo de menonita", DAIRY, "QUESO CHIHUAHUA"),
        ("un cuarto de semillas de chía", SEEDS, "Chía"),
        ("un cuarto de flor de jamaica", SEEDS, "Jamaica"),
        ("un cuarto de cacahuates japoneses", SEEDS, "Cacahuate japonés"),
        ("2 conchas cafés", BAKER, "Concha de chocolate"),
        ("un paquete de pan para hot dog", BAKER, "Media noche"),
        ("una coca grande", DRINKS, "Coca 2.5 L retornable"),
        ("una agüita mineral", DRINKS, "Agua mineral Peñafiel"),
        ("un chamoycito", DRINKS, "Chamoy"),
        ("una azúcar morena", GROCER, "AZUCAR ESTANDAR 1 KG"),
        ("una azúcar blanca", GROCER, "AZUCAR REFINADA 1 KG"),
        ("una harina para tortillas", GROCER, "MASECA 1 KG"),
        ("un kilo de nopales", shop("Nopalito en tiras | kg"), "Nopalito en tiras"),
        ("una coca de litro y medio", shop("Coca Cola 1.5 | bottle", "Coca Cola lata | can"), "Coca Cola 1.5"),
        ("una pierna con muslo", shop("Piernil | kg", "Muslo | kg"), "Piernil"),
        ("una coca chica", shop("Coca 2.5 ret | bottle", "Coca 600 pet | bottle"), "Coca 600 pet"),
        ("un kilo de maíz para palomitas", shop("Maíz cacahuazintle | kg", "Palomitero | kg"), "Palomitero"),
        ("un suavizante", shop("Ensueño 850 ml | bottle"), "Ensueño 850 ml"),
    ],
)
def test_one_thing_is_meant(text: str, index: CatalogIndex, expected: str) -> None:
    understood = understand(text, index)

    assert [item.sku for item in understood.items] == [expected]
    assert not understood.unknown
    assert not understood.ambiguous


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("un kilo de queso para quesadillas", DAIRY, {"QUESO OAXACA", "QUESO CHIHUAHUA"}),
        ("un kilo de carne para deshebrar", BUTCHER, {"FALDA DE RES", "PULPA DE RES", "SUADERO"}),
        ("2 cocas", DRINKS, {"Coca 600", "Coca 2.5 L retornable"}),
        ("un agua", DRINKS, {"Agua Ciel 1 L", "Agua mineral Peñafiel"}),
        (
            "un kilo de calabaza",
            shop("Calabacita | kg", "Calabaza de castilla | kg"),
            {"Calabacita", "Calabaza de castilla"},
        ),
        ("2 indios", DRINKS, {"INDIO 355 ML", "INDIO CAGUAMA 940 ML"}),
    ],
)
def test_several_may_be_meant(text: str, index: CatalogIndex, expected: set[str]) -> None:
    (asked,) = understand(text, index).ambiguous

    assert set(asked.candidates) == expected


@pytest.mark.parametrize(
    "text, index",
    [
        ("un kilo de pechuga de pavo", CHICKEN),
        ("un kilo de piernas de pollo", BUTCHER),
        ("un cuarto de semillas de girasol", SEEDS),
        ("una nuez moscada", GROCER),
        ("un cuarto de nuez moscada", SEEDS),
        ("un jugo verde", GROCER),
        ("un kilo de limón persa", shop("Pera | kg", "Naranja | kg")),
        ("una sidra", shop("Sidral | bottle")),
        ("unas gomitas enchiladas", shop("Goma de migajón | piece")),
        ("un kilo de frijol negro", shop("Frijol de la olla | kg")),
        ("un kilo de uva roja", shop("Uva sin semilla | kg")),
        ("un suavitel", shop("Ensueño 850 ml | bottle")),
    ],
)
def test_what_only_sounds_alike_is_lacking(text: str, index: CatalogIndex) -> None:
    understood = understand(text, index)

    assert not understood.items
    assert not understood.ambiguous
    assert understood.unknown


@pytest.mark.parametrize("text", ["buenas, me manda tequila", "hola, quiero harina", "me da gansito por favor"])
def test_what_is_lacking_is_asked_for_beside_courtesy(text: str) -> None:
    understood = understand(text, BAKER)

    assert understood.intent == "order"
    assert understood.unknown
