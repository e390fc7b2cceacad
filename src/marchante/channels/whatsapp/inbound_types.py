"""What a customer can say to us, as frozen values. Texts are already fit for PostgreSQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Referral:
    """The advertisement or post a customer came from; free of charge for 72 h when answered within a day."""

    source_type: str | None
    source_id: str | None
    source_url: str | None
    headline: str | None
    body: str | None
    click_id: str | None


@dataclass(frozen=True, slots=True)
class ReferredProduct:
    """The catalogue product a question is about."""

    catalog_id: str | None
    retailer_id: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every message has. `at` is Meta's timestamp (UTC); `context_wamid` is the message this one answers."""

    wamid: str
    at: datetime
    context_wamid: str | None = None
    forwarded: bool = False
    referral: Referral | None = None
    referred_product: ReferredProduct | None = None


@dataclass(frozen=True, slots=True)
class TextMessage:
    envelope: Envelope
    body: str


@dataclass(frozen=True, slots=True)
class ButtonReply:
    """A tap on one of our reply buttons."""

    envelope: Envelope
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ListReply:
    """A row chosen in one of our lists."""

    envelope: Envelope
    id: str
    title: str
    description: str | None


@dataclass(frozen=True, slots=True)
class TemplateButton:
    """A tap on a quick-reply button of a template."""

    envelope: Envelope
    payload: str
    text: str


@dataclass(frozen=True, slots=True)
class LocationMessage:
    """Degrees, WGS 84. Name and address come only with a chosen place."""

    envelope: Envelope
    latitude: Decimal
    longitude: Decimal
    name: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class MediaMessage:
    """`kind` is image, audio, video, document or sticker. The media id is valid for 7 days."""

    envelope: Envelope
    kind: str
    media_id: str
    mime_type: str | None
    caption: str | None
    filename: str | None
    voice: bool
    sha256: str | None


@dataclass(frozen=True, slots=True)
class SharedPhone:
    phone: str | None
    wa_id: str | None


@dataclass(frozen=True, slots=True)
class SharedContact:
    name: str | None
    phones: tuple[SharedPhone, ...]


@dataclass(frozen=True, slots=True)
class ContactsMessage:
    """`requested` says that the customer answered our request for their own phone."""

    envelope: Envelope
    contacts: tuple[SharedContact, ...]
    requested: bool


@dataclass(frozen=True, slots=True)
class OrderedItem:
    """`item_price` is the price the customer saw: price again before charging. None when it could not be read."""

    retailer_id: str
    quantity: int
    item_price: Decimal | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class OrderMessage:
    """A cart sent from WhatsApp's own catalogue."""

    envelope: Envelope
    catalog_id: str | None
    text: str | None
    items: tuple[OrderedItem, ...]


@dataclass(frozen=True, slots=True)
class FlowReply:
    """A form sent back. `response` is None when what came was not a JSON object."""

    envelope: Envelope
    response: Mapping[str, Any] | None
    flow_token: str | None


@dataclass(frozen=True, slots=True)
class Reaction:
    """`emoji` None takes an earlier reaction back."""

    envelope: Envelope
    message_id: str
    emoji: str | None


@dataclass(frozen=True, slots=True)
class SystemMessage:
    """News about the customer: `user_changed_number`, `user_changed_user_id`, `customer_identity_changed`."""

    envelope: Envelope
    kind: str
    body: str | None
    new_wa_id: str | None
    new_bsuid: str | None


@dataclass(frozen=True, slots=True)
class EditedMessage:
    """The customer corrected an earlier message. `body` is the new text or caption."""

    envelope: Envelope
    original_wamid: str
    body: str | None


@dataclass(frozen=True, slots=True)
class RevokedMessage:
    """The customer deleted an earlier message for everyone."""

    envelope: Envelope
    original_wamid: str


@dataclass(frozen=True, slots=True)
class UnsupportedMessage:
    """Something we cannot act on. `kind` is the most precise name known (poll_creation, gif, interactive.x, order …);
    `code` is Meta's error code if it gave one.
    """

    envelope: Envelope
    kind: str
    code: int | None


Inbound = (
    TextMessage
    | ButtonReply
    | ListReply
    | TemplateButton
    | LocationMessage
    | MediaMessage
    | ContactsMessage
    | OrderMessage
    | FlowReply
    | Reaction
    | SystemMessage
    | EditedMessage
    | RevokedMessage
    | UnsupportedMessage
)
