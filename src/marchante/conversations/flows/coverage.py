"""Whether the shop comes to a place: asked for it, made sure which one is meant, the result."""

import msgspec

from marchante.channels.whatsapp.messages import LocationRequest, Row
from marchante.conversations import drafting
from marchante.conversations.actions import AskCoverage, ChooseColonia, OpenMenu, OtherColonia, PickUpOrder, StartOrder
from marchante.conversations.asked_places import is_listed, named_place, place_in_question
from marchante.conversations.cart import lines
from marchante.conversations.effects import NoteDemand, Reply
from marchante.conversations.flows.browsing import browse
from marchante.conversations.flows.delivery import with_fulfilment
from marchante.conversations.flows.error_handling import not_understood
from marchante.conversations.flows.shop_facts import tell_delivery
from marchante.conversations.inputs import Located
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.prompts import MAX_ROWS, buttons, listing, row
from marchante.conversations.replies.es import coverage as words
from marchante.conversations.replies.es import summary, titles
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import AskedPlace, Question
from marchante.conversations.table import State, StateName
from marchante.conversations.words import is_no
from marchante.coverage.domain import Colonias, Verdict, Whereabouts, Wish, check, near_names
from marchante.coverage.geometry import Position
from marchante.customers.address_text import colony_guesses


def answer(scene: Scene, text: str) -> Outcome:
    """The question in a text: at once when it names the place, or when the customer's own address is meant."""
    if not scene.view.zones or not scene.view.settings.delivers:
        return tell_delivery(scene)
    named = place_in_question(text)
    if named:
        return judge(scene, named)
    where = drafting.place(scene.session, scene.view)
    if where:
        told = where.whereabouts
        return judge(scene, AskedPlace(where.line, told.colony, told.zip_code, where.latitude, where.longitude))
    return ask_where(scene).after(*_zones_told(scene))


def aside(scene: Scene, text: str) -> tuple[str, ...]:
    """The same told beside an order, without a question."""
    if not scene.view.zones or not scene.view.settings.delivers:
        return tell_delivery(scene).facts
    named = place_in_question(text)
    return (_told(scene, named),) if named else _zones_told(scene)


def ask_where(scene: Scene) -> Outcome:
    return Outcome(go(ask(scene.session, Question()), StateName.COVERAGE_WHERE))


def locate(scene: Scene, place: Located) -> Outcome:
    """A location shared while the question is open."""
    text = place.said or summary.shared_place(place.latitude, place.longitude)
    return judge(scene, AskedPlace(text, None, None, place.latitude, place.longitude))


def judge(scene: Scene, place: AskedPlace) -> Outcome:
    """Told at once; which one is meant is asked first where the name is nearly one of the list. An order in hand goes
    on, with the answer told.
    """
    session = ask(scene.session, Question(asked_place=place))
    if _near(scene, place) and verdict(scene, place).reach == "unknown":
        return Outcome(go(session, StateName.COVERAGE_CHECK))
    return _result(scene.at_session(session), place)


def _result(scene: Scene, place: AskedPlace) -> Outcome:
    effects = (NoteDemand(_wish(place)),) if verdict(scene, place).reach == "outside" else ()
    session = ask(scene.session, Question(asked_place=place))
    if lines(session, scene.view):
        return Outcome(go_on(ask(session, Question()), scene.view), (_told(scene, place),), effects)
    return Outcome(go(session, StateName.COVERAGE_RESULT), effects=effects)


def verdict(scene: Scene, place: AskedPlace) -> Verdict:
    return check(scene.view.zones, _whereabouts(place))


def _whereabouts(place: AskedPlace) -> Whereabouts:
    position = None
    if place.latitude is not None and place.longitude is not None:
        position = Position(place.latitude, place.longitude)
    return Whereabouts(place.colony, place.zip_code, position, () if place.colony else colony_guesses(place.text))


def _wish(place: AskedPlace) -> Wish:
    return Wish(place.text, _whereabouts(place))


def _near(scene: Scene, place: AskedPlace) -> tuple[str, ...]:
    return near_names(scene.view.zones, place.colony)[: MAX_ROWS - 1] if place.colony else ()


