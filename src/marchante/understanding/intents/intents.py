"""What the customer wants with the message as a whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from marchante.understanding.domain import Intent
from marchante.understanding.entries.cart import Cart
from marchante.understanding.lexicon import intents as said
from marchante.understanding.lines.lines import Line
from marchante.understanding.normalize import sound, undrawn
from marchante.understanding.words.tokens import Token

_SHORT = 5
_SURE, _FAIR, _LOW = 0.95, 0.8, 0.5
_MISSED = re.compile(
    r"\bfalt(?:o|aron|aba|aban|an?)\b.{1,40}\ben (?:el|mi|la) (?:pedido|mandado|orden|entrega|bolsa)\b"
)
"""*me faltaron 2 aguacates en el pedido* complains; *me faltó el ajo* adds."""
_SERVICE = frozenset({"coverage_query", "hours_query", "payment_query"})
_SILENT_SECOND = frozenset({"greeting", "thanks", "goodbye", "repeat_order", "menu", "help", "cancel", "opt_out"})

_SIGNS: tuple[tuple[frozenset[str], Intent], ...] = (
    (said.POSITIVE_SIGNS, "confirm"),
    (said.NEGATIVE_SIGNS, "deny"),
    (said.THANKS_SIGNS, "thanks"),
    (said.HELLO_SIGNS, "greeting"),
)
"""What a message of emoji says."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The intent, second intents, and how sure (0 to 1)."""

    intent: Intent
    also: tuple[Intent, ...] = ()
    confidence: float = _SURE


class _Words(NamedTuple):
    """The words one space apart, as the patterns spell them, and what courtesy around them leaves."""

    plain: str
    core: str

    def say(self, pattern: re.Pattern[str]) -> bool:
        """In the whole or, where that differs, in what is left of it without courtesy."""
        return bool(pattern.search(self.plain) or (self.core != self.plain and pattern.search(self.core)))

    @property
    def bare(self) -> str:
        """Without question marks."""
        return self.plain.replace("?", "").strip()


def decide(text: str, tokens: Sequence[Token], cart: Cart, lines: Sequence[Line], *, wishes: bool) -> Decision:
    """Weigh what is in the cart against what the words say; what fits nothing goes by its telling words."""
    words = _words(tokens)
    decision = _weighed(text, words, tokens, cart, lines, wishes=wishes)
    settled = bool(cart.items or cart.ambiguous or cart.asked or cart.changes) or _ordered(lines)
    if decision.confidence > _LOW and (settled or decision.intent not in {"order", "price_query"}):
        return decision
    if said.HOW_TO.match(words.plain):
        return decision
    told = (intent for intent, pattern in said.EVIDENCE if words.say(pattern))
    return next((Decision(intent, confidence=_LOW) for intent in told), decision)


def _ordered(lines: Sequence[Line]) -> bool:
    return any(_counted(line) or line.wanted for line in lines)


def _weighed(
    text: str, words: _Words, tokens: Sequence[Token], cart: Cart, lines: Sequence[Line], *, wishes: bool
) -> Decision:
    plain = words.plain
    topics = [topic for topic in said.TOPICS if words.say(topic.pattern)]
    wanted = bool(cart.items or cart.ambiguous or (cart.unknown and not _only_asked(lines)))
    evident = _evident(tokens, lines, questioned="?" in plain)
    told = _told_outright(words, cart, lines, topics, asked_for=wanted and evident)
    if told:
        return told
    if wanted and not evident and not cart.unknown and said.THANKS.search(plain):
        return Decision("thanks")
    wonders = bool(said.INTERROGATIVE.match(plain))
    doubtful = not (cart.items or cart.ambiguous or cart.changes) and not _ordered(lines)
    evident = evident and not (doubtful and (topics or wonders))
    wanted = wanted and (evident or not wonders or bool(cart.items))
    if wanted and (evident or not _asks(lines, topics)):
        also = tuple(topic.intent for topic in topics if topic.intent not in _SILENT_SECOND and not topic.availability)
        return Decision("change_cart" if cart.changes else "order", tuple(dict.fromkeys(also)))
    only_a_wish = wishes and not (cart.items or cart.ambiguous or cart.unknown or cart.asked)
    if (only_a_wish or (cart.changes and lines)) and not topics:
        leaves = only_a_wish and said.GOODBYE.search(plain)
        return Decision("goodbye" if leaves else "change_cart", confidence=_FAIR)
    asked = _asked_about(cart, topics, wanted=wanted, wonders=doubtful and wonders)
    return asked or _talk(text, words, topics)


