"""The customer's side: what a person does on the phone."""

import asyncio
import base64
from typing import Any

from marchante.simulator.chats import ChatKey, ChatStore, Entry
from marchante.simulator.config import Clock, SimulatedCustomer, SimulatedNumber
from marchante.simulator.delivery import Webhook, WebhookDelivery
from marchante.simulator.errors import unexpected
from marchante.simulator.faults import INCOMING_FAULTS, Fault, FaultKind, Target
from marchante.simulator.identifiers import new_wamid
from marchante.simulator.media import MediaStore
from marchante.simulator.payloads import customer_message, echo_webhook, message_webhook, without
from marchante.simulator.samples import SAMPLES, Sample
from marchante.simulator.sending import Sending
from marchante.simulator.statuses import StatusProgress
from marchante.simulator.streams import ChatStreams

TYPING_SECONDS = 25.0
_REORDER_WAIT_SECONDS = 2.0


class Phones:
    """Sends what customers write and shows them as readers of what the shop sent."""

    def __init__(
        self,
        store: ChatStore,
        media: MediaStore,
        delivery: WebhookDelivery,
        statuses: StatusProgress,
        sending: Sending,
        streams: ChatStreams,
        clock: Clock,
    ) -> None:
        self._store = store
        self._media = media
        self._delivery = delivery
        self._statuses = statuses
        self._sending = sending
        self._streams = streams
        self._clock = clock
        self.public_url = ""
        self._turns: dict[ChatKey, asyncio.Lock] = {}
        self._later: dict[ChatKey, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def write(
        self,
        customer: SimulatedCustomer,
        number: SimulatedNumber,
        kind: str,
        content: dict[str, Any],
        at: float | None = None,
        omit: frozenset[str] = frozenset(),
    ) -> str:
        """Send a message to a shop and return its wamid; the webhook leaves in the background.

        `content` holds the type's object as the webhook shows it, with `context` for an answer. `at` back-dates the
        message (unix seconds), as when a phone was without signal. `omit` names parts left out of the webhook. The
        message of a person whom the shop blocked never reaches it.
        """
        written_at = self._clock().timestamp() if at is None else at
        wamid = new_wamid(customer.wa_id, from_customer=True)
        message = customer_message(customer, wamid, written_at, kind, content)
        entry = Entry(
            direction="out",
            wamid=wamid,
            at=written_at,
            type=kind,
            body=message,
            phone_number_id=number.phone_number_id,
            wa_id=customer.wa_id,
            status="sent",
        )
        self._store.add_entry(entry)
        self._streams.publish(entry.chat, "entry", entry.for_phone())
        self._sending.pacing.incoming(number, self._clock().timestamp())
        target = Target(number.phone_number_id, customer.wa_id, kind, str(content))
        faults = self._sending.faults.meet(target, INCOMING_FAULTS)
        if customer.wa_id in self._sending.standings.of(number.phone_number_id).blocked:
            return wamid
        payload = without(message_webhook(number, customer, message), omit)
        task = asyncio.create_task(self._deliver(entry, payload, faults))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return wamid

    def write_by_hand(self, customer: SimulatedCustomer, number: SimulatedNumber, text: str) -> str:
        """A person at the shop answers from the WhatsApp Business app; the product hears of it by an echo."""
        entry = Entry(
            direction="in",
            wamid=new_wamid(customer.wa_id, from_customer=False),
            at=self._clock().timestamp(),
            type="text",
            body={"type": "text", "text": {"body": text}},
            phone_number_id=number.phone_number_id,
            wa_id=customer.wa_id,
            status="delivered",
            seen=True,
            typed_by_hand=True,
        )
        self._store.add_entry(entry)
        self._streams.publish(entry.chat, "entry", entry.for_phone())
        self._delivery.post(echo_webhook(number, customer, entry))
        return entry.wamid

    def attach(self, number: SimulatedNumber, kind: str, given: Sample | None, caption: str | None) -> dict[str, Any]:
        """The media object of a customer's message; without a file the phone sends its sample of that kind."""
        sample = given if given is not None else SAMPLES[kind]
        stored = self._media.receive(number.phone_number_id, sample.mime_type, sample.content, sample.filename)
        media: dict[str, Any] = {
            "mime_type": stored.mime_type,
            "sha256": base64.b64encode(stored.sha256).decode("ascii"),
            "id": stored.id,
            "url": self._media.url(stored, self.public_url),
        }
        if caption is not None and kind in {"image", "video", "document"}:
            media["caption"] = caption
        extras: dict[str, dict[str, Any]] = {
            "audio": {"voice": sample.mime_type.startswith("audio/ogg")},
            "sticker": {"animated": False},
            "document": {"filename": sample.filename or "archivo"},
        }
        return {**media, **extras.get(kind, {})}

    def seen(self, chat: ChatKey) -> None:
        """The chat is open before the person's eyes: everything the shop sent is read."""
        for entry in self._store.chat(chat):
            if entry.direction == "in" and not entry.seen:
                self._statuses.read_by_customer(entry)

    def read_by_shop(self, number: SimulatedNumber, wamid: str, *, typing: bool) -> None:
        """The shop marked a message (and all before it) as read. Raises GraphError 100 for a message it never got."""
        entry = self._store.entries.get(wamid)
        if entry is None or entry.direction != "out" or entry.phone_number_id != number.phone_number_id:
            raise unexpected("message_id", "is not a message this number received")
        for earlier in self._store.chat(entry.chat):
            if earlier.direction == "out" and self._store.advance(earlier, "read"):
                self._streams.publish(entry.chat, "read", {"wamid": earlier.wamid})
            if earlier is entry:
                break
        if typing:
            until = self._clock().timestamp() + TYPING_SECONDS
            self._streams.publish(entry.chat, "typing", {"until": until})

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _deliver(self, entry: Entry, payload: dict[str, Any], faults: dict[FaultKind, Fault]) -> None:
        """One webhook at a time per chat (until its first try), so that a healthy shop gets messages as written."""
        self._later.pop(entry.chat, asyncio.Event()).set()
        if "reorder_webhooks" in faults:
            await self._overtaken(entry.chat)
        duplicates = faults.get("duplicate_webhooks")
        copies = 1 if duplicates is None else int(duplicates.options.get("copies", 2))
        async with self._turns.setdefault(entry.chat, asyncio.Lock()):
            webhook = self._delivery.post(payload, copies=copies)
            await webhook.attempted.wait()
        await self._show_delivered(entry, webhook)

    async def _overtaken(self, chat: ChatKey) -> None:
        """Wait until the next message of the chat has left, or a moment when none comes."""
        overtaking = self._later[chat] = asyncio.Event()
        try:
            await asyncio.wait_for(overtaking.wait(), _REORDER_WAIT_SECONDS)
        except TimeoutError:
            return
        await asyncio.sleep(0)

    async def _show_delivered(self, entry: Entry, webhook: Webhook) -> None:
        await webhook.finished.wait()
        if webhook.delivered and self._store.advance(entry, "delivered"):
            self._streams.publish(entry.chat, "status", {"wamid": entry.wamid, "status": "delivered"})
