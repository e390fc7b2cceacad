"""Texts, media, places, contacts and reactions."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from marchante.channels.whatsapp.messages_limits import (
    CAPTION,
    TEXT_BODY,
    MessageLimitError,
    check_count,
    check_id,
    check_link,
    check_optional,
    check_text,
)

Payload = dict[str, Any]
_FILENAME = 240
_ID = 512
_PLACE = 1000
_MOST_CONTACTS = 257
_POLE = 90
_DATE_LINE = 180


def without_none(fields: Payload) -> Payload:
    """Meta reads an explicit null as a wrong type."""
    return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text, up to 4,096 characters. `preview_url` shows a card of the first link in it."""

    body: str
    preview_url: bool = False

    def __post_init__(self) -> None:
        check_text("text.body", self.body, TEXT_BODY)

    def as_payload(self) -> Payload:
        return {"type": "text", "text": {"body": self.body, "preview_url": self.preview_url}}


@dataclass(frozen=True, slots=True)
class _Media:
    """A file Meta already has (`media_id`) or fetches itself (`link`): exactly one of the two."""

    media_id: str | None = None
    link: str | None = None
    kind: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if (self.media_id is None) == (self.link is None):
            raise MessageLimitError("required" if self.link is None else "not_allowed", f"{self.kind}.id|link")
        if self.link is not None:
            check_link(f"{self.kind}.link", self.link)
        if self.media_id is not None:
            check_id(f"{self.kind}.id", self.media_id, _ID)

    def as_payload(self) -> Payload:
        return {"type": self.kind, self.kind: without_none({"id": self.media_id, "link": self.link} | self._extras())}

    def _extras(self) -> Payload:
        return {}


@dataclass(frozen=True, slots=True)
class _Captioned(_Media):
    caption: str | None = None

    def __post_init__(self) -> None:
        _Media.__post_init__(self)
        check_optional(f"{self.kind}.caption", self.caption, CAPTION)

    def _extras(self) -> Payload:
        return {"caption": self.caption}


@dataclass(frozen=True, slots=True)
class Image(_Captioned):
    """JPEG or PNG, up to 5 MB."""

    kind: ClassVar[str] = "image"


@dataclass(frozen=True, slots=True)
class Video(_Captioned):
    """MP4 or 3GPP, up to 16 MB."""

    kind: ClassVar[str] = "video"


@dataclass(frozen=True, slots=True)
class Document(_Captioned):
    """Any file up to 100 MB; the customer sees `filename`."""

    filename: str | None = None
    kind: ClassVar[str] = "document"

    def __post_init__(self) -> None:
        _Captioned.__post_init__(self)
        check_optional("document.filename", self.filename, _FILENAME)

    def _extras(self) -> Payload:
        return {"caption": self.caption, "filename": self.filename}


@dataclass(frozen=True, slots=True)
class Audio(_Media):
    """Up to 16 MB. `voice` shows a voice note and needs ogg with opus."""

    voice: bool = False
    kind: ClassVar[str] = "audio"

    def _extras(self) -> Payload:
        return {"voice": True} if self.voice else {}


@dataclass(frozen=True, slots=True)
class Sticker(_Media):
    """WebP, 100 KB still or 500 KB moving."""

    kind: ClassVar[str] = "sticker"


@dataclass(frozen=True, slots=True)
class Location:
    """A pin. Degrees, WGS 84."""

    latitude: Decimal | float
    longitude: Decimal | float
    name: str | None = None
    address: str | None = None

    def __post_init__(self) -> None:
        if not abs(float(self.latitude)) <= _POLE:
            raise MessageLimitError("format", "location.latitude")
        if not abs(float(self.longitude)) <= _DATE_LINE:
            raise MessageLimitError("format", "location.longitude")
        check_optional("location.name", self.name, _PLACE)
        check_optional("location.address", self.address, _PLACE)

    def as_payload(self) -> Payload:
        degrees = {"latitude": float(self.latitude), "longitude": float(self.longitude)}
        place = degrees | {"name": self.name, "address": self.address}
        return {"type": "location", "location": without_none(place)}


@dataclass(frozen=True, slots=True)
class ContactPhone:
    """`wa_id` lets the customer open a chat with that number."""

    phone: str
    wa_id: str | None = None
    type: str = "WORK"

    def __post_init__(self) -> None:
        check_text("contacts.phones.phone", self.phone, _ID)


@dataclass(frozen=True, slots=True)
class Contact:
    """A business card. Meta wants one more part of the name besides the formatted one; by default the same."""

    formatted_name: str
    phones: tuple[ContactPhone, ...] = ()
    first_name: str | None = None

    def __post_init__(self) -> None:
        check_text("contacts.name.formatted_name", self.formatted_name, _ID)

    def fields(self) -> Payload:
        name = {"formatted_name": self.formatted_name, "first_name": self.first_name or self.formatted_name}
        phones = [without_none({"phone": p.phone, "wa_id": p.wa_id, "type": p.type}) for p in self.phones]
        return {"name": name, "phones": phones} if phones else {"name": name}


@dataclass(frozen=True, slots=True)
class Contacts:
    contacts: tuple[Contact, ...]

    def __post_init__(self) -> None:
        check_count("contacts", len(self.contacts), 1, _MOST_CONTACTS)

    def as_payload(self) -> Payload:
        return {"type": "contacts", "contacts": [contact.fields() for contact in self.contacts]}


@dataclass(frozen=True, slots=True)
class ReactionTo:
    """An emoji on a message of the customer's, at most 30 days old. An empty emoji takes it back."""

    wamid: str
    emoji: str

    def __post_init__(self) -> None:
        check_id("reaction.message_id", self.wamid, _ID)

    def as_payload(self) -> Payload:
        return {"type": "reaction", "reaction": {"message_id": self.wamid, "emoji": self.emoji}}
