"""While it is asked which product was meant, other things said are understood as what they are."""

from decimal import Decimal

from tests.builders.shop_view import grocer, new_customer
from tests.unit.conversations.chat import Chat

from marchante.conversations.table import StateName


def asked_which_coca() -> Chat:
    chat = Chat(grocer(new_customer())).says("un kilo de papa y 2 cocas")
    assert chat.session.state == StateName.CHOOSE_PRODUCT
    return chat


def quantities(chat: Chat) -> list[Decimal]:
    return [item.quantity for item in chat.session.cart]


def test_an_address_that_holds_a_word_of_a_product_is_an_address() -> None:
    chat = asked_which_coca().says("Calle Botella 12, colonia Centro")
    assert chat.session.draft.address_text == "Calle Botella 12, colonia Centro"
    assert quantities(chat) == [Decimal(1)]
    assert chat.session.state == StateName.CHOOSE_PRODUCT


def test_taking_the_unclear_thing_back_ends_the_question() -> None:
    chat = asked_which_coca().says("quita las cocas")
    assert chat.session.question.unclear == ()
    assert quantities(chat) == [Decimal(1)]
