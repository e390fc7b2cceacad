"""What an order still needs, with everything already known filled in."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import msgspec

from marchante.companies.domain import PayMethod
from marchante.conversations.cart import subtotal
from marchante.conversations.places import lacks_house
from marchante.conversations.reopening import kept_fee
from marchante.conversations.state import Draft, Session
from marchante.conversations.view import ShopView
from marchante.coverage.domain import Verdict, Whereabouts, Zone, check, on_map
from marchante.coverage.geometry import Position
from marchante.customers.address_text import colony_guesses, read_parts
from marchante.customers.domain import NO_PARTS, AddressParts
from marchante.foundation.kernel.money import ZERO

ADDRESS_LENGTH = 300
NOTE_LENGTH = 200
Fulfilment = Literal["delivery", "pickup"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an order goes. Without `address_id` it is new and worth keeping."""

    line: str
    name: str | None = None
    address_id: int | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    parts: AddressParts = NO_PARTS

    @property
    def whereabouts(self) -> Whereabouts:
        """What is known of it, to see whether the shop delivers there."""
        return whereabouts(self.line, self.parts, self.latitude, self.longitude)


def whereabouts(
    line: str, parts: AddressParts, latitude: Decimal | None = None, longitude: Decimal | None = None
) -> Whereabouts:
    """A colonia counts as said only where the address names it as one: what a map makes of a point is a guess."""
    position = None if latitude is None or longitude is None else Position(latitude, longitude)
    read = read_parts(line)
    guesses = tuple(filter(None, (parts.colony, *colony_guesses(line))))
    return Whereabouts(read.colony, parts.zip_code or read.zip_code, position, () if read.colony else guesses)


def fulfilment(session: Session, view: ShopView) -> Fulfilment:
    """As the customer said; else the only way the shop has; else as last time; else to their door."""
    settings = view.settings
    if not settings.delivers:
        return "pickup"
    if not settings.picks_up:
        return "delivery"
    if session.draft.fulfilment:
        return session.draft.fulfilment
    if session.draft.address_text or session.draft.address_id:
        return "delivery"
    return view.last_orders[0].fulfilment if view.last_orders else "delivery"


def place(session: Session, view: ShopView) -> Place | None:
    """The address said for this order, else the customer's usual one."""
    draft = session.draft
    if draft.address_text:
        parts = draft.address_parts or read_parts(draft.address_text)
        return Place(draft.address_text, draft.address_name, None, draft.latitude, draft.longitude, parts)
    chosen = next((known for known in view.customer.addresses if known.id == draft.address_id), None)
    known = chosen or view.customer.default_address
    if known is None:
        return None
    return Place(known.line, known.name, known.id, known.latitude, known.longitude, known.parts)


def delivered_to(
    draft: Draft,
    address_id: int | None = None,
    address_text: str | None = None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    parts: AddressParts | None = None,
    *,
    found: bool = False,
) -> Draft:
    """The order goes to a saved address, or to one just said; nothing of another one is left. `found`: it is what
    somebody knew of the shared location.
    """
    return msgspec.structs.replace(
        draft,
        fulfilment="delivery",
        address_id=address_id,
        address_text=address_text,
        address_name=None,
        address_parts=parts,
        address_found=found,
        latitude=latitude,
        longitude=longitude,
    )


def is_incomplete(session: Session, view: ShopView) -> bool:
    """Whether nobody could find the address typed for this order: a colonia without a street, a street without a
    number. Once asked for field by field, or pinned on the map, it will do.
    """
    draft = session.draft
    typed = draft.address_text if draft.address_parts is None and draft.latitude is None else None
    return fulfilment(session, view) == "delivery" and typed is not None and lacks_house(typed)


def needs_address(session: Session, view: ShopView) -> bool:
    return fulfilment(session, view) == "delivery" and place(session, view) is None


def coverage(session: Session, view: ShopView) -> Verdict | None:
    """Whether the shop delivers where this order goes; None: it is not said yet, or the shop has no zones."""
    if not view.zones or fulfilment(session, view) == "pickup":
        return None
    where = place(session, view)
    return check(view.zones, where.whereabouts) if where else None


def a_point_would_tell(session: Session, view: ShopView) -> bool:
    """Whether zones are drawn on the map and where this address is on it was not shared."""
    where = place(session, view)
    return where is not None and where.latitude is None and any(on_map(each.area) for each in view.zones)


def zone(session: Session, view: ShopView) -> Zone | None:
    found = coverage(session, view)
    return found.zone if found else None


def is_outside(session: Session, view: ShopView) -> bool:
    found = coverage(session, view)
    return found is not None and found.reach == "outside"


def delivery_fee(session: Session, view: ShopView) -> Decimal:
    """Of the zone the order goes to; where no zone is known, of the settings. A placed order that is changed keeps its
    own, as long as it goes where it went.
    """
    if fulfilment(session, view) == "pickup":
        return ZERO
    where = place(session, view)
    kept = kept_fee(session, where.line if where else None)
    if kept is not None:
        return kept
    there = zone(session, view)
    return there.delivery_fee if there else view.settings.delivery_fee


def total(session: Session, view: ShopView) -> Decimal:
    """What the customer would pay now, the delivery included."""
    return subtotal(session, view) + delivery_fee(session, view)


def payment_method(session: Session, view: ShopView) -> PayMethod:
    """As the customer said, where the shop takes it; else the shop's first."""
    accepted = view.settings.accepted_payments
    return session.draft.payment_method if session.draft.payment_method in accepted else accepted[0]


def bill(session: Session, view: ShopView) -> Decimal | None:
    """The note the customer will hand over, if the order is paid in cash and it suffices."""
    paid = session.draft.pays_with if payment_method(session, view) == "cash" else None
    return paid if paid is not None and paid >= total(session, view) else None


def minimum(session: Session, view: ShopView) -> Decimal:
    """From how many pesos on the shop delivers there."""
    if fulfilment(session, view) == "pickup":
        return ZERO
    there = zone(session, view)
    return there.minimum_order if there else view.settings.minimum_order


def missing_for_minimum(session: Session, view: ShopView) -> Decimal:
    """Pesos still lacking before the shop delivers; 0 when it does."""
    return max(minimum(session, view) - subtotal(session, view), ZERO)
