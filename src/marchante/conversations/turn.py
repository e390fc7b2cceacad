"""One turn: everything pending of one conversation becomes one answer, in one transaction of its company.

    lock the conversation → read what is pending → who wrote → what is known → the pure step
    → orders, addresses, handoff → session, history, outbox and inbox in one statement → commit

Nothing here calls the network. A turn that fails leaves nothing behind: its messages are still pending.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec
import structlog

from marchante.campaigns.domain import active_campaign
from marchante.catalog.snapshots import CatalogCache
from marchante.channels.whatsapp.messages import OutboundMessage, Text, payload
from marchante.companies.domain import CompanySettings
from marchante.conversations import claims, engine, repository
from marchante.conversations.carrying_out import Carried, Place, carry_out
from marchante.conversations.claims import Claim, LockedConversation, PendingRow
from marchante.conversations.finishing import FinishedTurn, OutgoingRow, finish
from marchante.conversations.flows import error_handling
from marchante.conversations.inputs import TimerFired
from marchante.conversations.lookups import Places
from marchante.conversations.replies.es import service as copy
from marchante.conversations.state import Session, restored
from marchante.conversations.table import StateName
from marchante.conversations.transcript import spoken
from marchante.conversations.translation import Heard, hear
from marchante.conversations.view import ShopView
from marchante.conversations.writer import who_wrote
from marchante.coverage.service import ZoneCache
from marchante.customers.domain import CustomerRow
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.jobs.alerts import raise_alert
from marchante.foundation.kernel.clock import Clock
from marchante.handoff import service as handoff
from marchante.handoff.domain import returns_at
from marchante.media.incoming import note
from marchante.orders import repository as orders
from marchante.orders.domain import Order

log = structlog.get_logger(__name__)

# After this many turns that did not finish, the oldest message is set aside and a person is asked.
MAX_ATTEMPTS = 5
WINDOW = timedelta(hours=24)
SUSPENDED = "suspended"
_ORDERS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class TurnDone:
    """What a committed turn did: messages handled, messages queued for the sender."""

    handled: int
    queued: int


@dataclass(frozen=True)
class _Scene:
    """Everything one turn has read."""

    claim: Claim
    company: LockedConversation
    rows: Sequence[PendingRow]
    heard: Heard
    customer: CustomerRow
    session: Session
    view: ShopView
    last_customer_at: datetime


class Turns:
    def __init__(self, database: Database, catalogs: CatalogCache, clock: Clock) -> None:
        self._database = database
        self._catalogs = catalogs
        self._zones = ZoneCache()
        self._clock = clock

    async def take(self, claim: Claim, places: Places | None = None) -> TurnDone | None:
        """Answer what is pending of one conversation; None when nothing is left. `places`: see `lookups.py`."""
        async with self._database.company(claim.schema) as connection:
            company = await claims.lock_conversation(connection, claim)
            if company is None:
                return None
            rows = await claims.pending(connection, claim)
            if not rows:
                await claims.postpone(connection, claim, self._clock.now())
                return None
            structlog.contextvars.bind_contextvars(trace_id=rows[-1].trace_id, company=claim.slug)
            # Once a turn has failed, one message at a time: so the one that kills it is found and set aside alone.
            taken = rows if claim.attempts == 1 else rows[:1]
            if _is_hopeless(claim, rows[0]):
                return await self._bury(connection, claim, rows[0])
            scene = await self._look(connection, claim, company, taken, places or {})
            if claim.attempts > MAX_ATTEMPTS:
                return await self._set_aside(connection, scene)
            await _note_files(connection, scene)
            carried = await self._decide(connection, scene)
            return await self._finish(connection, scene, carried)

    async def _look(
        self,
        connection: Connection,
        claim: Claim,
        company: LockedConversation,
        rows: Sequence[PendingRow],
        places: Places,
    ) -> _Scene:
        now = self._clock.now()
        customer = await who_wrote(connection, claim, rows, now)
        settings = msgspec.convert(company.settings, CompanySettings)
        state = await repository.load_state(connection, customer.id, now if settings.slot_capacity else None)
        heard = hear(rows, now, places)
        view = ShopView(
            slug=claim.slug,
            name=company.name,
            business_type=company.business_type,
            settings=settings,
            zone=ZoneInfo(company.timezone),
            catalog=await self._catalogs.get(connection, claim.company_id, state.catalog_version),
            sold_out=frozenset(state.sold_out),
            customer=customer.customer,
            last_orders=() if customer.customer.is_new else await _last_orders(connection, customer.id),
            handoff=state.handoff,
            now=now,
            zones=await self._zones.get(connection, claim.company_id, company.version),
            booked=state.booked,
            campaign=active_campaign(company.active_campaign, settings.campaign_picture),
        )
        return _Scene(
            claim=claim,
            company=company,
            rows=rows,
            heard=heard,
            customer=customer,
            session=restored(state.session) if state.session else engine.new_session(uuid4()),
            view=view,
            last_customer_at=heard.last_customer_at or await _last_heard(connection, customer.id, rows[-1], now),
        )

    async def _decide(self, connection: Connection, scene: _Scene) -> Carried:
        """The pure step and what it asked for. The shop's own word, or a suspension, leaves the bot silent."""
        if scene.company.status == SUSPENDED:
            return await _suspended(connection, scene)
        place = _place(scene)
        if scene.heard.human_spoke_at is not None:
            return await _person_spoke(connection, scene, place, scene.heard.human_spoke_at)
        if not scene.heard.inputs:
            return Carried(scene.session, human_since=place.human_since)
        step = engine.run(scene.session, scene.heard.inputs, scene.view)
        return await carry_out(connection, place, step, scene.view)

    async def _set_aside(self, connection: Connection, scene: _Scene) -> TurnDone:
        """Dead-letter the message no turn survived; apologise, and ask for a person. The next ones go on."""
        poison = scene.rows[0]
        await _alert_of_poison(connection, scene.claim, poison, scene.view.now)
        step = error_handling.set_aside(scene.session, scene.view.settings.treatment)
        carried = await carry_out(connection, _place(scene), step, scene.view)
        incoming = tuple(replace(row, outcome="dead_letter", text="") for row in scene.heard.incoming)
        return await self._finish(connection, replace(scene, heard=replace(scene.heard, incoming=incoming)), carried)

    async def _bury(self, connection: Connection, claim: Claim, poison: PendingRow) -> TurnDone:
        """Dead-letter what can neither be answered nor apologised for: it cannot be read, or nobody wrote it."""
        now = self._clock.now()
        await _alert_of_poison(connection, claim, poison, now)
        await claims.bury(connection, claim, poison.id, now)
        return TurnDone(handled=1, queued=0)

    async def _finish(self, connection: Connection, scene: _Scene, carried: Carried) -> TurnDone:
        session = msgspec.to_builtins(carried.session, builtin_types=())
        turn = FinishedTurn(
            company_id=scene.claim.company_id,
            customer_key=scene.claim.customer_key,
            customer_id=scene.customer.id,
            phone_number_id=scene.rows[-1].phone_number_id,
            recipient_phone=scene.customer.wa_id,
            recipient_bsuid=scene.customer.bsuid,
            session={"previous_state": None, "flow_version": carried.session.flow_version}
            | session
            | {"session_id": carried.session.session_id, "state": carried.session.state},
            expires_at=_expires_at(carried.session, scene.view),
            incoming=scene.heard.incoming,
            outgoing=[_outgoing(message) for message in carried.messages],
            timers=carried.timers,
            window_until=scene.last_customer_at + WINDOW,
            human_since=carried.human_since,
            trace_id=scene.rows[-1].trace_id,
            now=scene.view.now,
            phrases=carried.phrases,
            timezone=scene.company.timezone,
        )
        queued = await finish(connection, turn)
        log.info("turn.done", handled=len(scene.rows), queued=queued, state=carried.session.state)
        return TurnDone(len(scene.rows), queued)


