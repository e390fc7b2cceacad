"""What one webhook body holds, one frozen value per item.

Every item keeps `raw`: its own part of the body as ASCII-escaped JSON, so that nothing Meta said is lost however little
of it we understand today. `dedupe_key` (16 bytes) is the same each time Meta delivers the same item again.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from marchante.foundation.kernel.phone import match_key


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is to WhatsApp. `phone` is the wa_id exactly as received and is missing for people who adopted a
    username; `bsuid` is the business-scoped user id, the same person being another one at another business.
    """

    phone: str | None = None
    bsuid: str | None = None
    username: str | None = None
    profile_name: str | None = None


def customer_key(identity: Identity) -> str:
    """The key under which a person's messages queue in order: the BSUID ("b:MX.1349…") if present, else the matched
    phone ("p:+525500000000"). Raises ValueError for an identity with neither; parsed items always have one.
    """
    if identity.bsuid is not None:
        return f"b:{identity.bsuid}"
    if identity.phone is not None:
        return f"p:{match_key(identity.phone)}"
    raise ValueError("an identity without phone and BSUID has no key")


def _key(*parts: str | bytes) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(4, "big") + data)
    return digest.digest()[:16]


@dataclass(frozen=True, slots=True)
class MessageItem:
    """A message a customer sent. `raw` is {"message", "contact", "metadata"}; `waits` says that more may follow and be
    answered together; a `group_id` means it was said in a group, where a bot stays silent.
    """

    phone_number_id: str
    waba_id: str
    wamid: str
    sender: Identity
    type: str
    timestamp: datetime
    position: int
    raw: bytes
    group_id: str | None
    waits: bool

    @property
    def dedupe_key(self) -> bytes:
        return _key("message", self.phone_number_id, self.wamid)


@dataclass(frozen=True, slots=True)
class EchoItem:
    """A message the shop itself sent from the WhatsApp Business app: a person took over. `raw` as in MessageItem."""

    phone_number_id: str
    waba_id: str
    wamid: str
    recipient: Identity
    type: str
    timestamp: datetime
    position: int
    raw: bytes

    @property
    def dedupe_key(self) -> bytes:
        return _key("message", self.phone_number_id, self.wamid)


@dataclass(frozen=True, slots=True)
class Pricing:
    """What Meta will bill for a message: never an amount, only how it is counted."""

    category: str | None
    type: str | None
    model: str | None
    billable: bool | None


@dataclass(frozen=True, slots=True)
class ReportedError:
    """An error as webhooks carry it. `code` is None when it was not a number."""

    code: int | None
    title: str
    details: str


@dataclass(frozen=True, slots=True)
class StatusItem:
    """How far a message of ours got. `recipient` is the wa_id, else the BSUID, else empty; inside a group the
    participant. `identity` is everything said about that person; `raw` is {"status", "contact", "metadata"}.
    """

    phone_number_id: str
    waba_id: str
    wamid: str
    status: str
    recipient: str
    identity: Identity
    timestamp: datetime
    callback_data: str | None
    pricing: Pricing | None
    errors: tuple[ReportedError, ...]
    group_id: str | None
    position: int
    raw: bytes

    @property
    def dedupe_key(self) -> bytes:
        return _key("status", self.phone_number_id, self.wamid, self.status, self.recipient)


@dataclass(frozen=True, slots=True)
class StatusDetails:
    """What a stored status (`StatusItem.raw`) says beyond its columns."""

    identity: Identity
    pricing: Pricing | None
    errors: tuple[ReportedError, ...]


@dataclass(frozen=True, slots=True)
class AccountItem:
    """Anything about the account and not about one message, unknown fields included. `field` is Meta's name, or
    "messages.errors" for the errors of a messages change; `raw` is {"field", "value", "waba_id", "time"}.
    """

    field: str
    waba_id: str
    phone_number_id: str | None
    timestamp: datetime | None
    position: int
    raw: bytes

    @property
    def dedupe_key(self) -> bytes:
        return _key("account", self.waba_id, self.field, self.raw)


@dataclass(frozen=True, slots=True)
class MalformedPart:
    """A part without what identifies it: no number, no id, no sender, wrong type. Kept, counted, never acted upon."""

    reason: str
    waba_id: str | None
    phone_number_id: str | None
    position: int
    raw: bytes

    @property
    def dedupe_key(self) -> bytes:
        return _key("malformed", self.waba_id or "", self.phone_number_id or "", self.raw)


Item = MessageItem | EchoItem | StatusItem | AccountItem


@dataclass(frozen=True, slots=True)
class WebhookBody:
    """Everything in one POST, in the order of the body."""

    items: tuple[Item, ...]
    malformed: tuple[MalformedPart, ...]
