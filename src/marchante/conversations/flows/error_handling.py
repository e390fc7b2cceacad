"""What was not understood, cannot be read, is out of date, or came too late."""

from datetime import timedelta

import msgspec

from marchante.channels.whatsapp.messages import Text
from marchante.conversations import cart
from marchante.conversations.actions import Action, Confirm, DoItAnyway, OpenMenu
from marchante.conversations.effects import AskForPerson, RaiseAlert, Reply, Step
from marchante.conversations.flows.human_service import call_person, silent
from marchante.conversations.flows.welcome import ENTRIES, menu_prompt, to_menu
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.prompts import buttons
from marchante.conversations.replies.es import ordering, people, service, titles, trouble
from marchante.conversations.replies.es.voice import Treatment
from marchante.conversations.scene import Outcome, Scene, go
from marchante.conversations.state import Session
from marchante.conversations.table import State, StateName

OPTIONS_AFTER = 2
PERSON_AFTER = 3
_LATE_LENGTH = 1500
_DOUBLE_TAP = timedelta(minutes=1)
_REASON = "not understood: "


def not_understood(scene: Scene, text: str, hint: str = "") -> Outcome:
    """First a hint, then options, then a person."""
    times = scene.session.misunderstood + 1
    treatment = scene.view.settings.treatment
    session = msgspec.structs.replace(scene.session, misunderstood=times)
    if times >= PERSON_AFTER:
        session = msgspec.structs.replace(session, misunderstood=0)
        gave_up = people.gave_up_understanding()
        return call_person(scene.at_session(session), _REASON + text, gave_up, state=StateName.HUMAN_TRANSFER)
    if times >= OPTIONS_AFTER:
        return Outcome(go(session, StateName.OPTIONS))
    return Outcome(session, (hint or trouble.not_understood(treatment),))


def _ask_options(scene: Scene) -> Reply:
    return menu_prompt(scene, trouble.options(scene.view.settings.treatment))


def unreadable(scene: Scene, kind: str) -> Outcome:
    """A voice note, a photo …: what to do instead, and the question again; behind a sticker after an order no menu."""
    idle = kind == "sticker" and scene.session.state == StateName.MENU and scene.session.confirmed is not None
    told = trouble.unsupported(kind, scene.view.settings.treatment)
    return Outcome(scene.session, (told,), asks=None if idle else True)


def stale(scene: Scene, action: Action) -> Outcome:
    """An old button changes nothing: say so and show how things stand."""
    session, treatment = scene.session, scene.view.settings.treatment
    done = session.confirmed
    if isinstance(action, Confirm) and done is not None and action.cart_version == done.cart_version:
        told = (ordering.already_confirmed(),) if scene.at - done.at > _DOUBLE_TAP else ()
        return Outcome(session, told, asks=None)
    if not cart.lines(session, scene.view):
        return Outcome(to_menu(session), (ordering.old_button(treatment, cart=False),))
    return Outcome(go_on(session, scene.view), (ordering.old_button(treatment, cart=True),))


def arrived_late(scene: Scene, text: str) -> Outcome:
    """Apologise, and ask again before acting on it."""
    waiting = scene.session.question.late_text if scene.session.state == StateName.LATE_MESSAGE else ""
    whole = "\n".join(part for part in (waiting, text.strip()) if part)[:_LATE_LENGTH]
    told = () if waiting else (trouble.late(scene.view.settings.treatment),)
    if not whole:
        return Outcome(scene.session, told)
    question = msgspec.structs.replace(scene.session.question, late_text=whole)
    return Outcome(go(ask(scene.session, question), StateName.LATE_MESSAGE), told)


def _ask_late(scene: Scene) -> Reply:
    body = trouble.still_stands(scene.session.question.late_text, scene.view.settings.treatment)
    return Reply(prompt=buttons(body, (titles.STILL_STANDS, DoItAnyway()), (titles.NO_LONGER, OpenMenu())))


def loop_alert() -> RaiseAlert:
    return RaiseAlert("conversation_loop", "the bot fell silent: the same messages over and over")


def set_aside(session: Session, treatment: Treatment) -> Step:
    """No turn survived a message: the error is shown, and a person is asked in the bot's place."""
    apology = Reply(prompt=Text(service.message_set_aside(treatment)))
    return Step(go(session, StateName.SHOW_ERROR), (apology, AskForPerson("message_set_aside")))


STATES = (
    silent(StateName.SHOW_ERROR, "error_handling", StateName.WITH_PERSON, StateName.AGENT_CONNECTED),
    silent(StateName.HUMAN_TRANSFER, "error_handling", StateName.WITH_PERSON, StateName.AGENT_CONNECTED),
    State(
        StateName.OPTIONS,
        "error_handling",
        _ask_options,
        back=StateName.MENU,
        exits=ENTRIES,
    ),
    State(
        StateName.LATE_MESSAGE,
        "error_handling",
        _ask_late,
        back=StateName.MENU,
        exits=(
            StateName.MENU,
            StateName.SUMMARY,
            StateName.GIVE_ADDRESS,
            StateName.GIVE_STREET,
            StateName.RECHECK_COVERAGE,
        ),
    ),
)