def _expires_at(session: Session, view: ShopView) -> datetime:
    """A farewell closes the session; else it lasts as long as the company lets an order wait."""
    closed = session.state == StateName.GOODBYE
    return view.now if closed else view.now + timedelta(hours=view.settings.session_hours)


def _is_hopeless(claim: Claim, oldest: PendingRow) -> bool:
    """No turn survived it and the customer cannot be told: that did not work either, or they wrote nothing."""
    patience = MAX_ATTEMPTS + 1 if oldest.kind == "message" else MAX_ATTEMPTS
    return claim.attempts > patience


async def _alert_of_poison(connection: Connection, claim: Claim, poison: PendingRow, now: datetime) -> None:
    attempts = claim.attempts - 1
    log.error("turn.message_set_aside", inbox_id=poison.id, kind=poison.kind, attempts=attempts)
    await raise_alert(
        connection,
        code="message_set_aside",
        severity="critical",
        message="a message was set aside after failing repeatedly",
        company_id=claim.company_id,
        data={"inbox_id": poison.id, "kind": poison.kind, "attempts": attempts},
        fingerprint=f"message_set_aside:{poison.id}",
        now=now,
    )


async def _note_files(connection: Connection, scene: _Scene) -> None:
    """Whatever file came is fetched after the turn: Meta keeps it for days only, and nothing calls it from here."""
    for message in scene.heard.files:
        await note(
            connection,
            company_id=scene.claim.company_id,
            customer_id=scene.customer.id,
            phone_number_id=scene.rows[-1].phone_number_id,
            message=message,
            now=scene.view.now,
        )


