"""To the door or picked up, and where to."""

from typing import Literal

import msgspec

from marchante.catalog.words import plain
from marchante.channels.whatsapp.messages import LocationRequest, Row
from marchante.conversations.actions import (
    ChooseAddress,
    ChooseFulfilment,
    CorrectAddress,
    ManageAddresses,
    NewAddress,
    SeeCart,
    SetDelivery,
    SetPickup,
    UseAddress,
)
from marchante.conversations.address_steps import begin
from marchante.conversations.address_words import wants_steps
from marchante.conversations.asked_places import place_in_question
from marchante.conversations.cart import changed, lines
from marchante.conversations.drafting import (
    ADDRESS_LENGTH,
    coverage,
    delivered_to,
    fulfilment,
    is_incomplete,
    is_outside,
    place,
)
from marchante.conversations.effects import Reply, SaveAddress
from marchante.conversations.flows.error_handling import not_understood
from marchante.conversations.ordering import ask, go_on, start_choosing
from marchante.conversations.places import (
    MAY_BE_A_PLACE,
    SHORTEST_ADDRESS,
    address_of,
    is_brought_to,
    looks_like_address,
    named_place,
    names_street,
    says_how_much,
)
from marchante.conversations.prompts import buttons, listing, row
from marchante.conversations.replies.es import coverage as coverage_words
from marchante.conversations.replies.es import ordering as words
from marchante.conversations.replies.es import registration, titles
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import Question, Session
from marchante.conversations.table import State, StateName
from marchante.conversations.view import ShopView
from marchante.conversations.words import is_delivery, is_elsewhere, is_pickup
from marchante.customers.domain import Address
from marchante.understanding import Understood


def with_address(session: Session, text: str) -> Session:
    """Delivered to what was typed."""
    draft = delivered_to(session.draft, address_text=address_of(text)[:ADDRESS_LENGTH])
    return changed(session, draft=draft)


def with_fulfilment(session: Session, way: Literal["delivery", "pickup"]) -> Session:
    return changed(session, draft=msgspec.structs.replace(session.draft, fulfilment=way))


def fulfil(scene: Scene, way: Literal["delivery", "pickup"]) -> Outcome:
    """As the customer wants it, if the shop does that."""
    settings = scene.view.settings
    if way == "pickup" and settings.delivers and not settings.picks_up:
        return Outcome(go_on(scene.session, scene.view), (words.only_delivery(settings.treatment),))
    if way == "delivery" and not settings.delivers:
        return Outcome(go_on(scene.session, scene.view), (words.only_pickup(settings.treatment),))
    return Outcome(go_on(with_fulfilment(scene.session, way), scene.view))


def by_steps(scene: Scene) -> Outcome:
    """Field by field; a point on the map stays only where the shared location had no address."""
    session = scene.session
    if session.state != StateName.LOCATION_CHECK:
        draft = msgspec.structs.replace(session.draft, latitude=None, longitude=None)
        session = changed(session, draft=draft)
    return Outcome(begin(session))


def settle(scene: Scene, session: Session) -> Outcome:
    """On from an address just said: with the order in hand; else it is kept, and told whether the shop goes there."""
    view = scene.view
    where = place(session, view)
    if lines(session, view) or where is None or fulfilment(session, view) == "pickup":
        return Outcome(go_on(session, view))
    if is_incomplete(session, view):
        return Outcome(begin(session, where.parts))
    if is_outside(session, view):
        return Outcome(go(session, StateName.RECHECK_COVERAGE))
    if asks_where_first(view):
        return Outcome(start_choosing(session), _reach_told(session, view, where.line))
    kept = SaveAddress(where.line, where.latitude, where.longitude, where.name, where.parts)
    session = go(ask(session, Question()), StateName.MENU)
    told = (registration.kept(where.line, view.settings.treatment), *_reach_told(session, view))
    return Outcome(session, told, (kept,))


def asks_where_first(view: ShopView) -> bool:
    """Whether a new customer says where to before what."""
    return view.settings.address_first and view.settings.delivers and not view.customer.addresses


def _reach_told(session: Session, view: ShopView, line: str | None = None) -> tuple[str, ...]:
    """For how much the shop goes to the address of the next order, which was just told unless `line` is given; nothing
    where the shop has no zones.
    """
    found, settings = coverage(session, view), view.settings
    if found is None:
        return ()
    if found.zone is None:
        fee, treatment = settings.delivery_fee, settings.treatment
        return (coverage_words.unknown(line, fee, treatment) if line else coverage_words.unknown_there(fee, treatment),)
    fee, minimum = found.zone.delivery_fee, found.zone.minimum_order
    return (coverage_words.inside(line, fee, minimum) if line else coverage_words.inside_there(fee, minimum),)


def _ask_address(scene: Scene) -> Reply:
    settings = scene.view.settings
    return Reply(prompt=LocationRequest(words.ask_address(settings.treatment, pickup_too=settings.picks_up)))


def read_where(scene: Scene, text: str) -> Outcome | None:
    """Pick-up, delivery, or the name of a saved address."""
    if is_pickup(text):
        return fulfil(scene, "pickup")
    if is_delivery(text):
        return fulfil(scene, "delivery")
    if is_elsewhere(text) and scene.view.settings.delivers:
        return choose_address(scene)
    saved = _saved_by_name(scene, text)
    return use_address(scene, saved.id) if saved else None


