"""What people write while an order is under way or was just brought: when it comes, what it costs, what was missing."""

from datetime import timedelta

from marchante.conversations.cart import lines
from marchante.conversations.effects import CancelTimer
from marchante.conversations.flows.human_service import call_person
from marchante.conversations.flows.order_status import tell_status
from marchante.conversations.order_words import asks_total, asks_when, misses_something, says_arrived
from marchante.conversations.reopening import under_way
from marchante.conversations.replies.es import people, placed
from marchante.conversations.scene import Outcome, Scene
from marchante.orders.domain import Order, OrderStatus

JUST_DELIVERED = timedelta(hours=48)


def read(scene: Scene, text: str) -> Outcome | None:
    """None: it is not about an order on its way, or another one is being put together."""
    order = current(scene)
    if order is None or lines(scene.session, scene.view):
        return None
    if asks_total(text):
        return tell_status(scene)
    if order.status is OrderStatus.DELIVERED:
        return _complaint(scene, order, text) if misses_something(text) else None
    if asks_when(text):
        return tell_status(scene)
    if says_arrived(text) and order.status is OrderStatus.SHIPPED:
        return Outcome(scene.session, (placed.arrived(scene.view.settings.treatment),), asks=None)
    return None


def current(scene: Scene) -> Order | None:
    """The newest order that is under way; else the one brought last, if that was a short time ago."""
    orders = scene.view.last_orders
    going_on = next((order for order in orders if under_way(order, scene.view)), None)
    return going_on or next((order for order in orders if _just_delivered(order, scene)), None)


def _just_delivered(order: Order, scene: Scene) -> bool:
    moved = order.updated_at or order.created_at
    return order.status is OrderStatus.DELIVERED and scene.view.now - moved < JUST_DELIVERED


def complain(scene: Scene, text: str) -> Outcome:
    """A complaint, with the order it is most likely about."""
    order = current(scene)
    return call_person(scene, f"complaint: {text}", _sorry(scene)) if order is None else _complaint(scene, order, text)


def _complaint(scene: Scene, order: Order, text: str) -> Outcome:
    """How the order was need not be asked any more."""
    called = call_person(scene, f"complaint about {order.folio} ({order.status.value}): {text}", _sorry(scene))
    return called.doing(CancelTimer("survey"))


def _sorry(scene: Scene) -> str:
    return people.sorry_for_complaint(scene.view.settings.treatment)
