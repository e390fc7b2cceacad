"""The public entry: one message in, everything understood out."""

from collections.abc import Sequence
from dataclasses import dataclass

from marchante.understanding.domain import Context, Understood
from marchante.understanding.entries.brought import as_brought
from marchante.understanding.entries.cart import Cart, CartBuilder
from marchante.understanding.entries.doubts import mark_doubts
from marchante.understanding.entries.remainders import narrow_by_the_rest
from marchante.understanding.entries.resolve import Resolver
from marchante.understanding.entries.weaving import weave
from marchante.understanding.followups import beside_cart
from marchante.understanding.intents.intents import decide
from marchante.understanding.intents.overruling import overruled
from marchante.understanding.intents.signs import signs_of
from marchante.understanding.intents.weighing import likelihoods
from marchante.understanding.lexicon.orders import Marker
from marchante.understanding.lexicon.words import DETERMINERS, OBJECTS, POSSESSIVES, STOPWORDS, THE
from marchante.understanding.lines.lines import Line
from marchante.understanding.lines.people import for_people
from marchante.understanding.lines.segments import split_lines
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.shop.lookup import Lookup, names_a_product
from marchante.understanding.verbs.verb_groups import verb_group
from marchante.understanding.words.greetings import as_greeted
from marchante.understanding.words.hints import Hints, find_hints
from marchante.understanding.words.quantities import amount_at
from marchante.understanding.words.shown import lists_asked_for
from marchante.understanding.words.tokens import Token, tokenize

_NO_CONTEXT = Context()
_BEING = frozenset({"sean", "queden"})


@dataclass(frozen=True, slots=True)
class Read:
    """One message read into lines and a cart, before it is told what the customer wants with it."""

    tokens: Sequence[Token]
    lookup: Lookup
    hints: Hints
    wishes: Sequence[tuple[int, int]]
    lines: Sequence[Line]
    cart: Cart


def read(text: str, index: CatalogIndex, context: Context = _NO_CONTEXT) -> Read:
    """Read a message as if it were an order."""
    tokens = as_greeted(tokenize(text, index))
    lookup = Lookup(index)
    lookup.spot_names(tokens)
    hints = find_hints(text, tokens, context.now)
    told = _told_variants(tokens, hints.masked, lookup) | _ordered(tokens, hints.masked, lookup)
    told |= for_people(tokens, hints.masked, lookup)
    wishes = [span for span in hints.notes if not any(span[0] <= tokens[at].start < span[1] for at in told)]
    masked = (hints.masked - lookup.named_positions - told) | lists_asked_for(tokens)
    lines = weave(split_lines(tokens, masked, lookup), tokens, lookup)
    resolver = Resolver(tokens, lookup)
    entries = resolver.run(lines)
    told = narrow_by_the_rest(entries, tokens, lookup)
    as_brought(entries, tokens, index)
    mark_doubts(tokens, lines, resolver, masked | told, index)
    builder = CartBuilder(text, tokens, index, frozenset(line.sku for line in context.cart))
    return Read(tokens, lookup, hints, wishes, lines, builder.build(entries))


def understand(text: str, index: CatalogIndex, context: Context = _NO_CONTEXT) -> Understood:
    """Read one customer message against one catalog; never raises, whatever the text."""
    told = read(text, index, context)
    cart, hints = told.cart, told.hints
    said = decide(text, told.tokens, cart, told.lines, wishes=bool(told.wishes))
    shares = likelihoods(signs_of(told.tokens, cart, told.lookup))
    decision = said if _answers(said.intent, told, text) else overruled(said, told.tokens, cart, told.lines, shares)
    kept = cart if decision.intent in {"order", "change_cart"} else Cart()
    notes = [*kept.notes, *(text[start:end].strip() for start, end in told.wishes)] if kept is cart else []
    understood = Understood(
        intent=decision.intent,
        items=tuple(kept.items),
        unknown=tuple(cart.unknown if decision.intent in {"order", "change_cart", "price_query"} else ()),
        ambiguous=tuple(kept.ambiguous),
        notes=tuple(dict.fromkeys(notes)),
        also=decision.also,
        asked=tuple(dict.fromkeys(cart.asked)),
        delivery=hints.delivery,
        when=hints.when,
        payment=hints.payment,
        address=hints.address,
        confidence=decision.confidence,
        explanations=tuple(cart.explanations),
    )
    return beside_cart(text, understood, index, context)


def _answers(intent: str, told: Read, text: str) -> bool:
    """*paso por ellos*, *pago con 500*, *que no esté maduro*, *no ocupo factura*: what the shop asked, no question."""
    if "?" in text:
        return False
    wished = bool(told.wishes) and not (told.cart.items or told.cart.ambiguous or told.cart.unknown)
    settles = told.hints.delivery is not None or told.hints.payment is not None
    return intent == "deny" or (intent == "other" and settles) or (intent == "change_cart" and wished)


def _told_variants(tokens: Sequence[Token], masked: frozenset[int], lookup: Lookup) -> frozenset[int]:
    """*la lechuga que sea romana*: no wish, but which of them."""
    found: set[int] = set()
    for at in range(len(tokens) - 2):
        being = at + 2 if tokens[at + 1].text == "no" else at + 1
        if tokens[at].text != "que" or tokens[being].text not in {"sea", "sean"} or at not in masked:
            continue
        end = next((place for place in range(at, len(tokens)) if tokens[place].kind == "sign"), len(tokens))
        first = next((token for token in tokens[being + 1 : end] if token.text not in STOPWORDS), None)
        ones = [token.text for token in tokens[being + 1 : being + 3]]
        told = len(ones) > 1 and ones[0] in THE and ones[1] != "que"
        told = told and at > 1 and tokens[at - 1].text in {",", "no"}  # *un pastel chico, no, que sea el mediano*
        told = told and any(amount_at(tokens, place) for place in range(at))
        if first is not None and (told or lookup.tells_apart(first)):
            found.update(range(at, end))
    return frozenset(found)


def _work_is_ordered(tokens: Sequence[Token], at: int, lookup: Lookup) -> bool:
    """*que me laven 2 cobijas*, *que planchen el saco*; *que las planchen bien* is how."""
    verb = at + 2 if tokens[at + 1 : at + 2] and tokens[at + 1].text in OBJECTS - {"lo"} else at + 1
    if verb + 1 >= len(tokens) or not lookup.work_of(tokens[verb]):
        return False
    following = tokens[verb + 2] if verb + 2 < len(tokens) else None
    definite = tokens[verb + 1].text in DETERMINERS | POSSESSIVES and following is not None
    named = definite and following is not None and names_a_product(lookup.hits(following))
    return named or amount_at(tokens, verb + 1) is not None


def _ordered(tokens: Sequence[Token], masked: frozenset[int], lookup: Lookup) -> frozenset[int]:
    """*le encargo que le lleven dos leches*, *que me laven una carriola*: no wish, but an order."""
    found: set[int] = set()
    for at in sorted(masked):
        if tokens[at].text != "que" or at in found:
            continue
        taken, marker = verb_group(tokens, at)
        end = next((place for place in range(at, len(tokens)) if place not in masked), len(tokens))
        counted = any(amount_at(tokens, place) for place in range(at + max(1, taken), end))
        being = next((place for place in range(at + 1, min(at + 4, end)) if tokens[place].text in _BEING), end)
        number = amount_at(tokens, being + 1) if being + 1 < end else None
        counts = marker in {Marker.ORDER, Marker.ADD} and counted
        if number or counts or _work_is_ordered(tokens, at, lookup):
            found.update(range(at, end))
    return frozenset(found)
