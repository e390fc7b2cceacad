"""Webhook bodies in Meta's shape."""

from typing import Any

from marchante.simulator.chats import Entry
from marchante.simulator.config import SimulatedCustomer, SimulatedNumber


def envelope(number: SimulatedNumber, content: dict[str, Any], *, field: str = "messages") -> dict[str, Any]:
    """`content` (contacts with messages, statuses, errors or echoes) as one change of a field."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.display_digits, "phone_number_id": number.phone_number_id},
        **content,
    }
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": number.waba_id, "changes": [{"value": value, "field": field}]}],
    }


def account_webhook(waba_id: str, field: str, value: dict[str, Any], at: float) -> dict[str, Any]:
    """News of an account: no number in it, and the time beside the account."""
    entry = {"id": waba_id, "time": int(at), "changes": [{"value": value, "field": field}]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def contact(customer: SimulatedCustomer) -> dict[str, Any]:
    """One item of `contacts[]`; the phone is left out, not emptied, when the person hides it."""
    profile = {"name": customer.name}
    if customer.username is not None:
        profile["username"] = customer.username
    result: dict[str, Any] = {"profile": profile}
    if not customer.hides_phone:
        result["wa_id"] = customer.wa_id
    if customer.user_id is not None:
        result["user_id"] = customer.user_id
    return result


def customer_message(
    customer: SimulatedCustomer,
    wamid: str,
    at: float,
    kind: str,
    content: dict[str, Any],
) -> dict[str, Any]:
    """One item of `messages[]`; `content` holds the type's object and, for an answer, its `context`."""
    sender: dict[str, Any] = {}
    if not customer.hides_phone:
        sender["from"] = customer.wa_id
    if customer.user_id is not None:
        sender["from_user_id"] = customer.user_id
    return {**sender, "id": wamid, "timestamp": str(int(at)), "type": kind, **content}


def message_webhook(number: SimulatedNumber, customer: SimulatedCustomer, message: dict[str, Any]) -> dict[str, Any]:
    return envelope(number, {"contacts": [contact(customer)], "messages": [message]})


def without(webhook: dict[str, Any], omit: frozenset[str]) -> dict[str, Any]:
    """The webhook of a message as Meta sometimes sends it: without the sender's number, name or contact."""
    value = webhook["entry"][0]["changes"][0]["value"]
    if "from" in omit:
        value["messages"] = [{k: v for k, v in message.items() if k != "from"} for message in value["messages"]]
        value["contacts"] = [{k: v for k, v in person.items() if k != "wa_id"} for person in value["contacts"]]
    if "profile_name" in omit:
        value["contacts"] = [{k: v for k, v in person.items() if k != "profile"} for person in value["contacts"]]
    if "contacts" in omit:
        del value["contacts"]
    return webhook


def system_webhook(
    number: SimulatedNumber, sender: dict[str, Any], wamid: str, at: float, system: dict[str, Any]
) -> Any:
    """News about a person's account: a system message, which has no `contacts`."""
    message = {**sender, "id": wamid, "timestamp": str(int(at)), "type": "system", "system": system}
    return envelope(number, {"messages": [message]})


def echo_webhook(number: SimulatedNumber, customer: SimulatedCustomer, entry: Entry) -> dict[str, Any]:
    """A message the shop wrote in the WhatsApp Business app (numbers in coexistence)."""
    receiver: dict[str, Any] = {} if customer.hides_phone else {"to": customer.wa_id}
    if customer.user_id is not None:
        receiver["to_user_id"] = customer.user_id
    echo = {
        "from": number.display_digits,
        **receiver,
        "id": entry.wamid,
        "timestamp": str(int(entry.at)),
        "type": entry.type,
        entry.type: entry.body[entry.type],
    }
    return envelope(number, {"message_echoes": [echo]}, field="smb_message_echoes")


def status_webhook(
    number: SimulatedNumber,
    customer: SimulatedCustomer | None,
    entry: Entry,
    status: str,
    at: float,
    errors: list[dict[str, Any]],
    *,
    with_pricing: bool,
) -> dict[str, Any]:
    """A status of a message the shop sent.

    Meta's pages show no `contacts` beside a failure; PyWa, which lives from real ones, counts on them.
    """
    item: dict[str, Any] = {"id": entry.wamid, "status": status, "timestamp": str(int(at))}
    if customer is None or not customer.hides_phone:
        item["recipient_id"] = entry.wa_id
    if customer is not None and customer.user_id is not None:
        item["recipient_user_id"] = customer.user_id
    if entry.callback_data is not None:
        item["biz_opaque_callback_data"] = entry.callback_data
    if errors:
        item["errors"] = errors
    elif entry.pricing is not None and with_pricing:
        item["pricing"] = entry.pricing
    content: dict[str, Any] = {"statuses": [item]}
    if customer is not None and customer.user_id is not None:
        content = {"contacts": [contact(customer)], **content}
    elif status == "failed" and customer is None:
        content = {"contacts": [{"wa_id": entry.wa_id}], **content}
    return envelope(number, content)
