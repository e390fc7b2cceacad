"""Who a send is for: `to` as Meta reads it, or a business-scoped user id."""

import re
from dataclasses import dataclass
from typing import Any

from marchante.simulator.chats import ChatStore
from marchante.simulator.config import SimulatedCustomer, SimulatedNumber, SimulatorConfig
from marchante.simulator.errors import GraphError, invalid, missing
from marchante.simulator.identifiers import canonical_wa_id, international, phone_digits

_MINIMUM_DIGITS = 7
_MAXIMUM_DIGITS = 15
_USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


@dataclass(frozen=True, slots=True)
class Recipient:
    """The person a send reaches. `given` is the address as the shop wrote it, `digits` the number in it (or empty).

    `wa_id` names the chat here. `known` is False for a person who never registered with this simulator.
    """

    given: str
    digits: str
    wa_id: str
    known: bool
    by_user_id: bool
    user_id: str | None

    def contact(self) -> dict[str, Any]:
        """The item of `contacts[]` in the answer."""
        if self.by_user_id:
            return {"input": self.given, "user_id": self.given}
        contact = {"input": self.given, "wa_id": self.wa_id}
        return contact if self.user_id is None else {**contact, "user_id": self.user_id}


def resolve(config: SimulatorConfig, store: ChatStore, number: SimulatedNumber, request: dict[str, Any]) -> Recipient:
    """Find the person of a send; `to` wins over `recipient`. Raises GraphError 131008, 131009, 131021 or 131030."""
    to = request.get("to")
    if to is None:
        return _by_user_id(store, request.get("recipient"))
    if not isinstance(to, str) or not to.strip():
        raise invalid("to", "must be a phone number in a string")
    digits = phone_digits(to)
    if digits is None or not _MINIMUM_DIGITS <= len(digits) <= _MAXIMUM_DIGITS:
        raise invalid("to", "is not a valid phone number")
    dialled = international(to, digits, number.display_digits, always=config.prepends_country_code)
    if canonical_wa_id(dialled, "52") == canonical_wa_id(number.display_digits, "52"):
        raise GraphError(131021, "The recipient's phone number is the sender's.")
    if config.allowed_recipients is not None and dialled not in config.allowed_recipients:
        raise GraphError(131030, "Recipient phone number not in allowed list: add it to the list and try again.")
    customer = store.customer_by_phone(dialled)
    wa_id = canonical_wa_id(dialled, config.mexican_form) if customer is None else customer.wa_id
    return Recipient(to, digits, wa_id, customer is not None, by_user_id=False, user_id=_user_id(customer))


def _user_id(customer: SimulatedCustomer | None) -> str | None:
    return None if customer is None else customer.user_id


def _by_user_id(store: ChatStore, recipient: Any) -> Recipient:
    if recipient is None:
        raise missing("to")
    if not isinstance(recipient, str) or _USER_ID.fullmatch(recipient) is None:
        raise invalid("recipient", "is not a business-scoped user id")
    customer = store.customer_by_user_id(recipient)
    wa_id = recipient if customer is None else customer.wa_id
    return Recipient(recipient, "", wa_id, customer is not None, by_user_id=True, user_id=recipient)
