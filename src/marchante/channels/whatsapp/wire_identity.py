"""Matching a message to the contact that belongs to it: a body may carry many of both."""

import re
from collections.abc import Sequence
from typing import Any

from marchante.channels.whatsapp.wire_items import Identity
from marchante.channels.whatsapp.wire_json import identifier, mapping, phone, text
from marchante.foundation.kernel.phone import match_key

_BSUID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]+")
_MAX_NAME = 255


class Contacts:
    """The contacts of one change, found by BSUID or by matched phone in constant time."""

    def __init__(self, contacts: Sequence[Any], people: int) -> None:
        """`people` is how many messages share these contacts: a single contact without an id can only belong to a
        single message.
        """
        known = [contact for contact in contacts if isinstance(contact, dict)]
        self._by_bsuid = {bsuid: c for c in known if (bsuid := identifier(c.get("user_id"))) is not None}
        self._by_phone = {match_key(wa_id): c for c in known if (wa_id := phone(c.get("wa_id"))) is not None}
        self._only = known[0] if len(known) == 1 and people == 1 else None

    def find(self, wa_id: str | None, bsuid: str | None) -> dict[str, Any] | None:
        """The contact of that person; never one whose ids say it is somebody else."""
        candidates = (
            self._by_bsuid.get(bsuid or ""),
            self._by_phone.get(match_key(wa_id)) if wa_id else None,
            self._only,
        )
        return next((c for c in candidates if c is not None and not _another(c, wa_id, bsuid)), None)


def _another(contact: dict[str, Any], wa_id: str | None, bsuid: str | None) -> bool:
    contact_bsuid, contact_phone = identifier(contact.get("user_id")), phone(contact.get("wa_id"))
    if bsuid and contact_bsuid:
        return bsuid != contact_bsuid
    return bool(wa_id and contact_phone and match_key(wa_id) != match_key(contact_phone))


def person(raw_phone: Any, raw_bsuid: Any) -> tuple[str | None, str | None]:
    """Phone and BSUID as said beside a message. Some senders put a BSUID where the phone belongs."""
    wa_id, bsuid = phone(raw_phone), identifier(raw_bsuid)
    in_place_of_phone = identifier(raw_phone)
    if wa_id is None and bsuid is None and in_place_of_phone and _BSUID.fullmatch(in_place_of_phone):
        bsuid = in_place_of_phone
    return wa_id, bsuid


def identity_of(wa_id: str | None, bsuid: str | None, contact: dict[str, Any] | None) -> Identity | None:
    """Everything known about a person, or None when nothing identifies them."""
    contact = contact or {}
    wa_id = wa_id or phone(contact.get("wa_id"))
    bsuid = bsuid or identifier(contact.get("user_id"))
    if wa_id is None and bsuid is None:
        return None
    profile = mapping(contact.get("profile"))
    name = (text(profile.get("name")) or "").strip()[:_MAX_NAME]
    return Identity(wa_id, bsuid, identifier(profile.get("username")), name or None)
