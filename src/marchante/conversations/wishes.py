"""What a text says about an order besides its products: delivery, address, time, payment, notes."""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Literal

import msgspec

from marchante.conversations.cart import both_notes, changed, line_of, put
from marchante.conversations.drafting import ADDRESS_LENGTH, NOTE_LENGTH, delivered_to, place
from marchante.conversations.options import names_nothing_else
from marchante.conversations.personal_words import asks_for_invoice, refuses_invoice
from marchante.conversations.places import address_of, delivered_by_way_of, is_only_a_door, is_only_a_zip, mentions
from marchante.conversations.state import Draft, Session
from marchante.conversations.view import ShopView
from marchante.coverage.domain import named_in
from marchante.customers.address_text import colony_guesses, read_parts
from marchante.understanding import PaymentHint, Understood, WhenHint

_METHODS: dict[str, Literal["cash", "card_at_door", "transfer"]] = {
    "cash": "cash",
    "card": "card_at_door",
    "transfer": "transfer",
}
# As far as the next comma or the end, without courtesies.
# As in "en Coatepec, calle 5 número 3".
_TOWN_BEFORE = re.compile(
    r"^\W*(?:(?:es|vivo|estoy|queda|estamos) )*"
    r"en (?P<town>(?!(?:la|el|los|las|mi|un|una)\b)[^\W\d_][^\d,.;:\n]{3,40}?)[ ,]*$",
    re.IGNORECASE,
)
_COLONIA_BEHIND = re.compile(r",? *(?!(?:por favor|porfa|gracias)\b)[^\W\d_][^,.;\n]*", re.IGNORECASE)


def with_wishes(session: Session, view: ShopView, read: Understood, text: str, at: datetime) -> Session:
    """The session with everything but the products taken over; `at` is the message's own time."""
    draft = session.draft
    if view.settings.delivers:
        draft = _with_place(session, _address_in(read, text), text, view)
    if read.delivery and _possible(read.delivery, view):
        draft = msgspec.structs.replace(draft, fulfilment=read.delivery)
    if read.when:
        draft = _with_time(draft, read.when, at.astimezone(view.zone))
    if asks_for_invoice(text) or refuses_invoice(text):
        draft = msgspec.structs.replace(draft, invoice=not refuses_invoice(text))
    if read.payment:
        draft = _with_payment(draft, read.payment)
    left_with = delivered_by_way_of(text) if read.items or read.ambiguous else None
    if left_with and left_with not in (draft.address_text or ""):
        draft = msgspec.structs.replace(draft, notes=both_notes(draft.notes, left_with)[:NOTE_LENGTH])
    return _with_notes(changed(session, draft=draft), read, view)


def _possible(way: str, view: ShopView) -> bool:
    return view.settings.delivers if way == "delivery" else view.settings.picks_up


def _address_in(read: Understood, text: str) -> str | None:
    """What was read as one; where the text says nothing else, with a colonia behind it nobody could know as one."""
    alone = read.intent == "address" and not (read.items or read.ambiguous or read.when or read.payment or read.notes)
    if read.address is None or not alone:
        return read.address
    start = text.find(read.address)
    before, behind = text[: max(start, 0)], _COLONIA_BEHIND.match(text, start + len(read.address))
    address = read.address + behind[0] if behind else read.address
    town = _TOWN_BEFORE.match(before)
    return f"{address}, {town['town'].strip()}" if town else address


def _with_place(session: Session, address: str | None, text: str, view: ShopView) -> Draft:
    """The address written out, else a saved one mentioned by its name. Only a door of an address already known is a
    note for the courier.
    """
    draft = session.draft
    if address and is_only_a_door(address) and place(session, view) is not None:
        notes = both_notes(draft.notes, address_of(address))[:NOTE_LENGTH]
        return msgspec.structs.replace(draft, notes=notes)
    if address and is_only_a_zip(address) and place(session, view) is not None:
        return draft
    if address:
        line = _with_colonia(address_of(address), text.replace(address, ","), view)[:ADDRESS_LENGTH]
        # What is written after a location was found for it corrects the words, not the point.
        point = (draft.latitude, draft.longitude) if draft.address_found else (None, None)
        return delivered_to(draft, None, line, *point)
    saved = next((each for each in view.customer.addresses if each.name and mentions(text, each.name)), None)
    if saved is None:
        return draft
    return delivered_to(draft, address_id=saved.id)


def _with_colonia(line: str, beside: str, view: ShopView) -> str:
    """As in "para Las Ánimas, calle Lucio 4": a colonia of the shop's that was said apart from the street."""
    known = read_parts(line).colony or colony_guesses(line)
    named = None if known else named_in(view.zones, beside)
    return f"{line}, col. {named}" if named else line


def _with_time(draft: Draft, when: WhenHint, local: datetime) -> Draft:
    """The first moment from now on that fits what was said; what lies in the past is not taken. An hour without a day
    is of the day said before.
    """
    before = draft.requested_from.astimezone(local.tzinfo).date() if draft.requested_from else local.date()
    day = when.day or max(before, local.date())
    last = when.end or when.start
    if when.day is None and day == local.date() and last is not None and last <= local.time():
        day += timedelta(days=1)
    if day < local.date():
        return draft
    start = datetime.combine(day, when.start or time.min, local.tzinfo)
    end = datetime.combine(day, when.end, local.tzinfo) if when.end else None
    return msgspec.structs.replace(draft, requested_from=start, requested_until=end)


def _with_payment(draft: Draft, payment: PaymentHint) -> Draft:
    method = _METHODS[payment.method] if payment.method else "cash"
    pays_with: Decimal | None = payment.pays_with if method == "cash" else None
    return msgspec.structs.replace(draft, payment_method=method, pays_with=pays_with)


def _with_notes(session: Session, read: Understood, view: ShopView) -> Session:
    """Notes the items did not carry: on the only product named, else on the order."""
    carried = {item.note for item in read.items}
    loose = [note for note in read.notes if note not in carried and not _is_an_option(note, read, view)]
    if not loose:
        return session
    text = ", ".join(loose)[:NOTE_LENGTH]
    return _note(session, text)


def _is_an_option(note: str, read: Understood, view: ShopView) -> bool:
    """As in "2 de tinga y una de hongos, con queso": it was chosen, it is nothing to note."""
    named = (view.catalog.by_sku(item.sku) for item in read.items)
    return any(product is not None and names_nothing_else(product, note) for product in named)


def _note(session: Session, text: str) -> Session:
    only = session.question.product_id
    item = line_of(session, only) if only is not None else session.cart[0] if len(session.cart) == 1 else None
    if item is not None:
        return put(session, msgspec.structs.replace(item, note=both_notes(item.note, text)[:NOTE_LENGTH]))
    notes = both_notes(session.draft.notes, text)[:NOTE_LENGTH]
    return changed(session, draft=msgspec.structs.replace(session.draft, notes=notes))
