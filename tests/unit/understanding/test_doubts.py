"""What is not certain is asked about: a wrong amount nobody asks about is worse than a question too many."""

from decimal import Decimal

import pytest
from tests.unit.understanding.carts import quantities
from tests.unit.understanding.shops import BUTCHER, GREENGROCER, shop

from marchante.understanding import CatalogIndex, understand

STATIONER = shop(
    "Folder carta beige | piece",
    "Folder carta paquete 25 | pack",
    "Pija 8x1 bolsa 100 | bag",
    "Taquete 1/4 bolsa 50 | bag",
    "Cemento gris bulto 50 kg | bag",
    "Cable calibre 12 metro | unit",
)
SEAFOOD = shop("Camarón U15 | kg", "Camarón chico | kg", "Camarón mediano | kg", "Pulpo | kg")
LAUNDRY = shop(
    "Lavado por kilo | kg", "Sueter | service", "Blusa | service", "Falda | service", "Planchado por pieza | service"
)
TORTILLAS = shop(
    "Tortilla de maíz | kg", "Tortilla taquera | kg", "Tortilla de harina 12 pz | pack", "Pollo rostizado | piece"
)


@pytest.mark.parametrize(
    "text, index, sku",
    [
        ("me guarda 6 limones y otros 6 para mi mamá", GREENGROCER, "Limón"),
        ("jitomate y papa, 2 y 3 kilos respectivamente", GREENGROCER, "Papa blanca"),
        ("el chorizo ahorita no", BUTCHER, "Chorizo"),
        ("medio bulto de cemento", STATIONER, "Cemento gris bulto 50 kg"),
        ("20 taquetes", STATIONER, "Taquete 1/4 bolsa 50"),
        ("0 kilos de papa", GREENGROCER, "Papa blanca"),
    ],
)
def test_what_is_not_certain_is_asked_about(text: str, index: CatalogIndex, sku: str) -> None:
    understood = understand(text, index)

    assert sku not in {item.sku for item in understood.items}
    assert understood.intent != "order" or any(sku in question.candidates for question in understood.ambiguous)


@pytest.mark.parametrize("text", ["camarón 1 kg", "2 kilos de camarón"])
def test_a_name_that_leaves_other_sizes_open_is_asked_about(text: str) -> None:
    (question,) = understand(text, SEAFOOD).ambiguous

    assert set(question.candidates) == {"Camarón U15", "Camarón chico", "Camarón mediano"}


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("blusas 3 faldas 2 sueter 1", LAUNDRY, {"Blusa": 3, "Falda": 2, "Sueter": 1}),
        ("ayer mandé 1 sueter, hoy van 2 blusas", LAUNDRY, {"Blusa": 2}),
        ("100 pijas y 50 taquetes", STATIONER, {"Pija 8x1 bolsa 100": 1, "Taquete 1/4 bolsa 50": 1}),
        ("1 tonelada de cemento", STATIONER, {"Cemento gris bulto 50 kg": 20}),
        ("15 m de cable del 12", STATIONER, {"Cable calibre 12 metro": 15}),
        ("un pollo y medio", TORTILLAS, {"Pollo rostizado": Decimal("1.5")}),
        ("una y media de tortilla de maíz", TORTILLAS, {"Tortilla de maíz": Decimal("1.5")}),
        ("kilo y medio de tortilla, taquera", TORTILLAS, {"Tortilla taquera": Decimal("1.5")}),
        ("2 paquetes de tortillas", TORTILLAS, {"Tortilla de harina 12 pz": 2}),
        ("un kilo de chorizo... no es mucho, medio kilo de chorizo", BUTCHER, {"Chorizo": Decimal("0.5")}),
        ("un cuarto de chorizo, no jaja un kilo", BUTCHER, {"Chorizo": 1}),
        ("tienes cebolla morada? dame medio, y si no pues de papa", GREENGROCER, {"Cebolla morada": Decimal("0.5")}),
    ],
)
def test_amounts_go_to_the_thing_they_were_said_of(
    text: str, index: CatalogIndex, expected: dict[str, Decimal]
) -> None:
    understood = understand(text, index)

    counted = {item.sku: item.quantity for item in understood.items if item.sku in expected}
    assert counted == {sku: Decimal(value) for sku, value in expected.items()}


def test_what_is_declined_in_the_middle_of_an_order_is_left_out() -> None:
    understood = understand("2 kilos de papa, cilantro no porque ya tengo, y 1 lechuga", GREENGROCER)

    assert {item.sku for item in understood.items} == {"Papa blanca", "Lechuga romana"}
    assert not understood.unknown


def test_a_swap_that_points_back_takes_out_what_was_just_named() -> None:
    understood = understand("la papa la cambio por 2 kilos de limón", GREENGROCER)

    assert [(item.sku, item.op) for item in understood.items] == [("Papa blanca", "remove"), ("Limón", "add")]


PLUMBER = shop(
    "Codo PVC hid 1/2 | piece",
    "Codo PVC hid 3/4 | piece",
    "Tubo PVC hid 1/2 6 m | piece",
    "Tubo PVC hid 3/4 6 m | piece",
    "Cartulina de color | piece",
    "Pintura vinílica Berel blanca 4 L | can",
    "Pintura vinílica Berel blanca 19 L | can",
    "Cemento gris Tolteca 50 kg | bag",
)


def test_what_is_counted_twice_under_other_names_is_not_added_up() -> None:
    understood = understand("8 codos pvc de media y 3 tubos de media", PLUMBER)

    assert "Codo PVC hid 1/2" not in {item.sku for item in understood.items}
    assert [question.candidates for question in understood.ambiguous] == [("Codo PVC hid 1/2",)]


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("2 cartulinas de color, una rosa y otra azul", PLUMBER, {"Cartulina de color": 2}),
        ("2 codos pvc de media y otros 3 codos de media", PLUMBER, {"Codo PVC hid 1/2": 5}),
        ("una cubeta de vinílica blanca", PLUMBER, {"Pintura vinílica Berel blanca 19 L": 1}),
        ("un galón de vinílica blanca", PLUMBER, {"Pintura vinílica Berel blanca 4 L": 1}),
        ("échale 3 bultos más de cemento", PLUMBER, {"Cemento gris Tolteca 50 kg": 3}),
    ],
)
def test_what_is_counted_alike_or_boxed_is_taken(text: str, index: CatalogIndex, expected: dict[str, int]) -> None:
    understood = understand(text, index)

    assert quantities(understood) == expected
    assert not understood.ambiguous


def test_courtesy_after_a_size_leaves_it_a_size() -> None:
    diapers = shop("Pañal Huggies etapa 3 (40 pzas) | pack", "Pañal Huggies etapa 4 (40 pzas) | pack")
    changed = understand("cámbiame los huggies etapa 3 por los de la 4 porfa, que ya no le quedan", diapers).items

    assert {(item.op, item.sku) for item in changed} == {
        ("remove", "Pañal Huggies etapa 3 (40 pzas)"),
        ("add", "Pañal Huggies etapa 4 (40 pzas)"),
    }


@pytest.mark.parametrize("text", ["4 kilos de solo secado", "4 kilos de puro secado", "4 kilos solo secado"])
def test_only_before_the_thing_takes_no_amount_from_it(text: str) -> None:
    laundry = shop("Ropa por kg lavado y doblado | kg", "Solo secado por kg | kg", "Edredón king | service")

    assert [(item.sku, item.quantity) for item in understand(text, laundry).items] == [("Solo secado por kg", 4)]