def _saved_by_name(scene: Scene, text: str) -> Address | None:
    said = named_place(text)
    named = (each for each in scene.view.customer.addresses if each.name)
    return next((each for each in named if plain(each.name or "") == said), None)


def read_address(scene: Scene, text: str) -> Outcome | None:
    """The answer to where to: an address written out, the name of a saved one, or that it is picked up."""
    known = read_where(scene, text)
    if known:
        return known
    if wants_steps(text):
        return by_steps(scene)
    if scene.view.zones and "?" in text and place_in_question(text):
        return None
    read = scene.understand(text)
    if is_brought_to(text) and not (read.items or read.ambiguous or read.when or read.payment):
        return settle(scene, with_address(scene.session, text))
    if read.intent not in MAY_BE_A_PLACE:
        return None
    ordered = bool(read.items or read.ambiguous)
    if ordered and _orders_too(read, text):
        return None
    place = names_street(text) if ordered else looks_like_address(text)
    if read.intent == "address" or place:
        # Asked for an address, the whole answer is one: what was read of it may lack the colonia.
        said = (read.address or text) if read.items else text
        return settle(scene, with_address(scene.session, said))
    if ordered:
        return None
    if len(plain(text)) >= SHORTEST_ADDRESS:
        return not_understood(scene, text, words.address_too_short(scene.view.settings.treatment))
    return None


def _orders_too(read: Understood, text: str) -> bool:
    """As in "2 cocas y un kilo de huevo, a Xalapa 12": products before the place, or after it with a number. A
    product's name that only follows an address ("calle Manzana 5, los limones") is part of it.
    """
    if not read.address:
        return False
    place = text.find(read.address)
    phrases = [*(item.phrase for item in read.items), *(each.phrase for each in read.ambiguous)]
    named = [text.find(phrase) for phrase in phrases]
    after = place + len(read.address)
    return all(0 <= at < place or says_how_much(text[after:at]) for at in named)


def _ask_saved(scene: Scene) -> Reply:
    settings, version = scene.view.settings, scene.session.cart_version
    last: list[Row] = [row(titles.OTHER_ADDRESS, NewAddress(version))]
    if settings.picks_up:
        last.append(row(titles.PICKUP, SetPickup(version)))
    if scene.session.draft.address_text:
        last.append(row(titles.CORRECT_ADDRESS, CorrectAddress()))
    last.append(row(titles.ADDRESSES, ManageAddresses()))
    last.append(row(titles.BACK_TO_SUMMARY, SeeCart()))
    rows = [
        row(each.name or titles.SAVED_ADDRESS, UseAddress(version, each.id), each.line)
        for each in scene.view.customer.addresses[: 10 - len(last)]
    ]
    return Reply(prompt=listing(words.choose_address(settings.treatment), titles.OPEN_ADDRESSES, [*rows, *last]))


def choose_address(scene: Scene) -> Outcome:
    """The saved ones to choose from; without any, a new one is asked for."""
    state = StateName.CHOOSE_ADDRESS if scene.view.customer.addresses else StateName.GIVE_ADDRESS
    return Outcome(go(scene.session, state))


def use_address(scene: Scene, address_id: int) -> Outcome:
    if all(each.id != address_id for each in scene.view.customer.addresses):
        return choose_address(scene)
    draft = delivered_to(scene.session.draft, address_id)
    return Outcome(go_on(changed(scene.session, draft=draft), scene.view))


def _ask_fulfilment(scene: Scene) -> Reply:
    version = scene.session.cart_version
    body = words.choose_fulfilment(scene.view.settings.treatment)
    return Reply(prompt=buttons(body, (titles.DELIVERY, SetDelivery(version)), (titles.PICKUP, SetPickup(version))))


_ON = (
    StateName.SUMMARY,
    StateName.GIVE_ADDRESS,
    StateName.GIVE_STREET,
    StateName.RECHECK_COVERAGE,
    StateName.BROWSE_CATEGORIES,
)
STATES = (
    State(
        StateName.GIVE_ADDRESS,
        "registration",
        _ask_address,
        back=StateName.BROWSE_CATEGORIES,
        exits=_ON,
        read=read_address,
        numbered=False,
    ),
    State(
        StateName.CHOOSE_ADDRESS,
        "order",
        _ask_saved,
        back=StateName.SUMMARY,
        exits=(*_ON, StateName.ADDRESS_BOOK, StateName.CONFIRM_ADDRESS),
        read=read_address,
    ),
    State(StateName.CHOOSE_FULFILMENT, "order", _ask_fulfilment, back=StateName.SUMMARY, exits=_ON, read=read_where),
)
HANDLERS: Handlers = {
    ChooseFulfilment: lambda scene, _: Outcome(go(scene.session, StateName.CHOOSE_FULFILMENT)),
    SetDelivery: lambda scene, _: fulfil(scene, "delivery"),
    SetPickup: lambda scene, _: fulfil(scene, "pickup"),
    ChooseAddress: lambda scene, _: choose_address(scene),
    UseAddress: lambda scene, action: use_address(scene, action.address_id),
    NewAddress: lambda scene, _: Outcome(go(scene.session, StateName.GIVE_ADDRESS)),
}
