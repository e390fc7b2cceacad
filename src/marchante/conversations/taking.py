"""From what was understood to the cart: amounts fitted to how things are sold, and what has to be said or asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from marchante.catalog.domain import Product
from marchante.catalog.options import price_with
from marchante.conversations import cart, options
from marchante.conversations.amounts import Fitted, fit_money, fit_pieces, fit_quantity, usual_quantity
from marchante.conversations.drafting import NOTE_LENGTH
from marchante.conversations.replies.es import browsing as browsing_words
from marchante.conversations.replies.es import ordering as words
from marchante.conversations.replies.es.amounts import number, quantity_of
from marchante.conversations.state import CartItem, Session, Unclear
from marchante.conversations.table import StateName
from marchante.conversations.view import ShopView
from marchante.conversations.wanting import Wanted
from marchante.foundation.kernel.money import ZERO
from marchante.understanding import Ambiguous


@dataclass(frozen=True)
class Taken:
    """The session with what was clear in its cart; what to tell and to ask; `put_in`, the products in their order;
    `refused`, what is not to be had now.
    """

    session: Session
    facts: tuple[str, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    sold_out: tuple[str, ...] = ()
    not_in_cart: tuple[str, ...] = ()
    refused: tuple[Product, ...] = ()
    put_in: tuple[int, ...] = ()
    removed_quantity: Decimal | None = field(default=None, repr=False)

    def told(self, fact: str) -> "Taken":
        return replace(self, facts=(*self.facts, fact))

    @property
    def last(self) -> int | None:
        return self.put_in[-1] if self.put_in else None


def take(session: Session, view: ShopView, items: Sequence[Wanted], ambiguous: Sequence[Ambiguous]) -> Taken:
    """Carry out every operation on the cart, in order."""
    taken = Taken(session)
    for wanted in items:
        taken = _remove(taken, wanted) if wanted.item.op == "remove" else _put(taken, view, wanted)
    for each in ambiguous:
        taken = _ask(taken, view, each)
    return taken


def _remove(taken: Taken, wanted: Wanted) -> Taken:
    product, item = wanted.product, wanted.item
    meant = cart.lines_of(taken.session, product, wanted.chosen)
    if not meant:
        return replace(taken, not_in_cart=(*taken.not_in_cart, product.name))
    old = meant[-1]
    fitted = amount_of(product, item.quantity, item.amount_mxn, item.pieces)
    left = old.quantity - fitted.quantity if fitted is not None and fitted.quantity is not None else ZERO
    if left <= 0:
        gone = meant if fitted is None else (old,)
        session = cart.without_lines(taken.session, gone)
        return replace(taken, session=session, removed_quantity=old.quantity)
    session = cart.put(taken.session, CartItem(product.id, left, old.note, options=old.options))
    return replace(taken, session=session, put_in=(*taken.put_in, product.id))


def _put(taken: Taken, view: ShopView, wanted: Wanted) -> Taken:
    product, item = wanted.product, wanted.item
    if not cart.can_be_set(product, taken.session, view):
        taken = replace(taken, refused=(*taken.refused, product))
        if product.weekdays and not cart.sold_today(product, view):
            return taken.told(browsing_words.other_days(product.name, product.weekdays))
        return replace(taken, sold_out=(*taken.sold_out, product.name))
    # A swap without an amount ("the red ones instead") takes as much as was taken out.
    swapped = taken.removed_quantity if item.op == "add" else None
    exactly = item.op == "set"
    chosen = wanted.chosen
    old = cart.line_of(taken.session, product.id)
    if exactly and not chosen and old is not None:
        chosen = old.options
    priced = replace(product, price=price_with(product.price, options.options_of(product, chosen)))
    fitted = amount_of(priced, item.quantity, item.amount_mxn, item.pieces)
    if fitted is None:
        fitted = fit_quantity(product, swapped or usual_quantity(product))
    line = CartItem(product.id, ZERO, wanted.note[:NOTE_LENGTH], options=chosen)
    return put_fitted(taken, view, product, fitted, item.amount_mxn, line, exactly=exactly)


def amount_of(
    product: Product, quantity: Decimal | None, amount_mxn: Decimal | None, pieces: Decimal | None
) -> Fitted | None:
    """The one amount that was said, in the product's unit; None when none was."""
    if amount_mxn is not None:
        return fit_money(product, amount_mxn)
    if pieces is not None:
        return fit_pieces(product, pieces)
    return None if quantity is None else fit_quantity(product, quantity)


