"""What happens to an accepted message: sent, delivered, read, or failed."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from marchante.simulator.chats import ChatStore, Entry
from marchante.simulator.config import Clock, SimulatorConfig
from marchante.simulator.delivery import Webhook, WebhookDelivery
from marchante.simulator.errors import asynchronous_error
from marchante.simulator.payloads import status_webhook
from marchante.simulator.streams import ChatStreams

_BILLED = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "service"}
_FREE = {"billable": False, "pricing_model": "PMP", "type": "free_customer_service", "category": "service"}
_ENTRY_POINT = {"billable": False, "pricing_model": "PMP", "type": "free_entry_point"}
ENTRY_POINT_SECONDS = 72 * 60 * 60
PAYMENT_PROBLEM = (131042, "The business account has no valid payment method.")


@dataclass(frozen=True, slots=True)
class StatusPlan:
    """How the statuses of one message travel; the default is Meta on a good day."""

    suppressed: bool = False
    copies: int = 1
    reordered: bool = False
    skips_delivered: bool = False


class ServiceMeter:
    """Counts free-form messages per number and calendar month: the first ones are free."""

    def __init__(self, config: SimulatorConfig) -> None:
        self._free = config.free_service_messages
        self._zone = ZoneInfo(config.timezone)
        self._counted: dict[tuple[str, str], int] = {}

    def within_free_tier(self, phone_number_id: str, at: float) -> bool:
        return self._counted.get(self._month(phone_number_id, at), 0) < self._free

    def count(self, phone_number_id: str, at: float) -> None:
        month = self._month(phone_number_id, at)
        self._counted[month] = self._counted.get(month, 0) + 1

    def _month(self, phone_number_id: str, at: float) -> tuple[str, str]:
        return phone_number_id, f"{datetime.fromtimestamp(at, self._zone):%Y-%m}"


class StatusProgress:
    """Moves each accepted message forward in a task of its own and reports every step by webhook."""

    def __init__(
        self, config: SimulatorConfig, store: ChatStore, delivery: WebhookDelivery, streams: ChatStreams, clock: Clock
    ) -> None:
        self._config = config
        self._store = store
        self._delivery = delivery
        self._streams = streams
        self._clock = clock
        self.meter = ServiceMeter(config)
        self._plans: dict[str, StatusPlan] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, entry: Entry, plan: StatusPlan) -> asyncio.Task[None]:
        """Start the life of a message; the task ends when nothing but the reader's eye can move it."""
        self._plans[entry.wamid] = plan
        return self._spawn(self._live(entry))

    def resume_all(self) -> None:
        """Take up the messages that an earlier run left between accepted and delivered.

        A number that is not configured any more has nobody to tell.
        """
        for entry in self._store.sent_by_shops():
            unfinished = entry.status in {None, "sent"} and entry.type != "reaction"
            if unfinished and entry.phone_number_id in self._store.numbers:
                self.begin(entry, StatusPlan())

    @property
    def at_rest(self) -> bool:
        """Nothing is on its way to a status."""
        return not self._tasks

    def suppressed(self, wamid: str) -> bool:
        """Whether nobody was ever told what became of this message."""
        return self._plans.get(wamid, StatusPlan()).suppressed

    def read_by_customer(self, entry: Entry) -> None:
        """The phone showed the message: read now if it was delivered, else right after it is."""
        entry.seen = True
        if entry.status == "delivered":
            self._spawn(self._report(entry, "read"))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _live(self, entry: Entry) -> None:
        await asyncio.sleep(self._config.delays.sent)
        self._price(entry)
        if entry.failure is not None:
            await self._report(entry, "failed")
            return
        if entry.type == "reaction":
            await self._report(entry, "sent")
            return
        if self._plan(entry).reordered:
            await self._live_backwards(entry)
            return
        await self._report(entry, "sent")
        if self._unpaid(entry):
            return
        await asyncio.sleep(self._config.delays.delivered)
        if not self._plan(entry).skips_delivered:
            await self._report(entry, "delivered")
        await self._read_if_seen(entry)

    async def _live_backwards(self, entry: Entry) -> None:
        """Everything happened in order; only the webhooks leave the other way round."""
        await asyncio.sleep(self._config.delays.delivered)
        for status in ("sent", "delivered"):
            self._advance(entry, status)
        for status in ("delivered", "sent"):
            await self._attempted(self._post(entry, status))
        await self._read_if_seen(entry)

    async def _read_if_seen(self, entry: Entry) -> None:
        if self._config.delays.read is not None:
            await asyncio.sleep(self._config.delays.read)
        elif not entry.seen and not self._plan(entry).skips_delivered:
            return
        await self._report(entry, "read")

    async def _report(self, entry: Entry, status: str) -> None:
        if self._advance(entry, status):
            await self._attempted(self._post(entry, status))

    def _advance(self, entry: Entry, status: str) -> bool:
        if not self._store.advance(entry, status):
            return False
        event: dict[str, object] = {"wamid": entry.wamid, "status": status}
        if status == "failed" and entry.failure is not None:
            event["error"] = asynchronous_error(*entry.failure)
        self._streams.publish(entry.chat, "status", event)
        return True

    def _post(self, entry: Entry, status: str) -> Webhook | None:
        plan = self._plan(entry)
        if plan.suppressed:
            return None
        errors = [asynchronous_error(*entry.failure)] if status == "failed" and entry.failure is not None else []
        number = self._store.numbers[entry.phone_number_id]
        customer = self._store.customers.get(entry.wa_id)
        now = self._clock().timestamp()
        payload = status_webhook(
            number, customer, entry, status, now, errors, with_pricing=_shows_pricing(status, plan)
        )
        return self._delivery.post(payload, copies=plan.copies)

    async def _attempted(self, webhook: Webhook | None) -> None:
        """Wait for the first try, so that a healthy receiver gets the statuses of one message in order."""
        if webhook is not None:
            await webhook.attempted.wait()

    def _price(self, entry: Entry) -> None:
        """What Meta charges for it: a failure when it would charge and nobody pays."""
        known = entry.pricing is not None and entry.type != "template"
        if entry.failure is not None or entry.type == "reaction" or known:
            return
        now = self._clock().timestamp()
        category = "service" if entry.pricing is None else str(entry.pricing["category"])
        entered_at = self._store.entered_by_ad_at(entry.chat)
        free_service = category == "service" and self.meter.within_free_tier(entry.phone_number_id, now)
        if entered_at is not None and now - entered_at <= ENTRY_POINT_SECONDS:
            entry.pricing = {**_ENTRY_POINT, "category": "referral_conversion"}
        elif free_service or self._store.numbers[entry.phone_number_id].payment_method:
            entry.pricing = dict(_FREE) if free_service else {**_BILLED, "category": category}
            if category == "service":
                self.meter.count(entry.phone_number_id, now)
        else:
            entry.pricing = None
            entry.failure = None if self._config.unpaid_stays_sent else PAYMENT_PROBLEM

    def _unpaid(self, entry: Entry) -> bool:
        """Accepted, told as sent, and then nothing: Meta waits for somebody to pay."""
        number = self._store.numbers[entry.phone_number_id]
        return self._config.unpaid_stays_sent and not number.payment_method and entry.pricing is None

    def _plan(self, entry: Entry) -> StatusPlan:
        return self._plans.get(entry.wamid, StatusPlan())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _shows_pricing(status: str, plan: StatusPlan) -> bool:
    """`sent` carries it, and one of delivered and read does."""
    return status in {"sent", "delivered"} or (status == "read" and plan.skips_delivered)
