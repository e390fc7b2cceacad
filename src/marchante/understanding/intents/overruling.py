"""When the signs of a whole message outweigh what single words of it say."""

from collections.abc import Mapping, Sequence

from marchante.understanding.domain import Intent
from marchante.understanding.entries.cart import Cart
from marchante.understanding.intents.intents import Decision
from marchante.understanding.lexicon.words import DETERMINERS
from marchante.understanding.lines.lines import Line
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.tokens import Token

_CARTS = frozenset({"order", "change_cart"})
_LEAST_ORDER, _LEAST_LIST = 0.1, 0.02
"""Less likely than this, goods that are mentioned are not ordered: one of them, or several."""
_UNSURE, _SURE = (0.4, 4), (0.8, 20)
"""How likely another intent has to be, and how many times likelier than what the words say: a guess, or plainly."""
_GUESSED = 0.5
_LEAST_WORDS = 3
"""*el jueves*, *efectivo*, *Ana López* answer what was asked: fewer words give too little away."""
_ASKED_BESIDE = frozenset(
    {"price_query", "coverage_query", "hours_query", "payment_query", "catalog", "advisor", "order_status"}
)
_CONFIDENCE = 0.8
_COURTESIES = frozenset({"greeting", "thanks", "goodbye", "confirm", "deny"})


def overruled(
    told: Decision, tokens: Sequence[Token], cart: Cart, lines: Sequence[Line], shares: Mapping[Intent, float]
) -> Decision:
    """*me cobraron dos hielos y nomás llegó uno* is no order, *dos garrafones? estoy en la 60 x 47* no question.

    *buenas, me manda tequila* asks outright for what the shop lacks, and does not only greet; so does *gracias, medio
    de cebolla*, but not *gracias por los 2 kilos*.
    """
    if sum(token.is_word or token.kind == "number" for token in tokens) < _LEAST_WORDS:
        return told
    likeliest = max(shares, key=lambda intent: shares[intent])
    if told.intent in _CARTS and likeliest in _COURTESIES and any(_is_asked_for(line, tokens, cart) for line in lines):
        return told
    ordered = likeliest in _CARTS
    if likeliest == told.intent or (ordered and (told.intent in _CARTS or not _names_anything(cart))):
        return told
    if told.intent in _CARTS:
        least = _LEAST_ORDER if len(cart.items) + len(cart.ambiguous) <= 1 else _LEAST_LIST
        unlikely = shares["order"] + shares["change_cart"] < least and shares[likeliest] >= _UNSURE[0]
        return Decision(likeliest, confidence=_CONFIDENCE) if unlikely else told
    least, times = _UNSURE if told.confidence <= _GUESSED else _SURE
    if shares[likeliest] < max(least, times * shares[told.intent]):
        return told
    beside = (told.intent,) if ordered and told.intent in _ASKED_BESIDE else ()
    return Decision(likeliest, beside, confidence=_CONFIDENCE)


def _names_anything(cart: Cart) -> bool:
    return bool(cart.items or cart.ambiguous or cart.unknown)


def _is_asked_for(line: Line, tokens: Sequence[Token], cart: Cart) -> bool:
    """With a way of asking, or, where the shop has it, an amount no article speaks of as known."""
    amount = line.amount
    counted = amount is not None and amount.explicit and not line.asked and bool(line.words and cart.items)
    return line.wanted or (counted and amount is not None and text_at(tokens, amount.start - 1) not in DETERMINERS)
