"""One turn of a conversation: what came in, in order, against one view of the shop; at most one question comes out.

Pure: no clock, no chance, no input or output. The turn that calls it carries out the effects.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from uuid import UUID

import msgspec

from marchante.conversations import announcing, guard, merging, timers
from marchante.conversations.cart import emptied
from marchante.conversations.dispatch import STATES, respond, respond_beside_person
from marchante.conversations.effects import (
    AskForPerson,
    ChangeAddress,
    CloseHandoff,
    Effect,
    ForgetAddress,
    MakeDefault,
    NameAddress,
    NoteGiven,
    OnOrder,
    PlaceOrder,
    Reply,
    Step,
)
from marchante.conversations.flows import error_handling, registration, summary, survey, welcome
from marchante.conversations.inputs import (
    Captured,
    Input,
    Located,
    OrderRefused,
    PlacementRefused,
    Said,
    Tapped,
    TimerFired,
)
from marchante.conversations.scene import Outcome, Reader, Scene
from marchante.conversations.state import FLOW_VERSION, Question, Session
from marchante.conversations.table import SILENT, StateName
from marchante.conversations.view import ShopView
from marchante.conversations.words import meaning
from marchante.customers.domain import Address
from marchante.understanding import understand

# What comes from the shop's side: nobody wrote it.
_OUR_OWN = (TimerFired, PlacementRefused, OrderRefused, Captured)


def new_session(session_id: UUID) -> Session:
    """Nothing said yet, nothing in the cart."""
    return Session(session_id)


def run(session: Session, inputs: Sequence[Input], view: ShopView, reader: Reader = understand) -> Step:
    """Fold the inputs of one turn. All that is told comes before the last question, in one Reply; only PlaceOrder
    parts them, because its words are known after it is carried out.

    `merging.messages` makes the messages of the replies and of the words notices.py adds.
    """
    at = inputs[0].at if inputs else view.now
    # Several handlers may look at the same text; within a turn it is read once.
    turn = _Turn(restored(session, view, at), view, cache(reader))
    for heard in inputs:
        turn = turn.after(heard)
    return turn.ended(session)


def restored(session: Session, view: ShopView, at: datetime) -> Session:
    """A session as it was saved, made fit for the flows of today: an unknown state resumes at the menu with the cart
    kept; an order past its time is gone; a person who was asked for and has closed gives back the bot; how an order of
    days ago was is not asked any more.
    """
    if session.flow_version != FLOW_VERSION or session.state not in STATES:
        session = msgspec.structs.replace(
            session, flow_version=FLOW_VERSION, state=StateName.MENU, question=Question(), misunderstood=0
        )
    if timers.has_expired(session, view, at):
        session = welcome.to_menu(emptied(session))
    if (session.state in SILENT and view.handoff is None) or survey.is_over(session, view, at):
        session = welcome.to_menu(session)
    return session


@dataclass(frozen=True)
class _Turn:
    """What has come of the inputs so far."""

    session: Session
    view: ShopView
    reader: Reader
    effects: tuple[Effect, ...] = ()
    asks: bool = False
    progress: bool = False

    def after(self, heard: Input) -> "_Turn":
        scene = Scene(self.session, self.view, heard.at, self.reader)
        outcome, progress = self._guarded(scene, heard)
        session = outcome.session
        if session.misunderstood == scene.session.misunderstood:
            session = msgspec.structs.replace(session, misunderstood=0)
        if not isinstance(heard, _OUR_OWN):
            session = msgspec.structs.replace(session, last_heard_at=heard.at)
        told = (Reply(outcome.facts),) if outcome.facts else ()
        return replace(
            self,
            session=session,
            view=_as_left(self.view, outcome.effects),
            effects=(*self.effects, *told, *outcome.effects),
            asks=self.asks if outcome.asks is None else outcome.asks,
            progress=self.progress or progress,
        )

    def _guarded(self, scene: Scene, heard: Input) -> tuple[Outcome, bool]:
        """The outcome, unless it would feed a loop; and whether the customer got anywhere with it."""
        if scene.view.handoff is not None:
            return respond_beside_person(scene, heard), False
        if isinstance(heard, Tapped | Located):
            return respond(_unmuted(scene), heard), True
        if scene.session.muted and guard.was_quiet(scene.session, heard.at):
            scene = _unmuted(scene)
        if not isinstance(heard, Said):
            muted = scene.session.muted and not isinstance(heard, _OUR_OWN)
            return (_silent(scene) if muted else respond(scene, heard)), False
        scene = scene.at_session(guard.hear(scene.session, heard.text, heard.at))
        outcome = respond(scene, heard)
        progress = _got_somewhere(scene.session, outcome)
        return self._unless_looping(scene, heard, outcome, progress=progress), progress

    def _unless_looping(self, scene: Scene, heard: Said, outcome: Outcome, *, progress: bool) -> Outcome:
        repeated = guard.repeats(scene.session)
        if scene.session.muted:
            clear = progress or (meaning(heard.text) is not None and not repeated)
            return replace(outcome, session=guard.unmute(outcome.session)) if clear else _silent(scene)
        if repeated and not progress:
            return replace(_silent(scene.at_session(guard.mute(scene.session))), effects=(error_handling.loop_alert(),))
        return outcome

    def ended(self, before: Session) -> Step:
        """The last question put, the messages counted, the timers of the order set."""
        session, effects = self.session, self.effects
        wrote = session.last_heard_at != before.last_heard_at
        if self.asks:
            session = announcing.with_picture(session, self.view) if wrote else session
            scene = Scene(session, self.view, self.view.now, self.reader)
            effects = (*effects, STATES[StateName(session.state)].ask(scene))
            if session.state in {StateName.SUMMARY, StateName.FINAL_ORDER}:
                session = summary.remember_shown(session, self.view)
            effects = (*effects, *registration.demand_of(session, self.view))
        if wrote:
            session, effects = announcing.announced(effects, Scene(session, self.view, self.view.now, self.reader))
        effects = _with_notice(effects, Scene(session, self.view, self.view.now, self.reader))
        session, alerts = self._counted(session, effects)
        if session.state != before.state:
            session = msgspec.structs.replace(session, previous_state=before.state)
        return Step(session, (*_compact(effects), *alerts, *timers.for_cart(before, session, self.view)))

    def _counted(self, session: Session, effects: Iterable[Effect]) -> tuple[Session, tuple[Effect, ...]]:
        sent = len(merging.messages([each for each in effects if isinstance(each, Reply)]))
        session = guard.answered(session, self.view.now, sent, progress=self.progress)
        if session.muted or not guard.tires(session):
            return session, ()
        return guard.mute(session), (error_handling.loop_alert(),)


def _unmuted(scene: Scene) -> Scene:
    return scene.at_session(guard.unmute(scene.session)) if scene.session.muted else scene


def _silent(scene: Scene) -> Outcome:
    return Outcome(scene.session, asks=None)


def _got_somewhere(before: Session, outcome: Outcome) -> bool:
    acted = any(isinstance(effect, PlaceOrder | OnOrder | AskForPerson) for effect in outcome.effects)
    return acted or outcome.session.cart_version != before.cart_version


def _as_left(view: ShopView, effects: Iterable[Effect]) -> ShopView:
    """The view for the next input of this turn: a person asked for or sent away, the addresses as they are now."""
    for effect in effects:
        if isinstance(effect, AskForPerson):
            view = replace(view, handoff="requested")
        elif isinstance(effect, CloseHandoff):
            view = replace(view, handoff=None)
        elif isinstance(effect, ChangeAddress | NameAddress | MakeDefault | ForgetAddress):
            customer = replace(view.customer, addresses=addresses_after(view.customer.addresses, effect))
            view = replace(view, customer=customer)
    return view


def addresses_after(
    known: tuple[Address, ...], effect: ChangeAddress | NameAddress | MakeDefault | ForgetAddress
) -> tuple[Address, ...]:
    match effect:
        case ChangeAddress(address_id=changed, typed=line, parts=parts):
            return tuple(replace(each, line=line, parts=parts) if each.id == changed else each for each in known)
        case NameAddress(address_id=changed, name=name):
            unnamed = (replace(each, name=None) if each.name == name else each for each in known)
            return tuple(replace(each, name=name) if each.id == changed else each for each in unnamed)
        case MakeDefault(address_id=changed):
            return tuple(replace(each, is_default=each.id == changed) for each in known)
        case ForgetAddress(address_id=gone):
            left = tuple(each for each in known if each.id != gone)
            newest = max((each.id for each in left), default=None)
            usual = any(each.is_default for each in left)
            return tuple(replace(each, is_default=each.is_default if usual else each.id == newest) for each in left)


def _with_notice(effects: tuple[Effect, ...], scene: Scene) -> tuple[Effect, ...]:
    """Whoever is answered for the first time is greeted and told what their data are for."""
    if scene.view.customer.notice_given or not any(isinstance(each, Reply) for each in effects):
        return effects
    return (Reply(welcome.first_facts(scene)), *effects, NoteGiven())


def _compact(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """Replies gathered into one; what is done to an order stands between what is told before and after it."""
    replies: list[Reply] = []
    done: list[Effect] = []
    for effect in effects:
        if isinstance(effect, Reply):
            replies.append(effect)
            continue
        if isinstance(effect, PlaceOrder | OnOrder) and replies:
            done.append(merging.merge(replies))
            replies = []
        done.append(effect)
    return (*done, merging.merge(replies)) if replies else tuple(done)
