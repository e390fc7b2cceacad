"""The last orders, how they are doing and what happens next."""

from datetime import datetime

from marchante.conversations.actions import AskPerson, AskStatus, OpenMenu, SeeCart, StartOrder
from marchante.conversations.cart import lines
from marchante.conversations.effects import Reply
from marchante.conversations.prompts import buttons
from marchante.conversations.replies.es import dates, status, titles
from marchante.conversations.replies.es.amounts import quantity_of
from marchante.conversations.replies.es.ordering import and_more
from marchante.conversations.replies.es.voice import joined
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.table import State, StateName
from marchante.conversations.view import ShopView
from marchante.orders.domain import Order

_OLDER_SHOWN = 2
_LINES_SHOWN = 6


def tell_status(scene: Scene) -> Outcome:
    session = go(scene.session, StateName.ORDER_STATUS)
    orders, treatment = scene.view.last_orders, scene.view.settings.treatment
    if not orders:
        return Outcome(session, (status.no_orders(treatment),))
    latest = orders[0]
    told = status.order(
        latest.folio, latest.status_name, _when(latest.created_at, scene.view), latest.total_amount, content(latest)
    )
    older = [
        status.older(each.folio, each.status_name, _when(each.created_at, scene.view))
        for each in orders[1 : 1 + _OLDER_SHOWN]
    ]
    return Outcome(session, (told, status.next_step(latest.status, treatment), *older))


def _when(moment: datetime, view: ShopView) -> str:
    return dates.moment(moment.astimezone(view.zone), view.now.astimezone(view.zone))


def content(order: Order) -> str:
    """The lines of an order in one sentence."""
    names = [quantity_of(line.quantity, line.unit, line.product_name) for line in order.lines[:_LINES_SHOWN]]
    if len(order.lines) > _LINES_SHOWN:
        names.append(and_more(len(order.lines) - _LINES_SHOWN))
    return joined(names)


def _ask(scene: Scene) -> Reply:
    onward = (titles.GO_ON, SeeCart()) if lines(scene.session, scene.view) else (titles.ORDER, StartOrder())
    body = status.anything_else(scene.view.settings.treatment)
    return Reply(prompt=buttons(body, onward, (titles.PERSON, AskPerson()), (titles.MENU, OpenMenu())))


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
            StateName.WITH_PERSON,
            StateName.MENU,
        ),
    ),
)
HANDLERS: Handlers = {AskStatus: lambda scene, _: tell_status(scene)}
