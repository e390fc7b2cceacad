"""What the simulator remembers: numbers, customers and every message of every chat."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from marchante.simulator.attachments import with_previews
from marchante.simulator.config import SimulatedCustomer, SimulatedNumber
from marchante.simulator.identifiers import match_key
from marchante.simulator.journal import Journal

Direction = Literal["in", "out"]
ChatKey = tuple[str, str]
"""(wa_id of the customer, phone_number_id of the shop)."""

RANK = {None: 0, "sent": 1, "delivered": 2, "read": 3, "failed": 4}


@dataclass(slots=True)
class Entry:
    """One message of a chat as the phone shows it: `out` left the phone for the shop, `in` came from the shop.

    `body` is the webhook's message object (out) or the Graph request (in). `to` is the recipient as the shop wrote
    it. `failure` is (code, details) of a message accepted and then not delivered. `typed_by_hand` marks what a person
    at the shop wrote in the WhatsApp Business app.
    """

    direction: Direction
    wamid: str
    at: float
    type: str
    body: dict[str, Any]
    phone_number_id: str
    wa_id: str
    status: str | None = None
    to: str = ""
    callback_data: str | None = None
    failure: tuple[int, str] | None = None
    pricing: dict[str, Any] | None = None
    seen: bool = False
    typed_by_hand: bool = False

    @property
    def chat(self) -> ChatKey:
        return self.wa_id, self.phone_number_id

    def for_phone(self) -> dict[str, Any]:
        """The entry of the phone API; files the shop uploaded come with a `preview_url`."""
        return {
            "direction": self.direction,
            "wamid": self.wamid,
            "at": self.at,
            "type": self.type,
            "body": with_previews(self.body) if self.direction == "in" else self.body,
            "status": self.status,
        }

    def for_tests(self) -> dict[str, Any]:
        """An accepted send as `/sim/messages` lists it."""
        return {
            **self.for_phone(),
            "body": self.body,
            "phone_number_id": self.phone_number_id,
            "wa_id": self.wa_id,
            "to": self.to,
            "biz_opaque_callback_data": self.callback_data,
            "pricing": self.pricing,
        }


@dataclass(slots=True)
class ChatStore:
    """Everything kept in memory; each change is written to the journal before it returns."""

    journal: Journal
    numbers: dict[str, SimulatedNumber] = field(default_factory=dict)
    customers: dict[str, SimulatedCustomer] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    _chats: dict[ChatKey, list[Entry]] = field(default_factory=dict)
    _customer_by_key: dict[str, str] = field(default_factory=dict)
    _customer_by_user_id: dict[str, str] = field(default_factory=dict)
    _written_at: dict[ChatKey, float] = field(default_factory=dict)
    _entered_at: dict[ChatKey, float] = field(default_factory=dict)

    def add_number(self, number: SimulatedNumber) -> None:
        self.numbers[number.phone_number_id] = number
        self.journal.write("number", asdict(number))

    def add_customer(self, customer: SimulatedCustomer) -> None:
        """Add a person, or replace the one with the same wa_id."""
        before = self.customers.get(customer.wa_id)
        if before is not None and before.user_id is not None:
            self._customer_by_user_id.pop(before.user_id, None)
        self.customers[customer.wa_id] = customer
        self._customer_by_key[match_key(customer.wa_id)] = customer.wa_id
        if customer.user_id is not None:
            self._customer_by_user_id[customer.user_id] = customer.wa_id
        self.journal.write("customer", asdict(customer))

    def move_customer(self, before: SimulatedCustomer, after: SimulatedCustomer) -> None:
        """The person now has another number (and begins new chats there)."""
        self.forget_customer(before.wa_id)
        self.journal.write("customer_moved", {"wa_id": before.wa_id})
        self.add_customer(after)

    def forget_customer(self, wa_id: str) -> None:
        gone = self.customers.pop(wa_id, None)
        if gone is not None:
            self._customer_by_key.pop(match_key(wa_id), None)
            self._customer_by_user_id.pop(gone.user_id or "", None)

    def customer_by_phone(self, digits: str) -> SimulatedCustomer | None:
        """The customer with this number in either Mexican form."""
        wa_id = self._customer_by_key.get(match_key(digits))
        return None if wa_id is None else self.customers[wa_id]

    def customer_by_user_id(self, user_id: str) -> SimulatedCustomer | None:
        wa_id = self._customer_by_user_id.get(user_id)
        return None if wa_id is None else self.customers[wa_id]

    def add_entry(self, entry: Entry) -> None:
        self.entries[entry.wamid] = entry
        self._chats.setdefault(entry.chat, []).append(entry)
        if entry.direction == "out":
            self._written_at[entry.chat] = max(entry.at, self._written_at.get(entry.chat, entry.at))
            if "referral" in entry.body:
                self._entered_at[entry.chat] = entry.at
        self.journal.write("entry", asdict(entry))

    def chat(self, key: ChatKey) -> list[Entry]:
        return self._chats.get(key, [])

    def last_written_at(self, key: ChatKey) -> float | None:
        """Unix time of the customer's last message to this number: where the 24 h window starts."""
        return self._written_at.get(key)

    def entered_by_ad_at(self, key: ChatKey) -> float | None:
        """Unix time of the customer's last message that came from an advertisement."""
        return self._entered_at.get(key)

    def advance(self, entry: Entry, status: str) -> bool:
        """Move an entry forward (sent < delivered < read < failed); False when it already stood there or beyond."""
        if RANK[status] <= RANK[entry.status]:
            return False
        entry.status = status
        self.journal.write("status", {"wamid": entry.wamid, "status": status, "pricing": entry.pricing})
        return True

    def sent_by_shops(self) -> list[Entry]:
        """Everything accepted through the Graph API, oldest first."""
        return [entry for entry in self.entries.values() if entry.direction == "in" and not entry.typed_by_hand]

    def forget_sent(self) -> None:
        """Forget what the shops sent; what customers wrote, and the windows it opened, stay."""
        self.entries = {wamid: entry for wamid, entry in self.entries.items() if entry.direction == "out"}
        self._chats = {
            key: [entry for entry in entries if entry.direction == "out"] for key, entries in self._chats.items()
        }
        self.journal.write("sent_forgotten", {})