def put_fitted(
    taken: Taken,
    view: ShopView,
    product: Product,
    fitted: Fitted,
    amount_mxn: Decimal | None,
    line: CartItem,
    *,
    exactly: bool,
) -> Taken:
    """The product into the cart, or the question or refusal its amount calls for. `line`: its note and options."""
    told = _problem(view, product, fitted, amount_mxn)
    if told:
        taken = taken.told(told)
    if fitted.quantity is None:
        if fitted.problem != "weight_unknown":
            return taken
        return replace(taken, unclear=(*taken.unclear, Unclear("", (product.id,), pieces=fitted.pieces)))
    item = CartItem(product.id, fitted.quantity, line.note, fitted.pieces, line.options)
    session = cart.put(taken.session, item) if exactly else cart.add(taken.session, item)
    return replace(taken, session=session, put_in=(*taken.put_in, product.id))


def _problem(view: ShopView, product: Product, fitted: Fitted, amount_mxn: Decimal | None) -> str:
    treatment, name, unit = view.settings.treatment, product.name, product.unit
    quantity = fitted.quantity or ZERO
    match fitted.problem:
        case "too_much":
            return words.too_much(name, treatment)
        case "too_little_money":
            return words.too_little_money(name, amount_mxn or ZERO, product.price or ZERO, unit)
        case "below_step":
            return words.rounded_up(name, quantity, unit, treatment)
        case "not_whole":
            return words.rounded_to_whole(name, quantity, unit, treatment)
        case "weight_unknown":
            return words.weight_unknown(name, number(fitted.pieces or ZERO))
        case _:
            return ""


def _ask(taken: Taken, view: ShopView, ambiguous: Ambiguous) -> Taken:
    known = [view.catalog.by_sku(sku) for sku in ambiguous.candidates]
    candidates = tuple(product.id for product in known if product is not None and cart.for_sale(product, view))
    if not candidates:
        return replace(taken, sold_out=(*taken.sold_out, *(each.name for each in known if each)))
    asked = Unclear(ambiguous.phrase, candidates, ambiguous.quantity, ambiguous.amount_mxn, ambiguous.pieces)
    return replace(taken, unclear=(*taken.unclear, asked))


def put_in_facts(session: Session, view: ShopView, product_ids: Sequence[int]) -> tuple[str, ...]:
    """What a tap has put in, where the next message is no summary that shows it."""
    parts = [
        quantity_of(line.item.quantity, line.product.unit, line.name) for line in _unseen(session, view, product_ids)
    ]
    return (words.added(parts),) if parts else ()


def counted_facts(session: Session, view: ShopView, product_ids: Sequence[int]) -> tuple[str, ...]:
    """How much there is now of what an amount was typed for, where no summary shows it."""
    shown = _unseen(session, view, product_ids)
    return tuple(words.counted(line.name, line.item.quantity, line.product.unit) for line in shown)


def _unseen(session: Session, view: ShopView, product_ids: Sequence[int]) -> list[cart.Line]:
    if session.state in {StateName.SUMMARY, StateName.CHOOSE_OPTION}:
        return []
    return [line for line in cart.lines(session, view) if line.product.id in product_ids]


def facts_of(taken: Taken, view: ShopView) -> tuple[str, ...]:
    """Everything to tell about it, besides the cart itself."""
    treatment = view.settings.treatment
    facts = list(taken.facts)
    if taken.sold_out:
        facts.append(browsing_words.sold_out(list(dict.fromkeys(taken.sold_out))))
    if taken.not_in_cart:
        facts.append(words.not_in_cart(list(taken.not_in_cart), treatment))
    return tuple(facts)
