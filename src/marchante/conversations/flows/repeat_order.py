"""The same as last time, at today's prices."""

from dataclasses import dataclass

import msgspec

from marchante.conversations import cart
from marchante.conversations.actions import OpenMenu
from marchante.conversations.answering import RepeatOrder
from marchante.conversations.drafting import delivery_fee, total
from marchante.conversations.effects import Reply
from marchante.conversations.flows.browsing import browse
from marchante.conversations.flows.summary import cart_lines
from marchante.conversations.options import in_order
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.prompts import buttons
from marchante.conversations.replies.es import browsing as browsing_words
from marchante.conversations.replies.es import ordering as words
from marchante.conversations.replies.es import titles
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import CartItem, Question, Session
from marchante.conversations.table import State, StateName
from marchante.conversations.view import ShopView
from marchante.conversations.words import asks_for_last_order, is_no, is_yes
from marchante.orders.domain import Order, OrderStatus


@dataclass(frozen=True, slots=True)
class _Again:
    """The last order put into a cart: what can be had of it, and the names of what cannot."""

    session: Session
    missing: tuple[str, ...]


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
            session = cart.put(session, CartItem(product.id, line.quantity, line.notes, options=chosen))
        else:
            missing.append(line.product_name)
    return _Again(session, tuple(missing))


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
    facts += [browsing_words.sold_out(list(again.missing))] if again.missing else []
    if session.state != StateName.SUMMARY:  # the summary shows the lines itself
        facts += cart_lines(session, scene.view)
    return Outcome(session, tuple(facts))


def read_wish(scene: Scene, text: str) -> Outcome | None:
    """What was in the last order, in any state."""
    return show(scene) if asks_for_last_order(text) and scene.view.last_orders else None


def _ask(scene: Scene) -> Reply:
    last, view, treatment = _last(scene.view), scene.view, scene.view.settings.treatment
    if last is None:
        return Reply(prompt=buttons(words.nothing_to_repeat(treatment), (titles.MENU, OpenMenu())))
    again = _again(cart.emptied(scene.session), view, last)
    facts = [words.last_order(last.folio), *cart_lines(again.session, view)]
    facts += [browsing_words.sold_out(list(again.missing))] if again.missing else []
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
