"""However an order is put, it is the same order: in any order of its lines, with courtesies or without, in any message."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders.shop_view import grocer
from tests.unit.conversations.chat import Chat

from marchante.conversations.amounts import MOST
from marchante.conversations.table import StateName

LINES = (
    "2 kg de jitomate",
    "3 aguacates",
    "un manojo de cilantro",
    "2 cocas de 600",
    "medio kilo de queso oaxaca",
    "una lata de atún",
    "kilo y medio de papa",
    "50 pesos de limón",
)
some_lines = st.lists(st.sampled_from(LINES), min_size=1, max_size=6, unique=True)
BEFORE = ("", "hola ", "buenas tardes, ", "oiga joven, ", "me da por favor ", "¿me mandas ", "disculpe, quisiera ")
AFTER = ("", " porfa", " por favor", " gracias", ", muchas gracias 🙏", "!!")
_FEW = settings(max_examples=30)


def cart_of(text: str) -> dict[str, Decimal]:
    chat = Chat(grocer()).says(text)
    assert chat.state == StateName.SUMMARY, chat.told
    return dict(sorted(chat.cart().items()))


@given(some_lines, st.randoms(use_true_random=False), st.sampled_from(["\n", ", ", "\n- "]))
@_FEW
def test_the_order_of_the_lines_does_not_matter(lines: Sequence[str], chance, between: str):
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert cart_of(between.join(shuffled)) == cart_of(between.join(lines))


@given(some_lines, st.sampled_from(BEFORE), st.sampled_from(AFTER))
@_FEW
def test_courtesies_do_not_matter(lines: Sequence[str], before: str, after: str):
    assert cart_of(f"{before}{', '.join(lines)}{after}") == cart_of(", ".join(lines))


@given(some_lines)
@_FEW
def test_lines_sent_one_by_one_are_the_same_order_as_together(lines: Sequence[str]):
    chat = Chat(grocer()).says(*lines)
    assert dict(sorted(chat.cart().items())) == cart_of(", ".join(lines))
    assert chat.sent == len(lines)


@given(st.text(max_size=80))
@_FEW
def test_quantities_are_never_absurd(noise: str):
    chat = Chat(grocer()).says("2 kg de papa", noise, f"{noise} kilos de papa")
    assert all(0 < item.quantity <= MOST for item in chat.session.cart)
