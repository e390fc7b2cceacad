"""When the signs of a whole message outweigh what single words of it say."""

from collections.abc import Mapping, Sequence

from marchante.understanding.cart import Cart
from marchante.understanding.domain import Intent
from marchante.understanding.intents import Decision
from marchante.understanding.lines import Line

_CARTS = frozenset({"order", "change_cart"})
_LEAST_ORDER, _LEAST_LIST = 0.1, 0.02
"""Less likely than this, goods that are mentioned are not ordered: one of them, or several."""
_LEAST, _TIMES = 0.4, 8
"""How likely another intent has to be, and how many times likelier than what the words say."""
_ASKED_BESIDE = frozenset(
    {"price_query", "coverage_query", "hours_query", "payment_query", "catalog", "advisor", "order_status"}
)
_CONFIDENCE = 0.8
_COURTESIES = frozenset({"greeting", "thanks", "goodbye", "confirm", "deny"})


def overruled(told: Decision, cart: Cart, lines: Sequence[Line], shares: Mapping[Intent, float]) -> Decision:
    """*me cobraron dos hielos y nomás llegó uno* is no order, *dos garrafones? estoy en la 60 x 47* no question.

    *buenas, me manda tequila* asks outright for what the shop lacks, and does not only greet.
    """
    likeliest = max(shares, key=lambda intent: shares[intent])
    if told.intent in _CARTS and likeliest in _COURTESIES and any(line.wanted for line in lines):
        return told
    ordered = likeliest in _CARTS
    if likeliest == told.intent or (ordered and (told.intent in _CARTS or not _names_anything(cart))):
        return told
    if told.intent in _CARTS:
        least = _LEAST_ORDER if len(cart.items) + len(cart.ambiguous) <= 1 else _LEAST_LIST
        unlikely = shares["order"] + shares["change_cart"] < least
        return Decision(likeliest, confidence=_CONFIDENCE) if unlikely else told
    if shares[likeliest] < max(_LEAST, _TIMES * shares[told.intent]):
        return told
    beside = (told.intent,) if ordered and told.intent in _ASKED_BESIDE else ()
    return Decision(likeliest, beside, confidence=_CONFIDENCE)


def _names_anything(cart: Cart) -> bool:
    return bool(cart.items or cart.ambiguous or cart.unknown)
