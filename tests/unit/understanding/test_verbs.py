"""Verbs in any form, with pronouns, auxiliaries and negation: what each does to an order."""

import pytest
from tests.unit.understanding.carts import operations
from tests.unit.understanding.shops import shop

from marchante.understanding import understand
from marchante.understanding.lexicon.orders import Marker
from marchante.understanding.verbs.verb_groups import verb_group
from marchante.understanding.words.tokens import tokenize

SHOP = shop("Leche entera | piece", "Pan blanco | piece", "Papa blanca | kg")


@pytest.mark.parametrize(
    "text, marker",
    [
        ("mándenoslas", Marker.WANTED),
        ("traigamen", Marker.ORDER),
        ("kiero", Marker.ORDER),
        ("me podrían por favor mandar", Marker.ORDER),
        ("quisiera que me trajeran", Marker.ORDER),
        ("hágame el favor de traerme", Marker.ORDER),
        ("habrá chance de que me manden", Marker.ORDER),
        ("que si me manda", Marker.ORDER),
        ("me encargaron", Marker.ORDER),
        ("andamos ocupando", Marker.ORDER),
        ("nos hacen falta", Marker.ORDER),
        ("me agregas", Marker.ORDER),
        ("agreguenle", Marker.ADD),
        ("quiero agregar", Marker.ADD),
        ("pónganle", Marker.ADD),
        ("agréguemela", Marker.ADDED),
        ("se podría quitar", Marker.REMOVE),
        ("mejor ya no me mande", Marker.REMOVE),
        ("ya no quiero que me traigan", Marker.REMOVE),
        ("siempre no la vamos a querer", Marker.REMOVED),
        ("cancélemela", Marker.REMOVED),
        ("no quiero", Marker.NOT),
        ("déjenle", Marker.SET),
        ("reemplácenme", Marker.SWAP),
        ("no tendrán", Marker.QUESTION),
        ("si manejan", Marker.WISHED),
    ],
)
def test_a_verb_is_read_in_any_form(text: str, marker: Marker) -> None:
    tokens = tokenize(text)

    assert verb_group(tokens, 0) == (len(tokens), marker)


@pytest.mark.parametrize(
    "text",
    [
        "compré",
        "me mandaron",
        "le mandé",
        "se llevó",
        "pedimos",
        "pasas",
        "tomate",
        "dan",
        "voy a mandar",
        "no te pedí",
    ],
)
def test_what_is_told_or_named_orders_nothing(text: str) -> None:
    assert verb_group(tokenize(text), 0)[1] not in {Marker.ORDER, Marker.ADD, Marker.REMOVE}


@pytest.mark.parametrize("text", ["un encargo", "mi compra", "la cuenta", "para llevar", "a cómo da"])
def test_after_an_article_it_is_a_noun(text: str) -> None:
    tokens = tokenize(text)

    assert verb_group(tokens, len(tokens) - 1) == (0, None)


def test_a_word_of_a_name_is_no_verb() -> None:
    bakery = shop("Concha rellena | piece", "Concha blanca | piece")

    assert [item.sku for item in understand("3 conchas, la rellena por favor", bakery).items] == ["Concha rellena"]
    assert [item.quantity for item in understand("conchas rellenas 4", bakery).items] == [4]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("la leche ya no me la traigan por favor", ["remove Leche entera -"]),
        ("el pan y la leche ya no los mande", ["remove Pan blanco -", "remove Leche entera -"]),
        ("la leche, quítemela, y me agrega un pan", ["remove Leche entera -", "add Pan blanco 1"]),
        ("nomás déjame 2 leches", ["set Leche entera 2"]),
    ],
)
def test_an_open_order_is_changed(text: str, expected: list[str]) -> None:
    understood = understand(text, SHOP)

    assert understood.intent == "change_cart"
    assert operations(understood) == expected


@pytest.mark.parametrize(
    "text",
    [
        "déjeme 2 leches",
        "¿no me manda 2 leches?",
        "dice mi mamá que si le manda 2 leches",
        "2 leches, no me las dé caducadas",
        "2 leches y que no me manden pan",
        "2 leches que no le pongan popote",
        "2 leches se las encargo",
    ],
)
def test_a_new_order_stays_one(text: str) -> None:
    understood = understand(text, SHOP)

    assert understood.intent == "order"
    assert [(item.op, item.sku, item.quantity) for item in understood.items] == [("add", "Leche entera", 2)]


def test_what_is_to_be_changed_for_nothing_else_is_no_swap() -> None:
    assert understand("me cambian la leche, salió agria", SHOP).items == ()
