"""What customers write, and the cart it becomes, in shops without aliases."""

from decimal import Decimal

import pytest
from tests.unit.understanding.carts import cart
from tests.unit.understanding.shops import BAKERY, BUTCHER, GREENGROCER, GROCER

from marchante.understanding import CartLine, CatalogIndex, Context, understand


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("2 kg de jitomate y medio de cebolla", GREENGROCER, {"Jitomate saladet": "2", "Cebolla blanca": "0.5"}),
        ("papa 2 kilos limon 1 kilo", GREENGROCER, {"Papa blanca": "2", "Limón": "1"}),
        ("kilo y medio d jitomatte", GREENGROCER, {"Jitomate saladet": "1.5"}),
        ("cuarto y medio de serrano", GREENGROCER, {"Chile serrano": "0.375"}),
        ("3 aguacates bien maduros", GREENGROCER, {"Aguacate Hass": "3pz"}),
        ("media docena de limones", GREENGROCER, {"Limón": "6pz"}),
        ("50 pesos de limon y 30 de papa", GREENGROCER, {"Limón": "$50", "Papa blanca": "$30"}),
        ("300 gr de sevoya morada", GREENGROCER, {"Cebolla morada": "0.3"}),
        ("dos tres limones", GREENGROCER, {"Limón": "3pz"}),
        ("media lechuga y tantito cilantro", GREENGROCER, {"Lechuga romana": "0.5", "Cilantro": "1"}),
        ("un pastel de tres leches grande", BAKERY, {"Pastel tres leches grande": "1"}),
        ("10 bolillos, 2 conchas una de vainilla y otra de chocolate", BAKERY,
         {"Bolillo": "10", "Concha vainilla": "1", "Concha chocolate": "1"}),
        ("una cajita de leche", BAKERY, {"Leche Alpura 1 L": "1"}),
        ("2 cocas de 600 y una coca zero", GROCER, {"Coca-Cola 600 ml": "2", "Coca-Cola sin azúcar 600 ml": "1"}),
        ("2 litros de leche", GROCER, {"Leche Lala entera 1 L": "2"}),
        ("un aceite 123 y 4 rollos de papel de baño", GROCER, {"Aceite 1-2-3 1 L": "1", "Papel higiénico 4 rollos": "1"}),
        ("2 kg de arroz", GROCER, {"Arroz Verde Valle 1 kg": "2"}),
        ("2 pechugas sin hueso aplanadas", BUTCHER, {"Pechuga sin hueso": "2pz"}),
    ],
)  # fmt: skip
def test_an_order_becomes_the_right_lines(text: str, index: CatalogIndex, expected: dict[str, str]) -> None:
    understood = understand(text, index)

    assert understood.intent == "order"
    assert cart(understood) == expected
    assert not understood.ambiguous
    assert not understood.unknown


@pytest.mark.parametrize(
    "text, index, phrase, candidates",
    [
        ("una coca", GROCER, "coca", {"Coca-Cola lata 355 ml", "Coca-Cola 600 ml", "Coca-Cola 3 L"}),
        ("un kilo de chile", GREENGROCER, "chile", {"Chile serrano", "Chile poblano"}),
        ("tomate 1 kilo", GREENGROCER, "tomate", {"Jitomate saladet", "Tomate verde"}),
        ("3 conchas", BAKERY, "conchas", {"Concha vainilla", "Concha chocolate"}),
        ("medio kilo de arroz", GROCER, "medio kilo de arroz", {"Arroz Verde Valle 1 kg"}),
        ("una reja de jitomate", GREENGROCER, "una reja de jitomate", {"Jitomate saladet"}),
        ("20 de papa", GREENGROCER, "20 de papa", {"Papa blanca"}),
    ],
)
def test_what_is_not_clear_is_asked_and_not_guessed(
    text: str, index: CatalogIndex, phrase: str, candidates: set[str]
) -> None:
    understood = understand(text, index)

    assert [question.phrase for question in understood.ambiguous] == [phrase]
    assert set(understood.ambiguous[0].candidates) == candidates
    assert not understood.items


