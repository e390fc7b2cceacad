"""The public entry: one message in, everything understood out."""

from collections.abc import Sequence

from marchante.understanding.cart import Cart, CartBuilder
from marchante.understanding.domain import Context, Understood
from marchante.understanding.doubts import mark_doubts
from marchante.understanding.followups import beside_cart
from marchante.understanding.hints import find_hints
from marchante.understanding.index import CatalogIndex
from marchante.understanding.intents import decide
from marchante.understanding.lookup import Lookup
from marchante.understanding.product_names import Role
from marchante.understanding.resolve import Resolver
from marchante.understanding.segments import split_lines
from marchante.understanding.tokens import Token, tokenize

_NO_CONTEXT = Context()


def understand(text: str, index: CatalogIndex, context: Context = _NO_CONTEXT) -> Understood:
    """Read one customer message against one catalog; never raises, whatever the text."""
    tokens = tokenize(text, index)
    lookup = Lookup(index)
    lookup.spot_names(tokens)
    hints = find_hints(text, tokens, context.now)
    told = _told_variants(tokens, hints.masked, lookup)
    wishes = [span for span in hints.notes if not any(span[0] <= tokens[at].start < span[1] for at in told)]
    masked = hints.masked - lookup.named_positions - told
    lines = split_lines(tokens, masked, lookup)
    resolver = Resolver(tokens, lookup)
    entries = resolver.run(lines)
    mark_doubts(tokens, lines, resolver, masked, index)
    builder = CartBuilder(text, tokens, index, frozenset(line.sku for line in context.cart))
    cart = builder.build(entries)
    decision = decide(text, tokens, cart, lines, wishes=bool(wishes))
    kept = cart if decision.intent in {"order", "change_cart"} else Cart()
    notes = [*kept.notes, *(text[start:end].strip() for start, end in wishes)] if kept is cart else []
    read = Understood(
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
    return beside_cart(text, read, index, context)


def _told_variants(tokens: Sequence[Token], masked: frozenset[int], lookup: Lookup) -> frozenset[int]:
    """*la lechuga que sea romana*: no wish, but which of them."""
    found: set[int] = set()
    for at in range(len(tokens) - 2):
        said = tokens[at].text == "que" and tokens[at + 1].text in {"sea", "sean"} and at in masked
        hits = lookup.hits(tokens[at + 2]) if said else {}
        if any(hit.role in (Role.VARIETY, Role.HEAD) for hit in hits.values()):
            found.update(range(at, len(tokens)))
    return frozenset(found)
