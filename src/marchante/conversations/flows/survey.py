"""How the order was: one question that takes the rating directly, a person where something went wrong."""

import re
from datetime import datetime, timedelta

from marchante.channels.whatsapp.messages import Text
from marchante.conversations.actions import OpenMenu, StartOrder
from marchante.conversations.answering import DeclineSurvey, Rate, SayWhetherSolved, TakeSurvey
from marchante.conversations.cart import lines
from marchante.conversations.effects import Effect, LeaveReview, RaiseAlert, Reply
from marchante.conversations.flows.human_service import call_person
from marchante.conversations.flows.welcome import open_menu, to_menu
from marchante.conversations.inputs import TimerFired
from marchante.conversations.ordering import ask
from marchante.conversations.prompts import buttons, listing, row
from marchante.conversations.replies.es import people, templates, titles
from marchante.conversations.replies.es import survey as words
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import Question, Session
from marchante.conversations.table import State, StateName
from marchante.conversations.view import ShopView
from marchante.conversations.words import bare, is_no, is_yes
from marchante.orders.domain import Order, OrderStatus
from marchante.surveys.domain import BAD, BEST, rating_of

_WINDOW = timedelta(hours=24)
_ASKED_FOR = timedelta(hours=48)
_STATES = frozenset({StateName.SURVEY_RATING, StateName.SURVEY_PROBLEM, StateName.SURVEY_COMMENT})
_COMMENT_LENGTH = 1000
_OPINIONS = frozenset({"other", "complaint"})
_MANY_WORDS = 3
_RATED = re.compile(r"(?P<rating>[1-5])(?: estrellas?)?[ ,.!:-]+(?P<comment>\D+)", re.IGNORECASE)


def begin(scene: Scene, timer: TimerFired) -> Outcome:
    """Some time after the delivery; never in the middle of another order, nor beside a person."""
    view, session = scene.view, scene.session
    order = _delivered(scene, timer.order_id)
    if order is None or not view.settings.survey or view.handoff is not None or session.muted or lines(session, view):
        return Outcome(session, asks=None)
    session = ask(session, Question(order_id=order.id))
    if session.last_heard_at is not None and view.now - session.last_heard_at < _WINDOW:
        return Outcome(go(session, StateName.SURVEY_RATING))
    template = templates.SURVEY.filled(folio=order.folio, shop=view.name)
    return Outcome(go(session, StateName.SURVEY_CONSENT), effects=(Reply(prompt=template),), asks=False)


def is_over(session: Session, view: ShopView, at: datetime) -> bool:
    """Nobody is asked again days after the delivery; a button still answers."""
    if session.state not in _STATES:
        return False
    order = view.order(session.question.order_id)
    return order is None or at - (order.updated_at or order.created_at) > _ASKED_FOR


def _delivered(scene: Scene, order_id: int | None) -> Order | None:
    order = scene.view.order(order_id)
    return order if order is not None and order.status is OrderStatus.DELIVERED else None


def _asked(scene: Scene) -> Order | None:
    return _delivered(scene, scene.session.question.order_id)


def _ask_consent(scene: Scene) -> Reply:
    order = _asked(scene)
    if order is None:
        return _ask_over()
    yes, no = (titles.YES, TakeSurvey(order.id)), (titles.NOT_NOW, DeclineSurvey(order.id))
    return Reply(prompt=buttons(words.consent(order.folio, scene.view.settings.treatment), yes, no))


def _ask_rating(scene: Scene) -> Reply:
    order = _asked(scene)
    if order is None:
        return _ask_over()
    rows = [row(words.rating_row(value), Rate(order.id, value)) for value in range(BEST, 0, -1)]
    rows.append(row(titles.NOT_NOW, DeclineSurvey(order.id)))
    body = words.rating(order.folio, scene.view.settings.treatment)
    return Reply(prompt=listing(body, titles.OPEN_RATINGS, rows))


def _ask_problem(scene: Scene) -> Reply:
    order = _asked(scene)
    if order is None:
        return _ask_over()
    solved, person = SayWhetherSolved(order.id, 1), SayWhetherSolved(order.id, 0)
    body = words.problem(scene.view.settings.treatment)
    return Reply(prompt=buttons(body, (titles.SOLVED, solved), (titles.PERSON, person)))


def _ask_comment(scene: Scene) -> Reply:
    return Reply(prompt=Text(words.thanks(scene.view.settings.treatment)))


def _ask_over() -> Reply:
    """The order asked about is no longer among the last ones."""
    return Reply(prompt=buttons(words.over(), (titles.ORDER, StartOrder()), (titles.MENU, OpenMenu())))


def _about(scene: Scene, order_id: int, state: StateName) -> Outcome:
    return Outcome(go(ask(scene.session, Question(order_id=order_id)), state))


def take(scene: Scene, order_id: int) -> Outcome:
    return _about(scene, order_id, StateName.SURVEY_RATING) if _delivered(scene, order_id) else _too_late(scene)


def decline(scene: Scene) -> Outcome:
    return Outcome(to_menu(scene.session), (words.declined(scene.view.settings.treatment),), asks=None)


