"""Statuses: sent, delivered, read, played, failed, and whatever Meta adds next."""

from typing import Any

from marchante.channels.whatsapp.wire_identity import Contacts, identity_of, person
from marchante.channels.whatsapp.wire_items import Identity, Pricing, ReportedError, StatusDetails, StatusItem
from marchante.channels.whatsapp.wire_json import dumps, identifier, integer, mapping, moment, sequence, text
from marchante.channels.whatsapp.wire_parts import Change, Parts

_MAX_CODE = 2**31
_MAX_CALLBACK_DATA = 512
_MAX_SENTENCE = 1000


def read_statuses(change: Change, parts: Parts) -> None:
    """Every status of a `messages` change."""
    statuses = change.value.get("statuses")
    if statuses is None:
        return
    if not isinstance(statuses, list):
        parts.reject("statuses_not_a_list", change.value, change.waba_id, change.phone_number_id)
        return
    contacts = Contacts(sequence(change.value.get("contacts")), len(statuses))
    for status in statuses:
        _read_status(status, contacts, change, parts)


def _read_status(status: Any, contacts: Contacts, change: Change, parts: Parts) -> None:
    fields = mapping(status)
    group = _group(fields)
    wa_id, bsuid = _recipient(fields, in_group=group is not None)
    contact = contacts.find(wa_id, bsuid)
    raw = {"status": status, "contact": contact, "metadata": change.metadata}
    number, wamid = change.phone_number_id, identifier(fields.get("id"))
    name = identifier(fields.get("status"))
    if number is None or wamid is None or name is None:
        parts.reject(_missing(status, number, wamid), raw, change.waba_id, number)
        return
    item = StatusItem(
        phone_number_id=number,
        waba_id=change.waba_id,
        wamid=wamid,
        status=name,
        recipient=wa_id or bsuid or group or "",
        identity=identity_of(wa_id, bsuid, contact) or Identity(),
        timestamp=moment(fields.get("timestamp")) or parts.received_at,
        callback_data=(text(fields.get("biz_opaque_callback_data")) or "")[:_MAX_CALLBACK_DATA] or None,
        pricing=_pricing(fields.get("pricing")),
        errors=reported_errors(fields.get("errors")),
        group_id=group,
        position=parts.position,
        raw=dumps(raw),
    )
    parts.items.append(item)


def stored_details(raw: dict[str, Any]) -> StatusDetails:
    """What a stored status says."""
    fields, contact = mapping(raw.get("status")), mapping(raw.get("contact"))
    wa_id, bsuid = _recipient(fields, in_group=_group(fields) is not None)
    identity = identity_of(wa_id, bsuid, contact) or Identity()
    return StatusDetails(identity, _pricing(fields.get("pricing")), reported_errors(fields.get("errors")))


def _group(fields: dict[str, Any]) -> str | None:
    return identifier(fields.get("recipient_id")) if fields.get("recipient_type") == "group" else None


def _recipient(fields: dict[str, Any], *, in_group: bool) -> tuple[str | None, str | None]:
    if in_group:
        bsuid = fields.get("recipient_participant_user_id") or fields.get("recipient_user_id")
        return person(fields.get("recipient_participant_id"), bsuid)
    return person(fields.get("recipient_id"), fields.get("recipient_user_id"))


def _missing(status: Any, number: str | None, wamid: str | None) -> str:
    if not isinstance(status, dict):
        return "not_an_object"
    if number is None:
        return "no_phone_number_id"
    return "no_id" if wamid is None else "no_status"


def _pricing(value: Any) -> Pricing | None:
    if not isinstance(value, dict):
        return None
    billable = value.get("billable")
    return Pricing(
        category=text(value.get("category")),
        type=text(value.get("type")),
        model=text(value.get("pricing_model")),
        billable=billable if isinstance(billable, bool) else None,
    )


def reported_errors(value: Any) -> tuple[ReportedError, ...]:
    """The `errors` array webhooks use for statuses, messages and accounts. Older ones put `details` at the top."""
    return tuple(_reported(error) for error in sequence(value) if isinstance(error, dict))


def _reported(error: dict[str, Any]) -> ReportedError:
    code = integer(error.get("code"))
    title = text(error.get("title")) or text(error.get("message")) or ""
    details = text(mapping(error.get("error_data")).get("details")) or text(error.get("details")) or ""
    known = code if code is not None and 0 <= code < _MAX_CODE else None
    return ReportedError(known, title[:_MAX_SENTENCE], details[:_MAX_SENTENCE])
