"""How many it is to be now, and what comes in place of what."""

import pytest
from tests.unit.understanding.shops import shop

from marchante.understanding import understand

DAIRY = shop("Leche entera | piece", "Leche deslactosada | piece", "Pan blanco | piece")
SHOP = shop("Leche entera | piece", "Pan blanco | piece", "Aceite | piece")


@pytest.mark.parametrize(
    "text, operations",
    [
        ("mejor mándenme 4 leches, las 2 que pedí no me alcanzan", ["set Leche entera 4"]),
        ("de las leches que sean 8, no 6", ["set Leche entera 8"]),
        ("me equivoqué, son 4 leches no 2", ["set Leche entera 4"]),
        ("las leches ya van a ser 3", ["set Leche entera 3"]),
        ("de las 3 leches déjame una", ["set Leche entera 1"]),
        ("de los 4 panes nomás déjame 2", ["set Pan blanco 2"]),
        ("siempre no van a ser 5 leches, con 3 la hago", ["set Leche entera 3"]),
        ("la leche súbele a 3 y al pan bájale a 1", ["set Leche entera 3", "set Pan blanco 1"]),
        ("súbele otras 2 leches", ["add Leche entera 2"]),
        ("bájale 2 leches", ["remove Leche entera 2"]),
        ("quítale 2 leches y los panes súbelos a 3", ["remove Leche entera 2", "set Pan blanco 3"]),
        ("ya no quiero la leche, y otros 2 panes", ["remove Leche entera -", "add Pan blanco 2"]),
        ("ya no quiero ni la leche ni el pan", ["remove Leche entera -", "remove Pan blanco -"]),
        ("en vez de la leche, 2 panes", ["remove Leche entera -", "add Pan blanco 2"]),
        ("en lugar de la leche un pan", ["remove Leche entera -", "add Pan blanco 1"]),
        ("mejor 2 panes en lugar de la leche", ["add Pan blanco 2", "remove Leche entera -"]),
        ("siempre no quiero leche, en su lugar ponga pan", ["remove Leche entera -", "add Pan blanco -"]),
    ],
)
def test_an_open_order_is_counted_anew(text: str, operations: list[str]) -> None:
    understood = understand(text, SHOP)

    assert understood.intent == "change_cart"
    assert [f"{item.op} {item.sku} {item.quantity or '-'}" for item in understood.items] == operations
    assert not understood.ambiguous


@pytest.mark.parametrize(
    "text, amounts",
    [
        ("3 leches, no, con una tengo", ["Leche entera 1"]),
        ("3 leches y de los panes que sean cuatro", ["Leche entera 3", "Pan blanco 4"]),
        ("2 leches y un este cómo se llama pan", ["Leche entera 2", "Pan blanco 1"]),
        ("2 leches y que el pan venga blandito", ["Leche entera 2"]),
        ("2 leches y el pan ya lo compré", ["Leche entera 2"]),
        ("2 leches y pan tengo así que no", ["Leche entera 2"]),
        ("2 leches y el pan ese no porque tengo", ["Leche entera 2"]),
        ("2 leches bueno tres porque viene gente", ["Leche entera 3"]),
        ("2 leches y pan no porque ya no comemos y un aceite", ["Leche entera 2", "Aceite 1"]),
        ("2 leches que mi hija ya quiere y si puedes un pan", ["Leche entera 2", "Pan blanco 1"]),
        ("2 leches porque se acabó y pan unos tres", ["Leche entera 2", "Pan blanco 3"]),
        ("le encargo que le lleven a mi mamá dos leches", ["Leche entera 2"]),
        ("mi abuelita me encargó 2 leches ah y pan no porque aquí hay", ["Leche entera 2"]),
    ],
)
def test_a_new_order_is_counted_while_it_is_said(text: str, amounts: list[str]) -> None:
    understood = understand(text, SHOP)

    assert understood.intent == "order"
    assert [f"{item.sku} {item.quantity}" for item in understood.items] == amounts
    assert not understood.ambiguous


@pytest.mark.parametrize(
    "text",
    [
        "cámbiame la leche entera a deslactosada",
        "cámbienme la leche entera por la deslactosada",
    ],
)
def test_one_variety_is_put_in_place_of_another(text: str) -> None:
    understood = understand(text, DAIRY)

    assert [(item.op, item.sku, item.quantity) for item in understood.items] == [
        ("remove", "Leche entera", None),
        ("add", "Leche deslactosada", None),
    ]
