"""A person answers; the bot is silent until it is given back."""

from datetime import timedelta

from marchante.conversations.actions import AskPerson
from marchante.conversations.effects import AskForPerson, CancelTimer, CloseHandoff, Effect, Reply, SetTimer
from marchante.conversations.flows.welcome import menu_prompt, open_menu, to_menu
from marchante.conversations.promising import opens_at
from marchante.conversations.replies.es import dates, people
from marchante.conversations.replies.es import welcome as welcome_words
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import Session
from marchante.conversations.table import Flow, State, StateName

_REASON_LENGTH = 200


def call_person(scene: Scene, reason: str, *before: str, state: StateName = StateName.WITH_PERSON) -> Outcome:
    """Into the queue of the people who answer. `reason` is for them: what the customer wants."""
    settings, opens = scene.view.settings, opens_at(scene.view)
    # Nobody is expected to answer before the shop opens.
    due = (opens or scene.view.now) + timedelta(minutes=settings.unanswered_handoff_minutes)
    effects: tuple[Effect, ...] = (AskForPerson(reason[:_REASON_LENGTH]), SetTimer("handoff_unanswered", due))
    session = go(scene.session, state)
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
    session = go(to_menu(scene.session), StateName.SESSION_ENDED)
    return Outcome(session, (), (CloseHandoff("timeout"),), asks=False)


def beside(scene: Scene) -> Session:
    """Where a conversation is that a person has: waited for, or answering."""
    answered = scene.view.handoff == "active"
    return go(scene.session, StateName.AGENT_INTERACTION if answered else StateName.WITH_PERSON)


def _silence(_: Scene) -> Reply:
    return Reply()


def _ask_after(scene: Scene) -> Reply:
    return menu_prompt(scene, welcome_words.menu(scene.view.settings.treatment))


def silent(name: StateName, flow: Flow, *exits: StateName) -> State:
    """A state in which a person has the conversation."""
    return State(name, flow, _silence, back=StateName.MENU, exits=(StateName.MENU, *exits), numbered=False)


STATES = (
    silent(StateName.WITH_PERSON, "human_service", StateName.AGENT_CONNECTED),
    silent(StateName.AGENT_CONNECTED, "human_service", StateName.AGENT_INTERACTION),
    silent(
        StateName.AGENT_INTERACTION,
        "human_service",
        StateName.FINAL_ADDRESS,
        StateName.FINAL_ORDER,
        StateName.SESSION_ENDED,
    ),
    State(
        StateName.SESSION_ENDED,
        "human_service",
        _ask_after,
        back=StateName.MENU,
        exits=(
            StateName.MENU,
            StateName.BROWSE_CATEGORIES,
            StateName.BROWSE_PRODUCTS,
            StateName.ORDER_STATUS,
            StateName.WITH_PERSON,
            StateName.SUMMARY,
            StateName.GIVE_ADDRESS,
        ),
    ),
)
HANDLERS: Handlers = {AskPerson: lambda scene, _: call_person(scene, "requested")}
