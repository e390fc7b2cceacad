"""Hours, delivery and payment: told beside whatever is being asked."""

from marchante.conversations.replies.es import questions
from marchante.conversations.scene import Outcome, Scene


def tell_hours(scene: Scene) -> Outcome:
    settings = scene.view.settings
    known = settings.opening_hours.strip()
    return Outcome(scene.session, (questions.hours(known) if known else questions.hours_unknown(settings.treatment),))


def tell_coverage(scene: Scene) -> Outcome:
    settings = scene.view.settings
    if settings.delivers:
        told = questions.coverage(settings.delivery_fee, settings.minimum_order, settings.treatment)
    else:
        told = questions.no_delivery(settings.address, settings.treatment)
    return Outcome(scene.session, (told,))


def tell_payment(scene: Scene) -> Outcome:
    return Outcome(scene.session, (questions.payment(scene.view.settings.treatment),))
