"""A person answers; the bot is silent until it is given back."""

from datetime import timedelta

from marchante.conversations.actions import AskPerson
from marchante.conversations.effects import AskForPerson, CancelTimer, CloseHandoff, Effect, Reply, SetTimer
from marchante.conversations.flows.welcome import open_menu, to_menu
from marchante.conversations.promising import opens_at
from marchante.conversations.replies.es import dates, people
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.table import State, StateName

_REASON_LENGTH = 200


def call_person(scene: Scene, reason: str, *before: str) -> Outcome:
    """Into the queue of the people who answer. `reason` is for them: what the customer wants."""
    settings, opens = scene.view.settings, opens_at(scene.view)
    # Nobody is expected to answer before the shop opens.
    due = (opens or scene.view.now) + timedelta(minutes=settings.unanswered_handoff_minutes)
    effects: tuple[Effect, ...] = (AskForPerson(reason[:_REASON_LENGTH]), SetTimer("handoff_unanswered", due))
    session = go(scene.session, StateName.WITH_PERSON)
    told = people.calling(settings.treatment)
    if opens:
        when = dates.moment(opens, scene.view.now.astimezone(scene.view.zone))
        told = people.calling_closed(when, settings.treatment)
    return Outcome(session, (*before, told), effects, asks=False)


def take_back(scene: Scene) -> Outcome:
    """The customer prefers the bot, and nobody had answered yet."""
    effects: tuple[Effect, ...] = (CloseHandoff("customer"), CancelTimer("handoff_unanswered"))
    told = people.back_with_bot(scene.view.settings.treatment)
    menu = open_menu(scene)
    return Outcome(menu.session, (told, *menu.facts), effects)


def nobody_came(scene: Scene) -> Outcome:
    """The time to answer is over: apologise and help with what a bot can do."""
    told = people.nobody_answered(scene.view.settings.treatment)
    return Outcome(to_menu(scene.session), (told,), (CloseHandoff("timeout"),))


def person_left(scene: Scene) -> Outcome:
    """The person has been quiet for hours: the bot answers again from the next message on."""
    return Outcome(to_menu(scene.session), (), (CloseHandoff("timeout"),), asks=False)


def _silence(_: Scene) -> Reply:
    return Reply()


STATES = (
    State(
        StateName.WITH_PERSON,
        "human_service",
        _silence,
        back=StateName.MENU,
        exits=(StateName.MENU,),
        numbered=False,
    ),
)
HANDLERS: Handlers = {AskPerson: lambda scene, _: call_person(scene, "requested")}
