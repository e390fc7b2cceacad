"""From the items of one webhook to the rows that keep them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from marchante.channels.whatsapp.wire import (
    AccountItem,
    EchoItem,
    Item,
    MalformedPart,
    MessageItem,
    StatusItem,
    WebhookBody,
    customer_key,
)

# Free text waits this long for more of it, so that a burst gets one answer. A button never waits.
BURST_WAIT = timedelta(milliseconds=800)
# … but somebody who keeps writing is answered after this long at the latest.
BURST_LIMIT = timedelta(seconds=4)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A customer's message, or an echo of what the shop typed on its own phone."""

    dedupe_key: bytes
    phone_number_id: str
    customer_key: str
    kind: str
    type: str
    wamid: str
    sent_at: datetime
    position: int
    received_at: datetime
    ready_at: datetime
    waits: int
    raw: bytes
    trace_id: str


@dataclass(frozen=True, slots=True)
class StatusRow:
    dedupe_key: bytes
    phone_number_id: str
    wamid: str
    status: str
    recipient: str
    sent_at: datetime
    callback_data: str | None
    raw: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True)
class EventRow:
    """What is about the account, or belongs to nobody we serve: kept raw and counted."""

    dedupe_key: bytes
    kind: str
    phone_number_id: str | None
    waba_id: str | None
    field: str
    raw: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    messages: tuple[MessageRow, ...] = ()
    statuses: tuple[StatusRow, ...] = ()
    events: tuple[EventRow, ...] = ()

    def __len__(self) -> int:
        return len(self.messages) + len(self.statuses) + len(self.events)

    def __add__(self, other: "Batch") -> "Batch":
        return Batch(self.messages + other.messages, self.statuses + other.statuses, self.events + other.events)

    def singles(self) -> tuple["Batch", ...]:
        """The same rows, each in a batch of its own."""
        return (
            *(Batch(messages=(row,)) for row in self.messages),
            *(Batch(statuses=(row,)) for row in self.statuses),
            *(Batch(events=(row,)) for row in self.events),
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """How many rows were new, by kind of row; what had been stored before is not counted."""

    messages: int = 0
    statuses: int = 0
    events: int = 0
    unknown_numbers: int = 0


@dataclass(slots=True)
class _Rows:
    messages: list[MessageRow] = field(default_factory=list)
    statuses: list[StatusRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)


def rows_of(body: WebhookBody, received_at: datetime, trace_id: str) -> Batch:
    """Every item of the body as a row; nothing is left out."""
    rows = _Rows()
    for item in body.items:
        _add(rows, item, received_at, trace_id)
    rows.events.extend(_malformed(part, received_at) for part in body.malformed)
    return Batch(tuple(rows.messages), tuple(rows.statuses), tuple(rows.events))


def _add(rows: _Rows, item: Item, received_at: datetime, trace_id: str) -> None:
    match item:
        case MessageItem() if item.group_id is not None:
            rows.events.append(_event(item, "group", item.type, received_at))
        case MessageItem():
            rows.messages.append(_message(item, received_at, trace_id))
        case EchoItem():
            rows.messages.append(_echo(item, received_at, trace_id))
        case StatusItem():
            rows.statuses.append(_status(item, received_at))
        case AccountItem():
            rows.events.append(_event(item, "account", item.field, received_at))


def _message(item: MessageItem, received_at: datetime, trace_id: str) -> MessageRow:
    return MessageRow(
        dedupe_key=item.dedupe_key,
        phone_number_id=item.phone_number_id,
        customer_key=customer_key(item.sender),
        kind="message",
        type=item.type,
        wamid=item.wamid,
        sent_at=item.timestamp,
        position=item.position,
        received_at=received_at,
        ready_at=received_at + BURST_WAIT if item.waits else received_at,
        waits=int(item.waits),
        raw=item.raw,
        trace_id=trace_id,
    )


def _echo(item: EchoItem, received_at: datetime, trace_id: str) -> MessageRow:
    return MessageRow(
        dedupe_key=item.dedupe_key,
        phone_number_id=item.phone_number_id,
        customer_key=customer_key(item.recipient),
        kind="echo",
        type=item.type,
        wamid=item.wamid,
        sent_at=item.timestamp,
        position=item.position,
        received_at=received_at,
        ready_at=received_at,
        waits=0,
        raw=item.raw,
        trace_id=trace_id,
    )


def _status(item: StatusItem, received_at: datetime) -> StatusRow:
    return StatusRow(
        dedupe_key=item.dedupe_key,
        phone_number_id=item.phone_number_id,
        wamid=item.wamid,
        status=item.status,
        recipient=item.recipient,
        sent_at=item.timestamp,
        callback_data=item.callback_data,
        raw=item.raw,
        received_at=received_at,
    )


def _event(item: MessageItem | AccountItem, kind: str, name: str, received_at: datetime) -> EventRow:
    return EventRow(item.dedupe_key, kind, item.phone_number_id, item.waba_id, name, item.raw, received_at)


def _malformed(part: MalformedPart, received_at: datetime) -> EventRow:
    return EventRow(
        part.dedupe_key, "malformed", part.phone_number_id, part.waba_id, part.reason, part.raw, received_at
    )
