"""Where the customer is: a shared location with the address found for it, and whether the shop goes there."""

import msgspec

from marchante.channels.whatsapp.messages import LocationRequest
from marchante.conversations import drafting
from marchante.conversations.actions import (
    AcceptPlace,
    AddAddress,
    AskPerson,
    CorrectAddress,
    KeepLocation,
    NewAddress,
    SetPickup,
    StartOrder,
    WriteAddress,
)
from marchante.conversations.cart import changed, lines
from marchante.conversations.drafting import ADDRESS_LENGTH, delivered_to
from marchante.conversations.effects import NoteDemand, Reply
from marchante.conversations.flows.browsing import browse
from marchante.conversations.flows.delivery import asks_where_first, by_steps, read_address, read_where, settle
from marchante.conversations.inputs import Located
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.places import MAY_BE_A_PLACE, address_of, looks_like_address
from marchante.conversations.prompts import buttons
from marchante.conversations.replies.es import coverage, ordering, summary, titles
from marchante.conversations.replies.es import registration as words
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import Question, Session
from marchante.conversations.table import State, StateName
from marchante.conversations.view import ShopView
from marchante.conversations.words import is_yes
from marchante.coverage.domain import Wish


def locate(scene: Scene, place: Located) -> Outcome:
    """A shared location is the address of this order, or of the next one: with its name where one was chosen on the
    map, else with the address that was found for it. Where one was looked for in vain, the customer is asked.
    """
    view, treatment = scene.view, scene.view.settings.treatment
    if not view.settings.delivers:
        return Outcome(scene.session, (ordering.only_pickup(treatment),))
    if not place.said and _only_lacks_a_point(scene):
        return settle(scene, _with_point(scene.session, place))
    text = place.said or (place.found.line if place.found else summary.shared_place(place.latitude, place.longitude))
    draft = delivered_to(
        scene.session.draft,
        None,
        text[:ADDRESS_LENGTH],
        place.latitude,
        place.longitude,
        place.found,
        found=place.found is not None and not place.said,
    )
    session = changed(scene.session, draft=draft)
    if not place.said and place.looked_up and place.found is None:
        return Outcome(go(session, StateName.LOCATION_CHECK))
    if lines(session, view) or asks_where_first(view) or drafting.is_outside(session, view):
        return settle(scene, session)
    if draft.address_found:
        return Outcome(go(session, StateName.CONFIRM_PLACE))
    return Outcome(session, (ordering.location_kept(treatment),))


def _only_lacks_a_point(scene: Scene) -> bool:
    """Whether the address typed for this order is on the screen: a location sent now says where that is."""
    draft = scene.session.draft
    typed = draft.address_text is not None and draft.latitude is None
    return typed and scene.session.state == StateName.SUMMARY


def _with_point(session: Session, place: Located) -> Session:
    draft = msgspec.structs.replace(session.draft, latitude=place.latitude, longitude=place.longitude)
    return changed(session, draft=draft)


def start_order(scene: Scene) -> Outcome:
    """To the catalog; a new customer first says where to, if the shop wants it so."""
    unsaid = drafting.place(scene.session, scene.view) is None
    if asks_where_first(scene.view) and unsaid and drafting.fulfilment(scene.session, scene.view) == "delivery":
        return Outcome(go(ask(scene.session, Question()), StateName.REQUIRE_REGISTRATION))
    return browse(scene)


def demand_of(session: Session, view: ShopView) -> tuple[NoteDemand, ...]:
    """What to note while an order waits for an address the shop goes to."""
    where = drafting.place(session, view)
    if session.state != StateName.RECHECK_COVERAGE or where is None:
        return ()
    return (NoteDemand(Wish(where.line, where.whereabouts)),)


def _ask_registration(scene: Scene) -> Reply:
    before_order = asks_where_first(scene.view)
    return Reply(prompt=LocationRequest(words.require(scene.view.settings.treatment, before_order=before_order)))


def _ask_without_address(scene: Scene) -> Reply:
    body = words.not_found(scene.view.settings.treatment)
    choices = ((titles.ONLY_LOCATION, KeepLocation()), (titles.WRITE_ADDRESS, WriteAddress()))
    return Reply(prompt=buttons(body, *choices))