@pytest.mark.parametrize(
    "text, index, unknown",
    [
        ("un kilo de jitomate y una coca de 600", GROCER, "jitomate"),
        ("leche de almendra", GROCER, "leche de almendra"),
        ("un six de victoria y un kilo de huevo", GROCER, "victoria"),
        ("2 kilos de jicama", GREENGROCER, "jicama"),
        ("una coca de 2 litros", GROCER, "coca de 2 litros"),
        ("jugo de limon y 2 kg de papa", GREENGROCER, "jugo de limon"),
    ],
)
def test_what_the_shop_lacks_is_named_and_nothing_is_put_in_its_place(
    text: str, index: CatalogIndex, unknown: str
) -> None:
    understood = understand(text, index)

    assert understood.unknown == (unknown,)
    assert not any(unknown in item.phrase for item in understood.items)


@pytest.mark.parametrize(
    "text, index, expected",
    [
        ("agrégale 2 conchas de vainilla al pedido", BAKERY, {"Concha vainilla": "2"}),
        ("ya no quiero los bolillos", BAKERY, {"Bolillo": "remove "}),
        ("mejor que sean 3 bolillos en vez de 2", BAKERY, {"Bolillo": "set 3"}),
        ("quítale una concha de chocolate, déjame 2", BAKERY, {"Concha chocolate": "set 2"}),
        ("cámbiame la coca de 600 por una de 3", GROCER, {"Coca-Cola 600 ml": "remove ", "Coca-Cola 3 L": "1"}),
        (
            "en lugar de tomate verde póngame jitomate 2 kilos",
            GREENGROCER,
            {"Tomate verde": "remove ", "Jitomate saladet": "2"},
        ),
        ("la cebolla es morada no blanca", GREENGROCER, {"Cebolla morada": "", "Cebolla blanca": "remove "}),
    ],
)
def test_a_change_of_an_open_order_says_what_to_do_with_each_line(
    text: str, index: CatalogIndex, expected: dict[str, str]
) -> None:
    understood = understand(text, index)

    assert understood.intent == "change_cart"
    assert cart(understood) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("4 bolillos, no mejor 6", {"Bolillo": "6"}),
        ("2 bolillos, digo 3", {"Bolillo": "3"}),
        ("un kilo de galletas, no, mejor medio kilo de galletas", {"Galletas surtidas": "0.5"}),
    ],
)
def test_a_correction_within_an_order_leaves_the_last_word(text: str, expected: dict[str, str]) -> None:
    understood = understand(text, BAKERY)

    assert understood.intent == "order"
    assert cart(understood) == expected


def test_wishes_are_noted_word_for_word_and_what_is_ruled_out_is_not_ordered() -> None:
    understood = understand("3 aguacates que no estén muy maduros, 1 kg de papa, sin cilantro", GREENGROCER)

    assert understood.notes == ("que no estén muy maduros",)
    assert cart(understood) == {"Aguacate Hass": "3pz", "Papa blanca": "1"}


def test_a_question_beside_an_order_is_a_second_intent_and_orders_nothing() -> None:
    understood = understand("2 kg de papa y a cómo tiene el aguacate?", GREENGROCER)

    assert understood.intent == "order"
    assert "price_query" in understood.also
    assert understood.asked == ("Aguacate Hass",)
    assert cart(understood) == {"Papa blanca": "2"}


def test_of_what_is_taken_away_only_the_variant_in_the_open_cart_can_be_meant() -> None:
    open_cart = Context(cart=(CartLine("Concha chocolate", Decimal(3)), CartLine("Bolillo", Decimal(2))))

    understood = understand("ya no quiero las conchas", BAKERY, open_cart)

    assert cart(understood) == {"Concha chocolate": "remove "}
    assert not understood.ambiguous


def test_every_line_explains_which_words_led_to_which_product() -> None:
    understood = understand("medio de jitomate", GREENGROCER)

    (explanation,) = understood.explanations
    assert (explanation.phrase, explanation.sku) == ("jitomate", "Jitomate saladet")
    assert explanation.reason
    assert understood.items[0].quantity == Decimal("0.5")
