"""From the pending rows of a conversation to what a step receives, and to what the history keeps."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import msgspec

from marchante.catalog.order_text import cart_text
from marchante.channels.whatsapp.inbound import (
    ButtonReply,
    ContactsMessage,
    EditedMessage,
    FlowReply,
    Inbound,
    ListReply,
    LocationMessage,
    MediaMessage,
    OrderMessage,
    Reaction,
    RevokedMessage,
    SystemMessage,
    TemplateButton,
    TextMessage,
    UnsupportedMessage,
    decode_message,
)
from marchante.conversations.claims import PendingRow
from marchante.conversations.finishing import IncomingRow
from marchante.conversations.inputs import (
    ArrivedLate,
    Captured,
    CapturedLine,
    Input,
    Located,
    Said,
    Tapped,
    TimerFired,
    Unsupported,
)
from marchante.conversations.lookups import Places

# Older than this: apologise and ask again before acting.
LATE_AFTER = timedelta(minutes=15)
# Older than this: the 24-hour window is closed; shown as missed, no free-form reply is allowed.
MISSED_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn's worth of messages. `human_spoke_at`: the shop answered from its own phone (an echo).
    `last_customer_at`: when the customer last wrote to the number the answer leaves by.
    """

    inputs: tuple[Input, ...]
    incoming: tuple[IncomingRow, ...]
    human_spoke_at: datetime | None
    last_customer_at: datetime | None
    files: tuple[MediaMessage, ...] = ()


# The kind of timer by which what a person noted comes into the conversation, in its order.
CAPTURED = "captured"


class _TimerPayload(msgspec.Struct):
    """What was kept with a timer: the order it is about, or what a person agreed on with the customer."""

    order_id: int | None = None
    lines: tuple[CapturedLine, ...] = ()
    address: str = ""
    pickup: bool = False
    note: str = ""


@dataclass(slots=True)
class _Gathered:
    # The number the answer leaves by: each number of a shop has a 24-hour window of its own.
    number: str
    inputs: list[Input] = field(default_factory=list)
    incoming: list[IncomingRow] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    late_at: datetime | None = None
    human_spoke_at: datetime | None = None
    last_customer_at: datetime | None = None
    files: list[MediaMessage] = field(default_factory=list)


def hear(rows: Sequence[PendingRow], now: datetime, places: Places | None = None) -> Heard:
    """Translate the rows in their order. Texts in a row are one text; late messages are one `ArrivedLate`. `places`:
    the addresses that were found for locations.
    """
    gathered = _Gathered(rows[-1].phone_number_id)
    for row in rows:
        if row.kind == "timer":
            _timer(gathered, row)
        elif row.kind == "echo":
            _echo(gathered, row)
        else:
            _message(gathered, row, now, places or {})
    if gathered.late and gathered.late_at:
        gathered.inputs.insert(0, ArrivedLate("\n".join(gathered.late), gathered.late_at))
    return Heard(
        inputs=tuple(_joined(gathered.inputs)),
        incoming=tuple(gathered.incoming),
        human_spoke_at=gathered.human_spoke_at,
        last_customer_at=gathered.last_customer_at,
        files=tuple(gathered.files),
    )


def _timer(gathered: _Gathered, row: PendingRow) -> None:
    """Where each order has a timer, its kind carries the order's id; else what was kept with the timer does."""
    kind, _, of_order = row.type.partition(":")
    kept = msgspec.json.decode(row.raw, type=_TimerPayload)
    if kind == CAPTURED:
        gathered.inputs.append(Captured(kept.lines, kept.address, kept.pickup, kept.note, row.sent_at))
    else:
        order_id = int(of_order) if of_order else kept.order_id
        fired = TimerFired(kind, row.sent_at, order_id)  # type: ignore[arg-type] # only our own kinds are stored
        gathered.inputs.append(fired)
    gathered.incoming.append(_kept(row, "answered", None, ""))


def _echo(gathered: _Gathered, row: PendingRow) -> None:
    gathered.human_spoke_at = max(gathered.human_spoke_at or row.sent_at, row.sent_at)
    gathered.incoming.append(_kept(row, "stored", "human", readable(decode_message(row.raw))))


