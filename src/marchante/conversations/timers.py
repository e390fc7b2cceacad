"""Reminder and expiry of an unfinished order, and the waiting for a person."""

from datetime import datetime, timedelta

from marchante.conversations.cart import emptied, lines
from marchante.conversations.effects import CancelTimer, Effect, SetTimer
from marchante.conversations.flows import human_service, order_question, order_status, resuming, survey
from marchante.conversations.flows.welcome import to_menu
from marchante.conversations.inputs import TimerFired
from marchante.conversations.scene import Outcome, Scene
from marchante.conversations.state import Session
from marchante.conversations.view import ShopView

_WINDOW = timedelta(hours=24)
"""Outside it WhatsApp takes no free-form message."""


def fired(scene: Scene, timer: TimerFired) -> Outcome:
    match timer.kind:
        case "reminder":
            return _remind(scene)
        case "expiry":
            return _expire(scene)
        case "handoff_unanswered" if scene.view.handoff == "requested":
            return human_service.nobody_came(scene)
        case "handoff_return" if scene.view.handoff is not None:
            return human_service.person_left(scene)
        case "survey":
            return survey.begin(scene, timer)
        case "order_late":
            return order_status.late(scene, timer.order_id)
        case "answer_due":
            return order_question.nobody_answered(scene, timer.order_id)
        case _:
            return _nothing(scene)


def _nothing(scene: Scene, *effects: Effect) -> Outcome:
    return Outcome(scene.session, effects=effects, asks=None)


def _remind(scene: Scene) -> Outcome:
    """Once, when the customer has been quiet for long enough; else it is set again for when that will be."""
    session, view = scene.session, scene.view
    if view.handoff is not None or session.reminded or session.muted or not lines(session, view):
        return _nothing(scene)
    due = reminder_due(session, view)
    if due > scene.at:
        return _nothing(scene, SetTimer("reminder", due))
    # A reminder that comes late, after a day without the product, is none.
    if view.now >= min(expiry_due(session, view), (session.last_heard_at or view.now) + _WINDOW):
        return _nothing(scene)
    return resuming.remind(scene)


def _expire(scene: Scene) -> Outcome:
    if not scene.session.cart:
        return _nothing(scene)
    due = expiry_due(scene.session, scene.view)
    if due > scene.at:
        return _nothing(scene, SetTimer("expiry", due))
    return Outcome(to_menu(emptied(scene.session)), effects=(CancelTimer("reminder"),), asks=None)


def reminder_due(session: Session, view: ShopView) -> datetime:
    return (session.last_heard_at or view.now) + timedelta(minutes=view.settings.reminder_minutes)


def expiry_due(session: Session, view: ShopView) -> datetime:
    return (session.last_heard_at or view.now) + timedelta(hours=view.settings.session_hours)


def has_expired(session: Session, view: ShopView, at: datetime) -> bool:
    """Checked on load too: a timer may be late."""
    return bool(session.cart) and session.last_heard_at is not None and at >= expiry_due(session, view)


def for_cart(before: Session, after: Session, view: ShopView) -> tuple[Effect, ...]:
    """An order begun sets both timers, an order gone cancels them. When they fire they look how long it was quiet."""
    if after.cart and (not before.cart or after.cart_since != before.cart_since):
        reminder = SetTimer("reminder", reminder_due(after, view))
        return (reminder, SetTimer("expiry", expiry_due(after, view)))
    if before.cart and not after.cart:
        return (CancelTimer("reminder"), CancelTimer("expiry"))
    return ()