def _told_outright(
    words: _Words, cart: Cart, lines: Sequence[Line], topics: Sequence[said.Topic], *, asked_for: bool
) -> Decision | None:
    """What the words settle whatever sounds like goods among them."""
    firm = next((topic.intent for topic in topics if topic.firm), None)
    other = _without_goods(words.plain, cart, lines, topics, firm)
    if other:
        return Decision(other)
    missed = firm == "complaint" and _MISSED.search(words.plain)
    if firm and (missed or not (asked_for and _outweighs(firm, cart, lines))):
        return Decision(firm)
    if _asks_for_price(words.core, cart):
        return Decision("price_query")
    return None if topics else _aside(words, cart, lines)


def _asked_about(cart: Cart, topics: Sequence[said.Topic], *, wanted: bool, wonders: bool) -> Decision | None:
    if any(topic.intent == "catalog" for topic in topics) and not (cart.items or cart.ambiguous):
        return Decision("catalog")
    price = any(topic.intent == "price_query" and not topic.availability for topic in topics)
    if wonders and cart.unknown and not cart.asked:
        return Decision("price_query" if price else "other", confidence=_LOW)
    if not (cart.asked or cart.unknown or wanted) or _only_doubts(cart, topics):
        return None
    soft = [topic.intent for topic in topics if topic.intent in _SERVICE]
    if (price and (cart.asked or cart.items)) or not soft:
        return Decision("price_query")
    return Decision(soft[0])


def _asks_for_price(core: str, cart: Cart) -> bool:
    """*cuánto por 3 kilos de papa* and *si hay epazote?* ask, amount or not."""
    if cart.changes or not (cart.items or cart.ambiguous or cart.asked):
        return False
    return bool(said.PRICE_FIRST.match(core) or said.AVAILABLE.match(core))


def _aside(words: _Words, cart: Cart, lines: Sequence[Line]) -> Decision | None:
    """*eso mero* answers, *cómo se prepara el nopal* only wonders, though some word of them sounds like goods."""
    if any(_counted(line) or line.wanted or line.changes for line in lines):
        return None
    if said.HOW_TO.match(words.core):
        return Decision("other", confidence=_LOW)
    if cart.items or cart.asked:
        return None
    decision = _courtesy(words.bare, frozenset())
    greets = decision.intent == "greeting" and said.GREETING.match(words.plain)
    return decision if greets or decision.intent in {"confirm", "deny"} else None


def _only_doubts(cart: Cart, topics: Sequence[said.Topic]) -> bool:
    named = cart.asked or cart.items or cart.ambiguous
    return not named and bool(topics) and topics[0].intent != "price_query"


def _without_goods(
    plain: str, cart: Cart, lines: Sequence[Line], topics: Sequence[said.Topic], firm: Intent | None
) -> Intent | None:
    """*Paseo del Roble 2210, colonia Contry* and *otra ronda igual a la pasada* name nothing the shop has."""
    if cart.items or cart.ambiguous or cart.asked:
        return None
    if topics and topics[0].intent == "repeat_order":
        return "repeat_order"
    if topics and topics[0].intent in _SERVICE and not any(line.wanted or line.changes for line in lines):
        return topics[0].intent
    if (
        "?" in plain
        or firm not in {None, "complaint"}
        or any(line.wanted or line.asked or line.changes for line in lines)
    ):
        return None
    if said.ADDRESS_ALONE.search(plain):
        return "address"
    sure = re.search(r"\d", plain) or said.PLACED.search(plain)
    return "address" if sure and said.ADDRESS.search(plain) else None


