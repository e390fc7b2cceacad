"""Thanks, farewells, and no more promotions."""

from datetime import timedelta

import msgspec

from marchante.conversations.cart import lines
from marchante.conversations.effects import ChooseMarketing, Reply
from marchante.conversations.flows.welcome import menu_prompt
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.replies.es import people, welcome
from marchante.conversations.scene import Outcome, Scene, go
from marchante.conversations.state import Question
from marchante.conversations.table import State, StateName

_ONE_GOODBYE = timedelta(hours=1)


def _ask(scene: Scene) -> Reply:
    return menu_prompt(scene, welcome.short_menu(scene.view.settings.treatment))


def thank(scene: Scene) -> Outcome:
    """A short answer without a question, and none to thanks for that. With an order in hand it is not over yet: that is
    said, and asked again.
    """
    if lines(scene.session, scene.view):
        return _not_yet(scene)
    thanked_at = scene.session.thanked_at
    session = msgspec.structs.replace(scene.session, thanked_at=scene.at)
    if thanked_at is not None and scene.at - thanked_at < _ONE_GOODBYE:
        return Outcome(session, asks=None)
    return Outcome(session, (people.welcome_thanks(scene.view.settings.treatment),), asks=None)


def say_goodbye(scene: Scene) -> Outcome:
    """The chat ends and its session is closed, unless an order is not confirmed yet."""
    if lines(scene.session, scene.view):
        return _not_yet(scene)
    told = people.goodbye(scene.view.settings.treatment)
    return Outcome(go(ask(scene.session, Question()), StateName.GOODBYE), (told,), asks=None)


def _not_yet(scene: Scene) -> Outcome:
    editing, treatment = scene.session.editing, scene.view.settings.treatment
    told = people.not_saved_yet(editing.folio, treatment) if editing else people.not_confirmed_yet(treatment)
    return Outcome(go_on(scene.session, scene.view), (told,))


def opt_out(scene: Scene) -> Outcome:
    """No promotions ever again; orders and their notices go on."""
    told = people.opted_out(scene.view.settings.treatment)
    return Outcome(scene.session, (told,), (ChooseMarketing(wanted=False),), asks=None)


def opt_in(scene: Scene) -> Outcome:
    told = people.opted_in(scene.view.settings.treatment)
    return Outcome(scene.session, (told,), (ChooseMarketing(wanted=True),), asks=None)


STATES = (State(StateName.GOODBYE, "exit", _ask, back=StateName.MENU, exits=(StateName.MENU,)),)