def _keep_location(scene: Scene) -> Outcome:
    """The point alone will do."""
    if scene.session.draft.latitude is None:
        return _ask_again(scene)
    if lines(scene.session, scene.view):
        return Outcome(go_on(scene.session, scene.view))
    session = go(ask(scene.session, Question()), StateName.MENU)
    return Outcome(session, (ordering.location_kept(scene.view.settings.treatment),))


def _ask_place(scene: Scene) -> Reply:
    found = scene.session.draft.address_text
    if not found:
        return _ask_registration(scene)
    body = words.found(found, scene.view.settings.treatment)
    right, other = (titles.RIGHT_PLACE, AcceptPlace()), (titles.OTHER_ADDRESS, AddAddress())
    return Reply(prompt=buttons(body, right, (titles.CORRECT, CorrectAddress()), other))


def _accept(scene: Scene) -> Outcome:
    if not scene.session.draft.address_text:
        return _ask_again(scene)
    draft = msgspec.structs.replace(scene.session.draft, address_found=False)
    return settle(scene, msgspec.structs.replace(scene.session, draft=draft))


def _ask_again(scene: Scene) -> Outcome:
    return Outcome(go(ask(scene.session, Question()), StateName.REQUIRE_REGISTRATION))


def _read_correction(scene: Scene, text: str) -> Outcome | None:
    """What is typed beside a shared location puts its address right; the point stays."""
    known = read_where(scene, text)
    if known:
        return known
    draft = scene.session.draft
    if is_yes(text) and draft.address_text:
        return _accept(scene) if draft.address_found else _keep_location(scene)
    read = scene.understand(text)
    if not looks_like_address(text) or read.items or read.intent not in MAY_BE_A_PLACE:
        return read_address(scene, text)
    line = address_of(text)[:ADDRESS_LENGTH]
    corrected = delivered_to(draft, None, line, draft.latitude, draft.longitude)
    return settle(scene, changed(scene.session, draft=corrected))


def _ask_elsewhere(scene: Scene) -> Reply:
    settings, version = scene.view.settings, scene.session.cart_version
    where = drafting.place(scene.session, scene.view)
    line = where.line if where else ""
    body = coverage.outside_order(
        line,
        settings.treatment,
        picks_up=settings.picks_up,
        in_hand=bool(lines(scene.session, scene.view)),
    )
    pickup = [(titles.PICKUP, SetPickup(version))] if settings.picks_up else []
    choices = (*pickup, (titles.OTHER_ADDRESS, NewAddress(version)), (titles.PERSON, AskPerson()))
    return Reply(prompt=buttons(body, *choices))


_ON = (
    StateName.SUMMARY,
    StateName.GIVE_STREET,
    StateName.GIVE_ADDRESS,
    StateName.REQUIRE_REGISTRATION,
    StateName.CONFIRM_ADDRESS,
    StateName.RECHECK_COVERAGE,
    StateName.BROWSE_CATEGORIES,
    StateName.MENU,
)
STATES = (
    State(
        StateName.REQUIRE_REGISTRATION,
        "registration",
        _ask_registration,
        back=StateName.MENU,
        exits=(*_ON, StateName.LOCATION_CHECK, StateName.CONFIRM_PLACE),
        read=read_address,
        numbered=False,
    ),
    State(
        StateName.LOCATION_CHECK,
        "registration",
        _ask_without_address,
        back=StateName.GIVE_ADDRESS,
        exits=_ON,
        read=_read_correction,
    ),
    State(
        StateName.CONFIRM_PLACE,
        "registration",
        _ask_place,
        back=StateName.REQUIRE_REGISTRATION,
        exits=_ON,
        read=_read_correction,
    ),
    State(
        StateName.RECHECK_COVERAGE,
        "registration",
        _ask_elsewhere,
        back=StateName.BROWSE_CATEGORIES,
        exits=(*_ON, StateName.WITH_PERSON),
        read=read_address,
    ),
)
HANDLERS: Handlers = {
    StartOrder: lambda scene, _: start_order(scene),
    AddAddress: lambda scene, _: _ask_again(scene),
    KeepLocation: lambda scene, _: _keep_location(scene),
    AcceptPlace: lambda scene, _: _accept(scene),
    WriteAddress: lambda scene, _: by_steps(scene),
}
