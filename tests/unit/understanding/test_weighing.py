"""What a message is about by the signs of the whole of it."""

import pytest
from tests.unit.understanding.shops import BAKERY, GREENGROCER

from marchante.understanding import understand
from marchante.understanding.entries.cart import Cart
from marchante.understanding.intents.signs import signs_of
from marchante.understanding.intents.weighing import likelihoods
from marchante.understanding.shop.lookup import Lookup
from marchante.understanding.words.tokens import tokenize


def signs(text: str) -> frozenset[str]:
    return signs_of(tokenize(text), Cart(), Lookup(BAKERY))


def test_goods_and_numbers_are_alike_whichever_they_are() -> None:
    assert signs("me cobraron dos bolillos") == signs("me cobraron 3 conchas")


def test_words_of_one_meaning_share_its_sign() -> None:
    assert "<#g> <defect>" in signs("me trajeron el pan quemado") & signs("mandaron el bolillo podrido")


def test_likelihoods_add_up_to_one() -> None:
    shares = likelihoods(signs("buenas tardes"))

    assert sum(shares.values()) == pytest.approx(1.0)
    assert max(shares, key=lambda intent: shares[intent]) == "greeting"


@pytest.mark.parametrize(
    "text, intent",
    [
        ("me cobraron dos bolillos y nomás me llegó uno", "complaint"),
        ("faltaron tres conchas en la bolsa que me dejaron", "complaint"),
        ("llevan bolillo a santa tere?", "coverage_query"),
        ("mis conchas ya están o hasta mañana?", "order_status"),
        ("ya nos dejaron las dos conchas gracias", "thanks"),
        ("mi abuelita hacía unas conchas bien ricas", "other"),
        ("C. 21 #108 entre 22 y 24, Itzimná, reja blanca", "address"),
        ("busco trabajo de ayudante, sé hornear bolillo", "other"),
        ("sácame del grupo de ofertas", "opt_out"),
    ],
)
def test_goods_that_are_only_mentioned_are_not_ordered(text: str, intent: str) -> None:
    understood = understand(text, BAKERY)

    assert understood.intent == intent
    assert understood.items == ()


@pytest.mark.parametrize(
    "text",
    [
        "ayer me llegó todo muy bueno, gracias, hoy quiero 2 kilos de papa",
        "2 kilos de papa, que no venga fea como la otra vez",
        "buenas, nos mandas dos kilos de papa? es calle 60 x 47, depto 3",
    ],
)
def test_talk_an_address_or_a_question_beside_an_order_leaves_it_an_order(text: str) -> None:
    understood = understand(text, GREENGROCER)

    assert understood.intent == "order"
    assert understood.items


@pytest.mark.parametrize(
    "text", ["el jueves", "efectivo", "Ana López", "pago con tarjeta mejor", "me lo dejan con el portero"]
)
def test_what_answers_a_question_of_the_shop_is_taken_for_nothing_else(text: str) -> None:
    assert understand(text, GREENGROCER).intent == "other"


def test_goods_after_an_address_are_ordered() -> None:
    understood = understand("calle Juárez 250, Centro y un manojo de cilantro", GREENGROCER)

    assert understood.intent == "order"
    assert [item.sku for item in understood.items] == ["Cilantro"]
