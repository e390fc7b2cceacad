"""What happens to numbers and people outside a chat, with the webhooks that tell it."""

from dataclasses import replace
from typing import Any

from marchante.simulator.chats import ChatStore
from marchante.simulator.config import Clock, SimulatedCustomer, SimulatedNumber
from marchante.simulator.delivery import WebhookDelivery
from marchante.simulator.identifiers import new_wamid
from marchante.simulator.payloads import account_webhook, envelope, system_webhook
from marchante.simulator.standing import Standings


class Events:
    """Changes of a number's standing and of a person's number."""

    def __init__(self, store: ChatStore, standings: Standings, delivery: WebhookDelivery, clock: Clock) -> None:
        self._store = store
        self._standings = standings
        self._delivery = delivery
        self._clock = clock

    def restand(self, number: SimulatedNumber, changes: dict[str, Any]) -> None:
        """Set fields of the `Standing`; a ban, a new limit and a new throughput are told by webhook."""
        standing = self._standings.of(number.phone_number_id)
        before = standing.messaging_limit
        for key, value in changes.items():
            setattr(standing, key, value)
        if changes.get("status") == "BANNED":
            ban = {"waba_ban_state": "DISABLE", "waba_ban_date": f"{self._clock():%B %d, %Y}"}
            self._tell(number, "account_update", {"event": "DISABLED_UPDATE", "ban_info": ban})
        if standing.messaging_limit != before:
            change = {"current_limit": standing.messaging_limit, "old_limit": before}
            grown = "ONBOARDING" if before == "TIER_NOT_SET" else "UPGRADE"
            self._tell(number, "phone_number_quality_update", {"event": grown, **change})

    def upgrade(self, number: SimulatedNumber) -> None:
        """The number now takes 1,000 messages a second."""
        self._store.add_number(replace(number, throughput="HIGH"))
        limit = {"current_limit": "TIER_UNLIMITED", "max_daily_conversations_per_business": "TIER_UNLIMITED"}
        self._tell(number, "phone_number_quality_update", {"event": "THROUGHPUT_UPGRADE", **limit})

    def change_phone(self, customer: SimulatedCustomer, wa_id: str, user_id: str | None) -> SimulatedCustomer:
        """A person moves to another number: every shop of the chats is told, with and without the phone."""
        moved = replace(customer, wa_id=wa_id, user_id=user_id)
        for number in self._store.numbers.values():
            if self._store.last_written_at((customer.wa_id, number.phone_number_id)) is not None:
                self._tell_move(number, customer, moved)
        self._store.move_customer(customer, moved)
        return moved

    def _tell_move(self, number: SimulatedNumber, before: SimulatedCustomer, after: SimulatedCustomer) -> None:
        now = self._clock().timestamp()
        wamid = new_wamid(before.wa_id, from_customer=True)
        sender = {} if before.hides_phone else {"from": before.wa_id}
        if not before.hides_phone:
            body = f"User {before.name} changed from {before.wa_id} to {after.wa_id}"
            system = {"body": body, "type": "user_changed_number", "wa_id": after.wa_id}
            if after.user_id is not None:
                system["user_id"] = after.user_id
            self._delivery.post(system_webhook(number, sender, wamid, now, system))
        if before.user_id is None or after.user_id is None:
            return
        change = {"user_id": {"previous": before.user_id, "current": after.user_id}, "timestamp": str(int(now))}
        detail = f"User {before.user_id} changed to {after.user_id}"
        if before.hides_phone:
            system = {"body": detail, "type": "user_changed_user_id", "user_id": after.user_id}
            sender = {"from_user_id": before.user_id}
            self._delivery.post(system_webhook(number, sender, wamid, now, system))
        told = {"contacts": [{"user_id": after.user_id}], "user_id_update": [{**change, "detail": detail}]}
        self._delivery.post(envelope(number, told, field="user_id_update"))

    def _tell(self, number: SimulatedNumber, field: str, news: dict[str, Any]) -> None:
        value = news if field == "account_update" else {"display_phone_number": number.display_digits, **news}
        self._delivery.post(account_webhook(number.waba_id, field, value, self._clock().timestamp()))
