"""The same as last time, at today's prices."""

import re
from dataclasses import dataclass, replace

import msgspec

from marchante.catalog.domain import Product
from marchante.catalog.words import plain
from marchante.conversations import cart
from marchante.conversations.actions import OpenMenu
from marchante.conversations.amounts import fit_pieces
from marchante.conversations.answering import RepeatOrder
from marchante.conversations.drafting import delivery_fee, total
from marchante.conversations.effects import Reply
from marchante.conversations.flows.browsing import browse
from marchante.conversations.flows.summary import cart_lines
from marchante.conversations.options import Chosen, in_order
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.prompts import buttons
from marchante.conversations.replies.es import browsing as browsing_words
from marchante.conversations.replies.es import ordering as words
from marchante.conversations.replies.es import titles
from marchante.conversations.replies.es.ordering import pieces_noted
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import CartItem, Question, Session
from marchante.conversations.table import State, StateName
from marchante.conversations.view import ShopView
from marchante.conversations.words import asks_for_last_order, is_no, is_yes
from marchante.orders.domain import Order, OrderLine, OrderStatus
from marchante.understanding import Understood

_THE_SAME = re.compile(
    r"(?:\b(?:quiero|quisiera|p.ngame|m.ndame|m.ndeme|me (?:mandas?|manda|das|da)|dame|deme)(?: pedir)? )?"
    r"\b(?:lo (?:mismo(?: de siempre| que la (?:vez|ocasi.n) pasada| de la (?:otra )?vez(?: pasada)?)?|de siempre)"
    r"|(?:mi|el) pedido de siempre|el mismo pedido|mi .ltimo pedido|igual que (?:siempre|la vez pasada))\b"
    r"(?:,? (?:pero|nada m.s que|nom.s que|solo que|s.lo que|y))?",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:mas|otr[oa]s?|extra|adicional(?:es)?|tambien)\b")


@dataclass(frozen=True, slots=True)
class _Again:
    """The last order put into a cart: what can be had of it, and the names of what cannot."""

    session: Session
    missing: tuple[str, ...]

    @property
    def told(self) -> list[str]:
        """That what is missing is sold out."""
        return [browsing_words.sold_out(list(self.missing))] if self.missing else []


def _last(view: ShopView) -> Order | None:
    """The newest that was not cancelled, else the newest."""
    kept = (order for order in view.last_orders if order.status is not OrderStatus.CANCELLED)
    return next(kept, view.last_orders[0] if view.last_orders else None)


def _again(session: Session, view: ShopView, last: Order) -> _Again:
    """In the same way paid as then; prices are read again."""
    missing = []
    draft = msgspec.structs.replace(session.draft, payment_method=last.payment_method)
    session = cart.changed(session, draft=draft) if not session.cart else session
    for line in last.lines:
        product = view.catalog.product(line.product_id)
        if product and cart.for_sale(product, view):
            chosen = in_order(product, {(option.group, option.name) for option in line.options})
            session = cart.put(session, _item(product, line, chosen))
        else:
            missing.append(line.product_name)
    return _Again(session, tuple(missing))


def _item(product: Product, line: OrderLine, chosen: tuple[Chosen, ...]) -> CartItem:
    """As much as then; of what was asked for by the piece so many pieces, whatever they weighed."""
    pieces, note = pieces_noted(line.notes)
    fitted = fit_pieces(product, pieces) if pieces else None
    if fitted is None or fitted.quantity is None:
        return CartItem(product.id, line.quantity, line.notes, options=chosen)
    return CartItem(product.id, fitted.quantity, note, fitted.pieces, chosen)


def repeat(scene: Scene) -> Outcome:
    """In one step to the summary; an order begun already is not added to unasked."""
    view, treatment = scene.view, scene.view.settings.treatment
    last, begun = _last(view), cart.lines(scene.session, view)
    if last is None and begun:
        return Outcome(go_on(scene.session, view), (words.nothing_to_repeat(treatment),))
    if last is None:
        return browse(scene).after(words.nothing_to_repeat(treatment))
    if begun and scene.session.state != StateName.REPEAT_ORDER:
        return show(scene)
    return _fill(scene, last)