def rate(scene: Scene, order_id: int, rating: int) -> Outcome:
    """Kept at once: whoever stops here has said what matters."""
    order = _delivered(scene, order_id)
    if order is None or not 1 <= rating <= BEST:
        return _too_late(scene)
    effects: list[Effect] = [LeaveReview(order.id, rating=rating)]
    if rating > BAD:
        asked = _about(scene, order.id, StateName.SURVEY_COMMENT)
    else:
        asked = _about(scene, order.id, StateName.SURVEY_PROBLEM)
        effects.append(RaiseAlert("bad_rating", f"order {order.folio} was rated {rating} of {BEST}"))
    return Outcome(asked.session, effects=tuple(effects))


def say_whether_solved(scene: Scene, order_id: int, *, solved: bool) -> Outcome:
    order = _delivered(scene, order_id)
    if order is None:
        return _too_late(scene)
    review = LeaveReview(order.id, solved=solved)
    if not solved:
        called = call_person(scene, f"bad rating of order {order.folio}")
        return Outcome(called.session, called.facts, (review, *called.effects), asks=False)
    told = words.solved(scene.view.settings.treatment)
    session = _about(scene, order.id, StateName.SURVEY_COMMENT).session
    return Outcome(session, (told,), (review,), asks=False)


def _too_late(scene: Scene) -> Outcome:
    return open_menu(scene).after(words.over())


def _read_consent(scene: Scene, text: str) -> Outcome | None:
    order = _asked(scene)
    return take(scene, order.id) if order and is_yes(text) else _read_rating(scene, text)


def _read_rating(scene: Scene, text: str) -> Outcome | None:
    order, rating = _asked(scene), rating_of(text) or rating_of(bare(text))
    if order and rating:
        return rate(scene, order.id, rating)
    if order and (both := _rating_and_comment(scene, order, text)):
        return both
    return decline(scene) if is_no(text) else None


def _rating_and_comment(scene: Scene, order: Order, text: str) -> Outcome | None:
    """As in "5, todo muy fresco"; "5 garrafones" is an order."""
    found, read = _RATED.fullmatch(text.strip()), scene.understand(text)
    if found is None or read.items or read.ambiguous or read.asked or "?" in text:
        return None
    comment = found["comment"][:_COMMENT_LENGTH]
    rated = rate(scene, order.id, int(found["rating"])).doing(LeaveReview(order.id, comment=comment))
    if rated.session.state == StateName.SURVEY_PROBLEM:
        return rated
    told = words.comment_kept(scene.view.settings.treatment)
    return Outcome(to_menu(scene.session), (told,), rated.effects, asks=None)


def _read_problem(scene: Scene, text: str) -> Outcome | None:
    order = _asked(scene)
    if order is None:
        return None
    if is_yes(text) or is_no(text):
        return say_whether_solved(scene, order.id, solved=is_yes(text))
    comment = _comment(scene, text)
    if comment is None:
        return None
    sorry = people.sorry_for_complaint(scene.view.settings.treatment)
    called = call_person(scene, f"bad rating of order {order.folio}: {comment}", sorry)
    effects = (LeaveReview(order.id, comment=comment, solved=False), *called.effects)
    return Outcome(called.session, called.facts, effects, asks=False)


def _read_comment(scene: Scene, text: str) -> Outcome | None:
    order, comment = _asked(scene), _comment(scene, text)
    if order is None or comment is None:
        return None
    told = words.comment_kept(scene.view.settings.treatment)
    return Outcome(to_menu(scene.session), (told,), (LeaveReview(order.id, comment=comment),), asks=None)


def _comment(scene: Scene, text: str) -> str | None:
    """What is said about the order, not what asks for something: that is answered as anywhere else."""
    said = text.strip()[:_COMMENT_LENGTH]
    if not any(char.isalpha() for char in said):
        return None
    read = scene.understand(said)
    asks = bool(read.items or read.ambiguous or read.asked)
    long_thanks = read.intent == "thanks" and len(said.split()) > _MANY_WORDS
    return said if not asks and (read.intent in _OPINIONS or long_thanks) else None


_ONWARD = (StateName.MENU, StateName.BROWSE_CATEGORIES, StateName.SUMMARY, StateName.GIVE_ADDRESS)
STATES = (
    State(
        StateName.SURVEY_CONSENT,
        "survey",
        _ask_consent,
        back=StateName.MENU,
        exits=(StateName.SURVEY_RATING, *_ONWARD),
        read=_read_consent,
        numbered=False,
    ),
    State(
        StateName.SURVEY_RATING,
        "survey",
        _ask_rating,
        back=StateName.MENU,
        exits=(StateName.SURVEY_COMMENT, StateName.SURVEY_PROBLEM, *_ONWARD),
        read=_read_rating,
        numbered=False,
    ),
    State(
        StateName.SURVEY_PROBLEM,
        "survey",
        _ask_problem,
        back=StateName.MENU,
        exits=(StateName.SURVEY_COMMENT, StateName.WITH_PERSON, *_ONWARD),
        read=_read_problem,
    ),
    State(
        StateName.SURVEY_COMMENT,
        "survey",
        _ask_comment,
        back=StateName.MENU,
        exits=_ONWARD,
        read=_read_comment,
        numbered=False,
    ),
)
HANDLERS: Handlers = {
    TakeSurvey: lambda scene, action: take(scene, action.order_id),
    DeclineSurvey: lambda scene, _: decline(scene),
    Rate: lambda scene, action: rate(scene, action.order_id, action.rating),
    SayWhetherSolved: lambda scene, action: say_whether_solved(scene, action.order_id, solved=bool(action.solved)),
}
