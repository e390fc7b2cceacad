"""Thanks, farewells, and no more promotions."""

from marchante.conversations.cart import lines
from marchante.conversations.effects import RaiseAlert, Reply
from marchante.conversations.flows.welcome import menu_prompt
from marchante.conversations.replies.es import people, welcome
from marchante.conversations.scene import Outcome, Scene, go
from marchante.conversations.table import State, StateName


def _ask(scene: Scene) -> Reply:
    return menu_prompt(scene, welcome.short_menu(scene.view.settings.treatment))


def thank(scene: Scene) -> Outcome:
    """A short answer without a question; what was being asked stays as it was."""
    return Outcome(scene.session, (people.welcome_thanks(scene.view.settings.treatment),), asks=None)


def say_goodbye(scene: Scene) -> Outcome:
    """The chat ends; an order that is not finished stays where it is."""
    told = people.goodbye(scene.view.settings.treatment)
    session = scene.session if lines(scene.session, scene.view) else go(scene.session, StateName.GOODBYE)
    return Outcome(session, (told,), asks=None)


def opt_out(scene: Scene) -> Outcome:
    """No more promotions; the shop learns of it."""
    alert = RaiseAlert("marketing_opt_out", f"customer {scene.view.customer.id} wants no promotions")
    return Outcome(scene.session, (people.opted_out(scene.view.settings.treatment),), (alert,), asks=None)


STATES = (State(StateName.GOODBYE, "exit", _ask, back=StateName.MENU, exits=(StateName.MENU,)),)
