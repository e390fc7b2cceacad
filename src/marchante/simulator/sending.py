"""The shop's side: what POST /messages accepts and what it refuses."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from marchante.simulator.attachments import media_ids
from marchante.simulator.chats import ChatStore, Entry
from marchante.simulator.config import Clock, SimulatedNumber, SimulatorConfig
from marchante.simulator.errors import GraphError
from marchante.simulator.faults import SEND_FAULTS, Fault, FaultKind, Faults, Target
from marchante.simulator.identifiers import new_wamid
from marchante.simulator.limits import check_message
from marchante.simulator.links import unreachable_link
from marchante.simulator.magic_numbers import played_at_once, played_later
from marchante.simulator.media import MediaStore
from marchante.simulator.message_templates import TemplateStore
from marchante.simulator.pacing import Pacing
from marchante.simulator.recipients import Recipient, resolve
from marchante.simulator.standing import Standings
from marchante.simulator.statuses import StatusPlan, StatusProgress
from marchante.simulator.streams import ChatStreams

WINDOW_SECONDS = 24 * 60 * 60
_OWN_FIELDS = frozenset({"messaging_product", "recipient_type", "to", "recipient", "biz_opaque_callback_data"})
_WINDOW_CLOSED = (
    131047,
    "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
)
_UNDELIVERABLE = (131026, "Message Undeliverable.")


class ConnectionCut(Exception):
    """The answer that never comes: the connection is to be dropped without a byte."""


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """An answer that is not Graph's JSON, such as the HTML page of a broken proxy."""

    status: int
    body: str
    content_type: str


class Sending:
    """Accepts sends as Meta would, with the faults a test ordered."""

    def __init__(
        self,
        config: SimulatorConfig,
        store: ChatStore,
        media: MediaStore,
        templates: TemplateStore,
        standings: Standings,
        statuses: StatusProgress,
        streams: ChatStreams,
        clock: Clock,
    ) -> None:
        self._config = config
        self._store = store
        self._media = media
        self._templates = templates
        self.standings = standings
        self._statuses = statuses
        self._streams = streams
        self._clock = clock
        self.faults = Faults(config.seed)
        self._pacing = Pacing()

    @property
    def pacing(self) -> Pacing:
        return self._pacing

    async def accept(self, number: SimulatedNumber, request: dict[str, Any]) -> dict[str, Any] | RawAnswer:
        """Take one message and answer as Meta does.

        Raises GraphError for a refusal and ConnectionCut when a fault drops the connection.
        """
        self.standings.of(number.phone_number_id).must_send()
        check_message(request)
        self._check_media(number, request)
        recipient = resolve(self._config, self._store, number, request)
        self._refuse_for(number, recipient)
        kind = str(request.get("type", "text"))
        faults = self.faults.meet(_target(number, recipient, kind, request), SEND_FAULTS) if self.faults.all() else {}
        broken = await _before_accepting(faults)
        if broken is not None:
            return broken
        entry = self._keep(number, recipient, kind, request, faults.get("error"))
        if self._config.fetch_links and entry.failure is None:
            entry.failure = await unreachable_link(entry.body)
        progress = self._statuses.begin(entry, _plan(faults))
        await self._after_accepting(faults, progress)
        message: dict[str, Any] = {"id": entry.wamid}
        if kind == "template":
            message["message_status"] = "accepted"
        return {"messaging_product": "whatsapp", "contacts": [recipient.contact()], "messages": [message]}

    def _keep(
        self, number: SimulatedNumber, recipient: Recipient, kind: str, request: dict[str, Any], error: Fault | None
    ) -> Entry:
        now = self._clock().timestamp()
        chat = (recipient.wa_id, number.phone_number_id)
        failure = self._failure(chat, recipient, kind, now) if error is None else _scripted_failure(error)
        pricing = self._template_pricing(number, request["template"]) if kind == "template" else None
        if self._config.pacing:
            self._pacing.outgoing(number, chat, now)
        user_digits = recipient.digits or "0"
        entry = Entry(
            direction="in",
            wamid=new_wamid(user_digits, from_customer=False),
            at=now,
            type=kind,
            body={key: value for key, value in request.items() if key not in _OWN_FIELDS},
            phone_number_id=number.phone_number_id,
            wa_id=recipient.wa_id,
            to=recipient.given,
            callback_data=request.get("biz_opaque_callback_data"),
            failure=failure,
            pricing=pricing,
        )
        self._store.add_entry(entry)
        self._streams.publish(chat, "entry", entry.for_phone())
        return entry

    def _refuse_for(self, number: SimulatedNumber, recipient: Recipient) -> None:
        """A number that plays an error, or a person whom the shop itself has blocked."""
        code = played_at_once(recipient.digits)
        if code is not None:
            raise GraphError(code, "Ordered by the number that was written to.")
        if recipient.wa_id in self.standings.of(number.phone_number_id).blocked:
            raise GraphError(130403, "The business has blocked this user.")

    def _failure(self, chat: tuple[str, str], recipient: Recipient, kind: str, now: float) -> tuple[int, str] | None:
        """Why Meta will not deliver an accepted message, or None."""
        code = played_later(recipient.digits)
        if code is not None:
            return code, "Ordered by the number that was written to."
        if not recipient.known and (self._config.strict_recipients or recipient.by_user_id):
            return _UNDELIVERABLE
        if kind == "template" or not self._config.enforce_window:
            return None
        written_at = self._store.last_written_at(chat)
        if written_at is None or now - written_at > WINDOW_SECONDS:
            return _WINDOW_CLOSED
        return None

    def _template_pricing(self, number: SimulatedNumber, sent: dict[str, Any]) -> dict[str, Any]:
        template = self._templates.check(number.waba_id, sent, strict=self._config.strict_templates)
        category = "utility" if template is None else template.category.lower()
        return {"billable": True, "pricing_model": "PMP", "type": "regular", "category": category}

    async def _after_accepting(self, faults: dict[FaultKind, Fault], progress: asyncio.Task[None]) -> None:
        if "status_before_answer" in faults:
            await progress
        delay = faults.get("delay")
        if delay is not None and not delay.options.get("before_accept"):
            await asyncio.sleep(float(delay.options.get("seconds", 1)))
        if "close_after_accept" in faults:
            raise ConnectionCut

    def _check_media(self, number: SimulatedNumber, request: dict[str, Any]) -> None:
        for path, media_id in media_ids(request):
            if not self._media.owned(media_id, number.phone_number_id):
                raise GraphError(
                    100, f"Param {path}['id'] is not a valid whatsapp business account media attachment ID"
                )


