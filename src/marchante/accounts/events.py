"""Acts on what Meta tells of our accounts: each event once, in a transaction of its own."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

import structlog
from prometheus_client import Counter

from marchante.accounts import event_repository as repository
from marchante.accounts import people
from marchante.accounts.domain import Consequences, Trouble, consequences
from marchante.accounts.event_repository import AffectedNumber, StoredEvent
from marchante.accounts.templates.news import apply_news
from marchante.channels.whatsapp.accounts import (
    AccountEvent,
    MarketingChoice,
    NumberNews,
    OtherNews,
    TemplateNews,
    UserIdChange,
    decode_account,
    told_at,
)
from marchante.customers.domain import ContactIdentity
from marchante.customers.service import known_customer
from marchante.foundation.database.connection import Connection, ConnectionLost, Database
from marchante.foundation.jobs.alerts import raise_alert, resolve_alert
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.phone import match_key
from marchante.outbox import leases, troubles

log = structlog.get_logger(__name__)

HANDLED = Counter("marchante_account_events_total", "News of accounts, by what became of them", ["outcome"])

MOST_ATTEMPTS = 5
_AT_ONCE = 50
_AWAY = (ConnectionLost, ConnectionError, TimeoutError)


class AccountEvents:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def handle_pending(self) -> int:
        """Handle what waits, each event apart: one that fails costs none of the others. Returns how many were settled:
        nothing to do, or nothing that can be done now, is 0.
        """
        async with self._database.relay() as connection:
            events = await repository.pending(connection, self._clock.now(), _AT_ONCE)
        settled = 0
        for event in events:
            try:
                settled += await self._handle(event)
            except _AWAY:
                raise
            except Exception as error:
                log.exception("account.event_failed", event_id=event.id, field=event.field)
                await self._failed(event, error)
        return settled

    async def _handle(self, event: StoredEvent) -> bool:
        """False: another process has it."""
        news = decode_account(event.raw)
        async with self._database.relay() as connection:
            numbers = await repository.affected(connection, event)
        if any(isinstance(each, MarketingChoice | UserIdChange) for each in news):
            return await self._tell_companies(event, news, numbers)
        async with self._database.relay() as connection:
            if not await repository.lock(connection, event.id):
                return False
            acted = [await _act(connection, event, each, numbers, self._clock.now()) for each in news]
            await self._settle(connection, event, acted=any(acted))
        return True

    async def _tell_companies(
        self, event: StoredEvent, news: Sequence[AccountEvent], numbers: Sequence[AffectedNumber]
    ) -> bool:
        """News of a customer: usually one company's. Where companies share an account each is told in a transaction of
        its own; told twice changes nothing, and the last one settles the event.
        """
        companies = [next(group) for _, group in groupby(numbers, key=lambda number: number.company_id)]
        for place, company in enumerate(companies, 1):
            async with self._database.company(company.schema) as connection:
                if not await repository.lock(connection, event.id):
                    return False
                for each in news:
                    await _tell_of_customer(connection, event, each, company.company_id, self._clock.now())
                if place == len(companies):
                    await self._settle(connection, event, acted=True)
        if not companies:
            async with self._database.relay() as connection:
                await self._settle(connection, event, acted=False)
        return True

    async def _settle(self, connection: Connection, event: StoredEvent, *, acted: bool) -> None:
        outcome: repository.Outcome = "acted" if acted else "kept"
        await repository.settle(connection, event.id, outcome, self._clock.now())
        HANDLED.labels(outcome).inc()
        log.info("account.event", event_id=event.id, field=event.field, outcome=outcome)

    async def _failed(self, event: StoredEvent, error: Exception) -> None:
        now = self._clock.now()
        async with self._database.relay() as connection:
            name = type(error).__name__
            if await repository.note_failure(connection, event.id, name, MOST_ATTEMPTS, now):
                HANDLED.labels("failed").inc()
                trouble = Trouble(
                    "account_event_failed", "critical", f"news of an account ({event.field}) cannot be handled", ""
                )
                await _raise(connection, trouble, None, {"event_id": event.id, "error": name}, now)


async def _act(
    connection: Connection, event: StoredEvent, news: AccountEvent, numbers: Sequence[AffectedNumber], now: datetime
) -> bool:
    """Whether anything had to be done."""
    if isinstance(news, TemplateNews):
        companies = sorted({number.company_id for number in numbers})
        return await apply_news(connection, companies, event.waba_id or "", news, told_at(event.raw), now)
    found = consequences(news)
    if isinstance(news, OtherNews) or found.is_nothing:
        return False
    if isinstance(news, NumberNews):
        numbers = _named(news, numbers)
    if not numbers:
        return await _unmatched(connection, event, found, now)
    await _follow(connection, found, numbers, now)
    return True


def _named(news: NumberNews, numbers: Sequence[AffectedNumber]) -> Sequence[AffectedNumber]:
    """Such news name a number only by how it is displayed; one that fits none is about all of the account."""
    wanted = match_key(news.display_phone) if news.display_phone else None
    return [number for number in numbers if match_key(number.display_phone) == wanted] or numbers


async def _unmatched(connection: Connection, event: StoredEvent, found: Consequences, now: datetime) -> bool:
    """Trouble of an account no company is known to have: the operator must hear of it all the same."""
    if found.trouble is None:
        return False
    await _raise(connection, found.trouble, None, {"waba_id": event.waba_id}, now)
    return True


async def _follow(
    connection: Connection, found: Consequences, numbers: Sequence[AffectedNumber], now: datetime
) -> None:
    ids = [number.phone_number_id for number in numbers]
    for company_id in sorted({number.company_id for number in numbers}):
        if found.trouble is not None:
            await _raise(connection, found.trouble, company_id, {"numbers": ids}, now)
        for code in found.over:
            await resolve_alert(connection, _fingerprint(code, company_id, ""), now)
    if found.stop is not None:
        for number in ids:
            await leases.stop(connection, number, None, found.stop, now)
    if found.resume:
        for number in await repository.stopped_by_news(connection, ids):
            await leases.resume(connection, number)
            await troubles.report_resumed(connection, number, now)
    if found.ask_numbers:
        await repository.ask_again(connection, ids, now)


async def _tell_of_customer(
    connection: Connection, event: StoredEvent, news: AccountEvent, company_id: int, now: datetime
) -> None:
    happened = told_at(event.raw) or event.received_at
    match news:
        case MarketingChoice(identity=who, wanted=wanted, at=at):
            known = await known_customer(connection, ContactIdentity(who.phone, who.bsuid))
            if known is not None:
                at = at or happened
                await people.choose_marketing(connection, company_id, known.id, wanted=wanted, at=at)
        case UserIdChange(previous=previous, current=current):
            await people.change_user_id(connection, company_id, previous, current, happened, now)
        case _:
            pass


async def _raise(
    connection: Connection, trouble: Trouble, company_id: int | None, data: dict[str, object], now: datetime
) -> None:
    await raise_alert(
        connection,
        code=trouble.code,
        severity=trouble.severity,
        message=trouble.message,
        company_id=company_id,
        data=data,
        fingerprint=_fingerprint(trouble.code, company_id, trouble.about),
        now=now,
    )


def _fingerprint(code: str, company_id: int | None, about: str) -> str:
    return f"{code}:{company_id or 'nobody'}:{about}"
