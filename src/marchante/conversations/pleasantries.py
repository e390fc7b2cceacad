"""Greetings, and a yes nobody was waiting for."""

from datetime import timedelta

from marchante.conversations.cart import lines
from marchante.conversations.flows import after_order, order_question, order_status, resuming, summary, welcome
from marchante.conversations.flows import exit as farewell
from marchante.conversations.scene import Outcome, Scene
from marchante.conversations.table import StateName

LONG_PAUSE = timedelta(minutes=30)


def greet(scene: Scene) -> Outcome:
    hello = welcome.greeting_facts(scene)
    if order_question.open_question(scene.view) and not scene.session.cart:
        return order_status.tell_status(scene).after(*hello)
    if not lines(scene.session, scene.view):
        return Outcome(welcome.to_menu(scene.session), hello)
    if is_long_pause(scene):
        return resuming.ask_to_resume(scene).after(*hello)
    return Outcome(scene.session, hello)


def is_long_pause(scene: Scene) -> bool:
    heard = scene.session.last_heard_at
    return heard is not None and scene.at - heard > LONG_PAUSE


def confirm(scene: Scene) -> Outcome:
    """A yes that no state was waiting for: to the order in hand, or only politeness after the last one."""
    if scene.session.state == StateName.SUMMARY:
        return summary.confirm(scene, scene.session.question.shown_total)
    if scene.session.question.unclear:  # a yes does not say which
        return Outcome(scene.session)
    if lines(scene.session, scene.view):
        return summary.see_cart(scene)
    if order_question.open_question(scene.view):
        return order_status.tell_status(scene)
    done = scene.session.confirmed
    if (done is not None and scene.at - done.at < LONG_PAUSE) or after_order.current(scene):
        return farewell.thank(scene)
    return welcome.open_menu(scene)
