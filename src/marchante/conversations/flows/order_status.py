"""The last orders, how they are doing and what happens next."""

from datetime import datetime

from marchante.conversations.actions import AskPerson, AskStatus, OpenMenu, SeeCart, StartOrder
from marchante.conversations.cart import lines
from marchante.conversations.effects import Reply, TellLate
from marchante.conversations.flows import transfers
from marchante.conversations.notices import late_at, window_of
from marchante.conversations.order_actions import AskToCancel, ChangeOrder
from marchante.conversations.ordering import go_on
from marchante.conversations.prompts import buttons
from marchante.conversations.reopening import changeable
from marchante.conversations.replies.es import dates, status, titles
from marchante.conversations.replies.es.amounts import about, counted_of, quantity_of
from marchante.conversations.replies.es.ordering import and_more
from marchante.conversations.replies.es.voice import joined
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.table import State, StateName
from marchante.conversations.view import ShopView
from marchante.orders.domain import Order, OrderLine

_OLDER_SHOWN = 2
_LINES_SHOWN = 6


def tell_status(scene: Scene) -> Outcome:
    """The newest order and what comes next; what the shop asks about an order is asked again."""
    orders, treatment = scene.view.last_orders, scene.view.settings.treatment
    if not orders and lines(scene.session, scene.view):
        return Outcome(go_on(scene.session, scene.view), (status.not_confirmed(treatment),))
    asked = any(order.proposal is not None and order.is_open for order in orders)
    session = go(scene.session, StateName.ORDER_QUESTION if asked else StateName.ORDER_STATUS)
    if not orders:
        return Outcome(session, (status.no_orders(treatment),))
    latest = orders[0]
    placed = _when(latest.created_at, scene.view)
    total = about(latest.total_amount, approximate=latest.is_approximate)
    told = status.order(latest.folio, latest.status_name, placed, content(latest), total)
    paid = transfers.status_facts(scene.view, latest)
    # Beside an order under way, those that are over are no answer.
    shown = [each for each in orders[1 : 1 + _OLDER_SHOWN] if each.is_open or not latest.is_open]
    older = [status.older(each.folio, each.status_name, _when(each.created_at, scene.view)) for each in shown]
    return Outcome(session, (told, *paid, _what_next(latest, scene.view), *older))


def _what_next(order: Order, view: ShopView) -> str:
    """What happens next, and when: the shop's promise, or that it was not kept."""
    treatment, promised = view.settings.treatment, order.requested_until or order.requested_from
    if promised is None or not order.waits:
        return status.next_step(order.status, treatment)
    if order.requested_until is not None and late_at(order.requested_until) <= view.now:
        return status.behind(treatment)
    return status.expected(order.status, window_of(order, view), treatment, pickup=order.fulfilment == "pickup")


def late(scene: Scene, order_id: int | None) -> Outcome:
    """An order that should have left by now: said before the customer asks, unless a person is talking to them."""
    order = scene.view.order(order_id)
    waits = order is not None and order.waits
    told = waits and scene.view.settings.tells_late and scene.view.handoff is None
    effects = (TellLate(order.id),) if order and told else ()
    return Outcome(scene.session, effects=effects, asks=None)


def _when(moment: datetime, view: ShopView) -> str:
    return dates.moment(moment.astimezone(view.zone), view.now.astimezone(view.zone))


def content(order: Order) -> str:
    """The lines of an order in one sentence."""
    names = [_line(line) for line in order.lines[:_LINES_SHOWN]]
    if len(order.lines) > _LINES_SHOWN:
        names.append(and_more(len(order.lines) - _LINES_SHOWN))
    return joined(names)


def _line(line: OrderLine) -> str:
    if line.pieces is not None:
        return counted_of(line.pieces, line.quantity, line.product_name)
    return quantity_of(line.quantity, line.unit, line.product_name)


def _ask(scene: Scene) -> Reply:
    body, order = status.anything_else(scene.view.settings.treatment), changeable(scene.view)
    person = (titles.PERSON, AskPerson())
    if order is not None and not lines(scene.session, scene.view):
        change = (titles.CHANGE_ORDER, ChangeOrder(order.id, order.version))
        return Reply(prompt=buttons(body, change, (titles.CANCEL_ORDER, AskToCancel(order.id, order.version)), person))
    onward = (titles.GO_ON, SeeCart()) if lines(scene.session, scene.view) else (titles.ORDER, StartOrder())
    return Reply(prompt=buttons(body, onward, person, (titles.MENU, OpenMenu())))


STATES = (
    State(
        StateName.ORDER_STATUS,
        "order_status",
        _ask,
        back=StateName.MENU,
        exits=(
            StateName.BROWSE_CATEGORIES,
            StateName.BROWSE_PRODUCTS,
            StateName.SUMMARY,
            StateName.GIVE_ADDRESS,
            StateName.RECHECK_COVERAGE,
            StateName.GIVE_STREET,
            StateName.WITH_PERSON,
            StateName.MENU,
            StateName.CHOOSE_CHANGE,
            StateName.CANCEL_ORDER,
        ),
    ),
)
HANDLERS: Handlers = {AskStatus: lambda scene, _: tell_status(scene)}