async def _last_heard(connection: Connection, customer_id: int, row: PendingRow, now: datetime) -> datetime:
    """When the customer last wrote to this number: each number of the shop has a 24-hour window of its own."""
    return await repository.last_heard_by(connection, customer_id, row.phone_number_id, now - WINDOW) or now - WINDOW


async def _last_orders(connection: Connection, customer_id: int) -> tuple[Order, ...]:
    return tuple(await orders.last_orders(connection, customer_id, _ORDERS_SHOWN))


def _place(scene: _Scene) -> Place:
    return Place(
        company_id=scene.claim.company_id,
        customer_id=scene.customer.id,
        customer_key=scene.claim.customer_key,
        phone_number_id=scene.rows[-1].phone_number_id,
        human_since=scene.company.human_since,
        owner_phone=scene.company.owner_phone,
        trace_id=scene.rows[-1].trace_id,
    )


async def _suspended(connection: Connection, scene: _Scene) -> Carried:
    """One polite answer; after that what customers write is only kept. The flows do not know this state, so that the
    first message after the company is back resumes at the menu with the cart kept.

    A person's time ends all the same, or the bot would be silent for ever after.
    """
    human_since, wrote_at = scene.company.human_since, scene.heard.last_customer_at
    fired = {each.kind for each in scene.heard.inputs if isinstance(each, TimerFired)}
    if "handoff_return" in fired or ("handoff_unanswered" in fired and scene.view.handoff == "requested"):
        await handoff.close(connection, scene.customer.id, "timeout", scene.view.now)
        human_since = None
    if scene.session.state == SUSPENDED or wrote_at is None or scene.view.now - wrote_at >= WINDOW:
        return Carried(scene.session, human_since=human_since)
    session = msgspec.structs.replace(scene.session, state=SUSPENDED)
    return Carried(session, messages=(Text(copy.suspended(scene.view.name)),), human_since=human_since)


async def _person_spoke(connection: Connection, scene: _Scene, place: Place, at: datetime) -> Carried:
    """The shop answered from its own phone: the bot is silent until the rule of return gives it back."""
    taken_over = await handoff.person_spoke(connection, place, at)
    back = returns_at(taken_over, scene.view.settings, scene.view.now)
    timers = {"handoff_unanswered": None, "handoff_return": back}
    # Since now, not since `at`: what the bot queued before it heard of the person is not sent either.
    return Carried(scene.session, timers=timers, human_since=scene.company.human_since or scene.view.now)


def _outgoing(message: OutboundMessage) -> OutgoingRow:
    body = payload(message)
    return OutgoingRow(str(body["type"]), body, spoken(message))
