"""How many it is to be now, and what comes in place of what."""

import pytest
from tests.unit.understanding.carts import operations
from tests.unit.understanding.shops import shop

from marchante.understanding import understand

DAIRY = shop("Leche entera | piece", "Leche deslactosada | piece", "Pan blanco | piece")
SHOP = shop("Leche entera | piece", "Pan blanco | piece", "Aceite | piece")


@pytest.mark.parametrize(
    "text, expected",
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
def test_an_open_order_is_counted_anew(text: str, expected: list[str]) -> None:
    understood = understand(text, SHOP)

    assert understood.intent == "change_cart"
    assert operations(understood) == expected
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


@pytest.mark.parametrize(
    "text, expected",
    [
        ("le pedí 2 leches, quítele una", ["remove Leche entera 1"]),
        ("le encargué 2 leches, mejor 3", ["set Leche entera 3"]),
        ("ya te había pedido 2 leches y un pan, que sean 3 leches", ["set Leche entera 3"]),
        ("te pedí 2 leches, agrégale un pan", ["add Pan blanco 1"]),
        ("pedí 2 leches y un pan, el pan ya no", ["remove Pan blanco -"]),
        ("son 4 leches en vez de 2", ["set Leche entera 4"]),
        ("mándame 4 leches en lugar de las 2 que pedí", ["set Leche entera 4"]),
        ("quita el aceite y en vez de 2 leches que sean 4", ["remove Aceite -", "set Leche entera 4"]),
        ("la leche de 5 a 3", ["set Leche entera 3"]),
        ("a la leche súbele de 2 a 5", ["set Leche entera 5"]),
        ("ya no quiero la leche, mejor mándeme 2 aceites", ["remove Leche entera -", "add Aceite 2"]),
        ("agrégale otra leche, ya con esa serían 3", ["set Leche entera 3"]),
        ("quita la leche y pon aceite, la misma cantidad", ["remove Leche entera -", "add Aceite -"]),
    ],
)
def test_what_was_ordered_before_is_no_new_order(text: str, expected: list[str]) -> None:
    understood = understand(text, SHOP)

    assert understood.intent == "change_cart"
    assert operations(understood) == expected


@pytest.mark.parametrize(
    "text",
    [
        "te encargué 2 leches",
        "me pidieron 2 leches",
        "leches, son 2",
        "son 3 leches, ah no son 2 ya las conté",
        "de 1 a 2 leches",
    ],
)
def test_an_order_is_one_where_nothing_changes(text: str) -> None:
    understood = understand(text, SHOP)

    assert understood.intent == "order"
    assert [(item.sku, item.quantity) for item in understood.items] == [("Leche entera", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "la leche entera mejor que sea deslactosada",
        "las leches enteras que sean deslactosadas",
        "la leche entera mejor deslactosada",
        "cambia la leche entera por deslactosada, la misma cantidad",
    ],
)
def test_what_was_told_goes_for_another(text: str) -> None:
    understood = understand(text, DAIRY)

    assert understood.intent == "change_cart"
    assert [(item.op, item.sku, item.quantity) for item in understood.items] == [
        ("remove", "Leche entera", None),
        ("add", "Leche deslactosada", None),
    ]


SALSAS = ("Salsa roja | piece", "Salsa verde | piece")
CANS = shop("Coca 600 ml | bottle", "Coca light 600 ml | bottle", "Huevo | kg", "Cono de huevo 30 pz | pack", *SALSAS)


@pytest.mark.parametrize(
    "text, amounts",
    [
        ("12 cocas de 600, de esas 4 que sean light", ["Coca 600 ml 8", "Coca light 600 ml 4"]),
        ("una salsa roja bueno verde", ["Salsa verde 1"]),
        ("2 cocas de 600 y que les quiten la tapa y un kilo de huevo", ["Coca 600 ml 2", "Huevo 1"]),
        ("un kilo de huevo y una coca light pero esa te la llevo el lunes", ["Huevo 1"]),
        ("un kilo de huevo y una coca light y esa se la llevo yo", ["Huevo 1", "Coca light 600 ml 1"]),
    ],
)
def test_what_is_bethought_on_the_way_changes_no_open_order(text: str, amounts: list[str]) -> None:
    understood = understand(text, CANS)

    assert understood.intent == "order"
    assert [f"{item.sku} {item.quantity}" for item in understood.items] == amounts
