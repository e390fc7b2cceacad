"""The simulator put together: its parts, its start, its stop and what it takes back from the journal."""

import logging
from dataclasses import dataclass
from typing import Any

from marchante.simulator.chats import ChatStore, Entry
from marchante.simulator.commerce import MetaCatalogs
from marchante.simulator.config import Clock, SimulatedCustomer, SimulatedNumber, SimulatorConfig
from marchante.simulator.delivery import WebhookDelivery
from marchante.simulator.events import Events
from marchante.simulator.journal import Journal
from marchante.simulator.media import MediaStore
from marchante.simulator.message_templates import Template, TemplateStore
from marchante.simulator.phone import Phones
from marchante.simulator.sending import Sending
from marchante.simulator.standing import Standings
from marchante.simulator.statuses import StatusProgress
from marchante.simulator.streams import ChatStreams
from marchante.simulator.template_reviews import TemplateReviews
from marchante.simulator.tokens import Tokens

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A send that was not accepted: when, for which number, the request and Graph's answer."""

    at: float
    phone_number_id: str
    request: dict[str, Any]
    status: int
    error: dict[str, Any]

    def for_tests(self) -> dict[str, Any]:
        return {
            "at": self.at,
            "phone_number_id": self.phone_number_id,
            "to": self.request.get("to"),
            "request": self.request,
            "status": self.status,
            "error": self.error,
        }


class Simulator:
    """One running simulator."""

    def __init__(self, config: SimulatorConfig, clock: Clock) -> None:
        self.config = config
        self.clock = clock
        self.journal = Journal(config.journal)
        self.store = ChatStore(self.journal)
        self.media = MediaStore(self.journal, clock)
        self.tokens = Tokens(config, self.store, clock)
        self.standings = Standings()
        self.catalogs = MetaCatalogs()
        self.templates = TemplateStore(self.journal, reviewed=config.template_review_seconds > 0)
        self.delivery = WebhookDelivery(config, self.journal, clock)
        self.reviews = TemplateReviews(config, self.templates, self.delivery, clock)
        self.streams = ChatStreams()
        self.statuses = StatusProgress(config, self.store, self.delivery, self.streams, clock)
        self.sending = Sending(
            config, self.store, self.media, self.templates, self.standings, self.statuses, self.streams, clock
        )
        self.phones = Phones(self.store, self.media, self.delivery, self.statuses, self.sending, self.streams, clock)
        self.events = Events(self.store, self.standings, self.delivery, clock)
        self.refusals: list[Refusal] = []
        self.subscribed_accounts: set[str] = set()
        self.public_url = config.public_url

    @property
    def public_url(self) -> str:
        """How others reach the simulator; known at last when it is served."""
        return self.phones.public_url

    @public_url.setter
    def public_url(self, url: str) -> None:
        self.phones.public_url = url.rstrip("/")

    async def start(self) -> None:
        """Take back the journal, add what the configuration names (it wins) and begin to deliver."""
        for event, data in self.journal.events():
            try:
                self._restore(event, data)
            except (TypeError, KeyError, ValueError):
                _log.warning("the simulator's journal holds a '%s' this version does not understand", event)
        configured = {number.phone_number_id: number for number in self.config.numbers}
        self.store.numbers = {**configured, **self.store.numbers, **configured}
        self.journal.open()
        for customer in self.config.customers:
            if self.store.customers.get(customer.wa_id) != customer:
                self.store.add_customer(customer)
        for entry in self.store.sent_by_shops():
            if entry.pricing is not None and entry.pricing["category"] == "service":
                self.statuses.meter.count(entry.phone_number_id, entry.at)
        await self.delivery.start()
        self.statuses.resume_all()
        self.reviews.resume_all()

    async def stop(self) -> None:
        self.streams.close()
        await self.phones.stop()
        await self.reviews.stop()
        await self.statuses.stop()
        await self.delivery.stop()
        self.journal.close()

    def refused(self, phone_number_id: str, request: dict[str, Any], status: int, error: dict[str, Any]) -> None:
        self.refusals.append(Refusal(self.clock().timestamp(), phone_number_id, request, status, error))

    def _restore(self, event: str, data: dict[str, Any]) -> None:
        match event:
            case "number":
                self.store.add_number(SimulatedNumber(**{**data, "tokens": tuple(data["tokens"])}))
            case "customer":
                self.store.add_customer(SimulatedCustomer(**data))
            case "customer_moved":
                self.store.forget_customer(data["wa_id"])
            case "entry":
                failure = data["failure"]
                self.store.add_entry(Entry(**{**data, "failure": None if failure is None else tuple(failure)}))
            case "status":
                self._restore_status(data)
            case "sent_forgotten":
                self.store.forget_sent()
            case "template" | "template_deleted":
                self._restore_template(event, data)
            case "media" | "media_deleted":
                self._restore_media(event, data)
            case "webhook" | "webhook_finished":
                self._restore_webhook(event, data)

    def _restore_template(self, event: str, data: dict[str, Any]) -> None:
        if event == "template":
            self.templates.keep(Template(**data))
        else:
            self.templates.forget(**data)

    def _restore_webhook(self, event: str, data: dict[str, Any]) -> None:
        if event == "webhook":
            self.delivery.restore(data["id"], data["body"], data["created_at"])
        else:
            self.delivery.restore_finished(data["id"])

    def _restore_status(self, data: dict[str, Any]) -> None:
        entry = self.store.entries.get(data["wamid"])
        if entry is not None:
            entry.pricing = data["pricing"]
            self.store.advance(entry, data["status"])

    def _restore_media(self, event: str, data: dict[str, Any]) -> None:
        if event == "media":
            self.media.restore(data)
        else:
            self.media.forget(data["id"])