def show(scene: Scene) -> Outcome:
    """The last order's summary: to repeat, or not."""
    if _last(scene.view) is None:
        return repeat(scene)
    return Outcome(go(ask(scene.session, Question()), StateName.REPEAT_ORDER))


def _fill(scene: Scene, last: Order) -> Outcome:
    again = _again(scene.session, scene.view, last)
    session = go_on(ask(again.session, Question()), scene.view)
    facts = [words.repeating(last.folio, scene.view.settings.treatment)]
    facts += again.told
    if session.state != StateName.SUMMARY:  # the summary shows the lines itself
        facts += cart_lines(session, scene.view)
    return Outcome(session, tuple(facts))


@dataclass(frozen=True, slots=True)
class Begun:
    """The last order in the cart, what was said besides, and what goes above its lines."""

    scene: Scene
    besides: str
    told: tuple[str, ...]


def asks_for_the_same(text: str) -> bool:
    """Whatever else it says."""
    return _THE_SAME.search(text) is not None


def begun_again(scene: Scene, text: str) -> Begun | None:
    """For a text that asks for the last order and says more; None for any other, or while an order is begun."""
    last, said = _last(scene.view), _THE_SAME.search(text)
    if last is None or said is None or cart.lines(scene.session, scene.view):
        return None
    besides = f"{text[: said.start()]} {text[said.end() :]}".strip(" ,.")
    again = _again(scene.session, scene.view, last)
    told = [*again.told, words.repeating_but(last.folio, scene.view.settings.treatment)]
    return Begun(scene.at_session(ask(again.session, Question())), besides, tuple(told))


def in_place(read: Understood, scene: Scene, text: str) -> Understood:
    """An amount of something the last order has ("con 3 kilos de papa") is how much of it, unless more is asked for."""
    if _MORE.search(plain(text)):
        return read
    had = {line.product.sku for line in cart.lines(scene.session, scene.view)}
    items = (replace(item, op="set") if item.op == "add" and item.sku in had else item for item in read.items)
    return replace(read, items=tuple(items))


def read_wish(scene: Scene, text: str) -> Outcome | None:
    """What was in the last order, in any state."""
    return show(scene) if asks_for_last_order(text) and scene.view.last_orders else None


def _ask(scene: Scene) -> Reply:
    last, view, treatment = _last(scene.view), scene.view, scene.view.settings.treatment
    if last is None:
        return Reply(prompt=buttons(words.nothing_to_repeat(treatment), (titles.MENU, OpenMenu())))
    again = _again(cart.emptied(scene.session), view, last)
    facts = [words.last_order(last.folio), *cart_lines(again.session, view)]
    facts += again.told
    body = words.ask_repeat(
        total(again.session, view),
        last.total_amount,
        treatment,
        delivered=bool(delivery_fee(again.session, view)),
    )
    choices = ((titles.REPEAT_IT, RepeatOrder()), (titles.MENU, OpenMenu()))
    return Reply(("\n".join(facts),), buttons(body, *choices))


def _read(scene: Scene, text: str) -> Outcome | None:
    last = _last(scene.view)
    if last and is_yes(text):
        return _fill(scene, last)
    if is_no(text) and cart.lines(scene.session, scene.view):
        return Outcome(go_on(scene.session, scene.view))
    return None


STATES = (
    State(
        StateName.REPEAT_ORDER,
        "repeat_order",
        _ask,
        back=StateName.SUMMARY,
        exits=(
            StateName.SUMMARY,
            StateName.GIVE_ADDRESS,
            StateName.CHOOSE_OPTION,
            StateName.RECHECK_COVERAGE,
            StateName.BROWSE_CATEGORIES,
            StateName.MENU,
        ),
        read=_read,
    ),
)
HANDLERS: Handlers = {RepeatOrder: lambda scene, _: repeat(scene)}