def _message(gathered: _Gathered, row: PendingRow, now: datetime, places: Places) -> None:
    message = decode_message(row.raw)
    text = readable(message)
    if isinstance(message, MediaMessage):
        gathered.files.append(message)
    if isinstance(message, SystemMessage):
        # WhatsApp's own words about the customer open no 24-hour window.
        gathered.incoming.append(_kept(row, "stored", "system", text))
        return
    if row.phone_number_id == gathered.number:
        gathered.last_customer_at = max(gathered.last_customer_at or row.sent_at, row.sent_at)
    heard = as_input(message, row.sent_at)
    if isinstance(heard, Located) and row.wamid in places:
        heard = replace(heard, found=places[row.wamid], looked_up=True)
    if heard is None:
        gathered.incoming.append(_kept(row, "stored", "customer", text))
    elif now - row.sent_at > MISSED_AFTER:
        gathered.incoming.append(_kept(row, "missed", "customer", text))
    elif now - row.sent_at > LATE_AFTER and not _is_paper(heard):
        gathered.late.append(text)
        gathered.late_at = row.sent_at
        gathered.incoming.append(_kept(row, "answered", "customer", text))
    else:
        gathered.inputs.append(heard)
        gathered.incoming.append(_kept(row, "answered", "customer", text))


def _is_paper(heard: Input) -> bool:
    """A photo or a file without words asks for nothing that time could change."""
    return isinstance(heard, Unsupported) and heard.kind in {"image", "document"} and not heard.caption


def as_input(message: Inbound, at: datetime) -> Input | None:  # noqa: C901 - one line a kind of message
    """None: nothing to answer (a reaction, news about the account, a deleted message)."""
    match message:
        case TextMessage(body=body):
            return Said(body, at) if body.strip() else Unsupported("text", at)
        case ButtonReply(id=id_, title=title):
            return Tapped(id_, title, at)
        case ListReply(id=id_, title=title):
            return Tapped(id_, title, at)
        case TemplateButton(payload=payload, text=text):
            return Tapped(payload, text, at)
        case LocationMessage():
            return Located(message.latitude, message.longitude, message.name, message.address, at)
        case MediaMessage(kind="audio", voice=True):
            return Unsupported("voice", at)
        case MediaMessage(kind=kind):
            return Unsupported(kind, at, message.envelope.wamid, message.sha256, message.caption or "")
        case EditedMessage(body=body):
            return Said(body, at) if body else None
        case ContactsMessage():
            return Unsupported("contacts", at)
        case OrderMessage():
            return Said(_cart(message), at)
        case UnsupportedMessage(kind=kind):
            return Unsupported(kind, at)
        case FlowReply() | Reaction() | SystemMessage() | RevokedMessage():
            return None


def readable(message: Inbound) -> str:  # noqa: C901 - one line a kind of message
    """What a person would read in the chat; the parts without words are named in brackets by their type."""
    match message:
        case TextMessage(body=body):
            return body
        case ButtonReply(title=title) | ListReply(title=title):
            return title
        case TemplateButton(text=text):
            return text
        case LocationMessage(name=name, address=address, latitude=latitude, longitude=longitude):
            return ", ".join(part for part in (name, address) if part) or f"{latitude}, {longitude}"
        case MediaMessage(kind=kind, caption=caption):
            return f"[{kind}] {caption or ''}".strip()
        case OrderMessage():
            return _cart(message)
        case Reaction(emoji=emoji):
            return emoji or "[reaction removed]"
        case EditedMessage(body=body):
            return f"[edited] {body or ''}".strip()
        case RevokedMessage():
            return "[deleted]"
        case SystemMessage(body=body, kind=kind):
            return body or f"[{kind}]"
        case UnsupportedMessage(kind=kind):
            return f"[{kind}]"
        case _:
            return f"[{type(message).__name__}]"


def _cart(order: OrderMessage) -> str:
    """A cart of WhatsApp's own catalog; the prices in it are what the customer was shown, ours are what counts."""
    return cart_text(((item.retailer_id, item.quantity) for item in order.items), order.text)


def _kept(row: PendingRow, outcome: str, author: str | None, text: str) -> IncomingRow:
    return IncomingRow(row.id, outcome, author, row.type, text, row.wamid, row.sent_at, row.trace_id)


def _joined(inputs: Sequence[Input]) -> list[Input]:
    joined: list[Input] = []
    for item in inputs:
        last = joined[-1] if joined else None
        if isinstance(item, Said) and isinstance(last, Said):
            joined[-1] = Said(f"{last.text}\n{item.text}", item.at)
        else:
            joined.append(item)
    return joined