def _told(scene: Scene, place: AskedPlace) -> str:
    found, settings = verdict(scene, place), scene.view.settings
    if found.zone:
        return words.inside(place.text, found.zone.delivery_fee, found.zone.minimum_order)
    if found.reach == "outside":
        return words.outside(place.text, settings.treatment, picks_up=settings.picks_up)
    return words.unknown(place.text, settings.delivery_fee, settings.treatment)


def _zones_told(scene: Scene) -> tuple[str, ...]:
    names: list[str] = []
    for zone in scene.view.zones:
        names += zone.area.names if isinstance(zone.area, Colonias) else [zone.name]
    return (words.zones(names),)


def _ask_where(scene: Scene) -> Reply:
    return Reply(prompt=LocationRequest(words.ask_where(scene.view.settings.treatment)))


def _read_where(scene: Scene, text: str) -> Outcome | None:
    """What is typed here is a place, unless it is clearly something else: an order, or a question."""
    asked = place_in_question(text)
    if asked:
        return judge(scene, asked)
    if is_no(text):
        return None
    read = scene.understand(text)
    if not is_listed(text, scene.view) and (read.items or read.intent not in {"address", "order", "other"}):
        return None
    place = named_place(text)
    if place:
        return judge(scene, place)
    return not_understood(scene, text, words.no_place(scene.view.settings.treatment))


def _ask_which(scene: Scene) -> Reply:
    place = scene.session.question.asked_place
    near = _near(scene, place) if place else ()
    if not near:
        return _ask_where(scene)
    rows: list[Row] = [row(name, ChooseColonia(number)) for number, name in enumerate(near)]
    rows.append(row(titles.NONE_OF_THESE, OtherColonia()))
    return Reply(prompt=listing(words.which(scene.view.settings.treatment), titles.OPEN_LIST, rows))


def _choose(scene: Scene, number: int) -> Outcome:
    place = scene.session.question.asked_place
    near = _near(scene, place) if place else ()
    if place is None or number >= len(near):
        return ask_where(scene)
    meant = msgspec.structs.replace(place, text=near[number], colony=near[number])
    return _result(scene, meant)


def _other(scene: Scene) -> Outcome:
    """None of the colonias nearly called so: it stays unknown, and an order there is confirmed by a person."""
    place = scene.session.question.asked_place
    return _result(scene, place) if place else ask_where(scene)


def _ask_result(scene: Scene) -> Reply:
    place, settings = scene.session.question.asked_place, scene.view.settings
    if place is None:
        return _ask_where(scene)
    again, menu = (titles.OTHER_PLACE, AskCoverage()), (titles.MENU, OpenMenu())
    body = f"{_told(scene, place)}\n{words.what_next(settings.treatment)}"
    if verdict(scene, place).reach != "outside":
        return Reply(prompt=buttons(body, (titles.ORDER, StartOrder()), again, menu))
    pickup = [(titles.PICKUP, PickUpOrder())] if settings.picks_up else []
    return Reply(prompt=buttons(body, *pickup, again, menu))


def _pick_up(scene: Scene) -> Outcome:
    """An order after all, to be fetched."""
    return browse(scene.at_session(with_fulfilment(scene.session, "pickup")))


_ON = (
    StateName.COVERAGE_WHERE,
    StateName.COVERAGE_CHECK,
    StateName.COVERAGE_RESULT,
    StateName.BROWSE_CATEGORIES,
    StateName.BROWSE_PRODUCTS,
    StateName.SUMMARY,
    StateName.MENU,
)
STATES = (
    State(StateName.COVERAGE_WHERE, "coverage", _ask_where, StateName.MENU, _ON, _read_where, numbered=False),
    State(StateName.COVERAGE_CHECK, "coverage", _ask_which, StateName.MENU, _ON, _read_where),
    State(StateName.COVERAGE_RESULT, "coverage", _ask_result, StateName.MENU, _ON),
)
HANDLERS: Handlers = {
    AskCoverage: lambda scene, _: ask_where(scene),
    ChooseColonia: lambda scene, action: _choose(scene, action.number),
    OtherColonia: lambda scene, _: _other(scene),
    PickUpOrder: lambda scene, _: _pick_up(scene),
}