def _target(number: SimulatedNumber, recipient: Recipient, kind: str, request: dict[str, Any]) -> Target:
    return Target(
        phone_number_id=number.phone_number_id,
        wa_id=recipient.wa_id,
        type=kind,
        text=json.dumps(request, ensure_ascii=False),
        sent_digits=recipient.digits,
    )


async def _before_accepting(faults: dict[FaultKind, Fault]) -> RawAnswer | None:
    """What goes wrong before the message is taken: a delay, a refusal, a dropped connection, a broken answer."""
    delay = faults.get("delay")
    if delay is not None and delay.options.get("before_accept"):
        await asyncio.sleep(float(delay.options.get("seconds", 1)))
    error = faults.get("error")
    if error is not None and not error.options.get("asynchronous"):
        options = error.options
        raise GraphError(
            int(options.get("code", 131000)),
            str(options.get("details", "Ordered by a test.")),
            subcode=options.get("subcode"),
            http_status=options.get("status"),
        )
    if "close_before_accept" in faults:
        raise ConnectionCut
    http = faults.get("http")
    if http is None:
        return None
    body = str(http.options.get("body", "<html><body><h1>502 Bad Gateway</h1></body></html>"))
    return RawAnswer(int(http.options.get("status", 502)), body, str(http.options.get("content_type", "text/html")))


def _scripted_failure(error: Fault) -> tuple[int, str]:
    return int(error.options.get("code", 131000)), str(error.options.get("details", "Ordered by a test."))


def _plan(faults: dict[FaultKind, Fault]) -> StatusPlan:
    duplicates = faults.get("duplicate_webhooks")
    return StatusPlan(
        suppressed="suppress_statuses" in faults,
        copies=1 if duplicates is None else int(duplicates.options.get("copies", 2)),
        reordered="reorder_webhooks" in faults,
        skips_delivered="skip_delivered" in faults,
    )
