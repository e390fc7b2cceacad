"""Hours, delivery and payment: told beside whatever is being asked."""

from marchante.conversations.flows.transfers import owed
from marchante.conversations.notices import transfer_words
from marchante.conversations.promising import closed_because, closes_at, free_slots, opens_at
from marchante.conversations.replies.es import dates, questions
from marchante.conversations.scene import Outcome, Scene
from marchante.conversations.table import StateName


def tell_hours(scene: Scene) -> Outcome:
    """The hours in the shop's own words, and whether it is open now."""
    view, settings = scene.view, scene.view.settings
    known = settings.opening_hours.strip()
    told = [questions.hours(known)] if known else []
    local, opens, closes = view.now.astimezone(view.zone), opens_at(view), closes_at(view)
    if opens and scene.session.state != StateName.SUMMARY:  # the summary says it itself
        told.append(questions.closed_until(dates.moment(opens, local), closed_because(view)))
    elif closes:
        told.append(questions.open_until(dates.moment(closes, local)))
    soonest = next(free_slots(scene.session, view), None) if settings.delivers else None
    if soonest and scene.session.state != StateName.SUMMARY:
        told.append(questions.soonest(dates.window(soonest.starts_at, soonest.ends_at, local)))
    # Whoever has seen the menu needs none behind an answer.
    asks = None if scene.session.state == StateName.MENU and view.customer.notice_given else True
    return Outcome(scene.session, tuple(told) or (questions.hours_unknown(settings.treatment),), asks=asks)


def tell_place(scene: Scene) -> Outcome:
    """Where the shop itself is."""
    settings = scene.view.settings
    return Outcome(scene.session, (questions.shop_at(settings.address, settings.treatment),))


def tell_delivery(scene: Scene) -> Outcome:
    """Of a shop without zones: whether it delivers at all, and for how much."""
    settings = scene.view.settings
    if settings.delivers:
        told = questions.coverage(settings.delivery_fee, settings.minimum_order, settings.treatment)
    else:
        told = questions.no_delivery(settings.address, settings.treatment)
    return Outcome(scene.session, (told,))


def tell_payment(scene: Scene) -> Outcome:
    """How one can pay; and where to, for somebody who owes a transfer."""
    view, order = scene.view, owed(scene.view)
    if order and view.settings.takes_transfers:
        return Outcome(scene.session, (transfer_words(order, view.settings),))
    return Outcome(scene.session, (questions.payment(view.settings.accepted_payments, view.settings.treatment),))