def _spelt(token: Token) -> str:
    if not token.is_word:
        return token.text
    return said.SPELLINGS.get(token.text) or said.SPELLINGS.get(sound(token.text), token.text)


def _words(tokens: Sequence[Token]) -> _Words:
    """Letters drawn out are cut short; the core has no *oiga, disculpe* before it and no *por favor* behind."""
    spelt = (_spelt(token) for token in tokens if token.is_word or token.kind == "number" or token.text in "?#")
    plain = undrawn(" ".join(spelt))
    return _Words(plain, said.CLOSING.sub("", said.OPENING.sub("", plain)))


def _evident(tokens: Sequence[Token], lines: Sequence[Line], *, questioned: bool) -> bool:
    """An amount, a way of asking, or a change of an open order shows that goods are wanted; *el kilo* asks a price."""
    for line in lines:
        if line.asked:
            continue
        if line.wanted or line.changes or line.alternative or _counted(line):
            return True
        priced = questioned and line.amount is not None and line.amount.start > 0
        if line.amount is not None and not (priced and tokens[line.amount.start - 1].text in {"el", "la"}):
            return True
    return False


def _counted(line: Line) -> bool:
    amount = line.amount
    return (
        not line.asked
        and amount is not None
        and amount.explicit
        and amount.end - amount.start + (amount.value != 1) > 1
    )


def _only_asked(lines: Sequence[Line]) -> bool:
    return all(line.asked for line in lines)


def _outweighs(firm: Intent, cart: Cart, lines: Sequence[Line]) -> bool:
    """Products with amounts are an order even beside *llama al asesor*; beside a complaint only if asked for."""
    counted = any(line.amount is not None and line.amount.explicit and (line.words or line.sizes) for line in lines)
    if firm == "opt_out":
        return False
    if firm == "cancel":
        return cart.changes and any(item.op != "add" for item in cart.items)
    return (counted and (firm != "complaint" or any(line.wanted for line in lines))) or (
        cart.changes and bool(cart.items)
    )


def _asks(lines: Sequence[Line], topics: Sequence[said.Topic]) -> bool:
    questioned = any(line.questioned for line in lines)
    stated = [topic for topic in topics if not topic.availability]
    return bool(stated) or questioned


def _talk(text: str, words: _Words, topics: Sequence[said.Topic]) -> Decision:
    plain, bare = words.plain, words.bare
    soft = [
        topic.intent
        for topic in topics
        if topic.intent != "price_query"
        or "?" in plain
        or any(word in plain for word in ("precio", "cuanto", "a como"))
    ]
    question = [intent for intent in soft if intent in _SERVICE or intent in {"catalog", "price_query", "help"}]
    if question:
        return Decision(question[0])
    if said.ADDRESS.search(bare):
        return Decision("address")
    if soft:
        return Decision(soft[0])
    return _courtesy(bare, frozenset(text))


def _courtesy(bare: str, signs: frozenset[str]) -> Decision:
    if said.DENY_START.match(bare) or (said.DENY.match(bare) and said.DENY_CORE.search(bare)):
        return Decision("deny")
    confirms = said.CONFIRM.match(bare) and said.CONFIRM_CORE.search(bare)
    if said.THANKS.search(bare) and not confirms:
        return Decision("thanks")
    if said.GOODBYE.search(bare):
        return Decision("goodbye")
    if confirms:
        return Decision("confirm")
    greets = said.GREETING_WORD.match(bare) and len(bare.split()) <= _SHORT
    if said.GREETING.match(bare) or greets:
        return Decision("greeting", confidence=_FAIR)
    if not bare:
        return _by_sign(signs)
    return Decision("other", confidence=_LOW)


def _by_sign(signs: frozenset[str]) -> Decision:
    return next(
        (Decision(intent, confidence=_FAIR) for known, intent in _SIGNS if known & signs),
        Decision("other", confidence=_LOW),
    )
