"""Asks Meta about our numbers: pace, platform, quality, whether they may send. Outside any transaction."""

from collections.abc import Mapping
from datetime import timedelta

import structlog

from marchante.accounts.asking import together
from marchante.accounts.domain import QUALITY_NEWS, Trouble
from marchante.accounts.numbers import repository
from marchante.accounts.numbers.domain import (
    FEWER_FIELDS,
    FIELDS,
    NumberFacts,
    read_facts,
    troubles_of,
    troubles_of_hearing,
)
from marchante.accounts.numbers.repository import AskedNumber
from marchante.channels.whatsapp.errors import Action
from marchante.channels.whatsapp.ports import Acknowledged, Fetched, FetchOutcome, NumberGateway, Refused
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.jobs.alerts import raise_alert, resolve_alert
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import AppError
from marchante.outbox.tokens import Tokens

log = structlog.get_logger(__name__)

EVERY = timedelta(days=1)
FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=5), timedelta(hours=6)
_AT_ONCE = 5


class NumberCare:
    def __init__(self, database: Database, gateway: NumberGateway, tokens: Tokens, clock: Clock) -> None:
        self._database = database
        self._gateway = gateway
        self._tokens = tokens
        self._clock = clock

    async def ask_due(self) -> int:
        """Ask about the numbers that are due; several processes take different ones. Returns how many."""
        async with self._database.relay() as connection:
            due = await repository.take_due(connection, self._clock.now(), FIRST_RETRY, _AT_ONCE)
        await together(self._ask(number) for number in due)
        return len(due)

    async def _ask(self, number: AskedNumber) -> None:
        try:
            token = self._tokens.of(number.token_ciphertext)
        except AppError as error:
            await self._unanswered(number, error.code)
            return
        answer = await self._answer(number, token)
        match answer:
            case Fetched(fields=fields):
                heard = await self._is_heard(number, token)
                await self._keep(number, read_facts(fields), heard=heard)
            case Refused(failure=failure):
                await self._unanswered(number, str(failure.code or failure.http_status))
            case _:
                await self._unanswered(number, answer.reason)

    async def _answer(self, number: AskedNumber, token: str) -> FetchOutcome:
        answer = await self._gateway.number_info(number.phone_number_id, token, FIELDS)
        if isinstance(answer, Refused) and answer.failure.action is Action.ALERT_BUG:
            return await self._gateway.number_info(number.phone_number_id, token, FEWER_FIELDS)
        return answer

    async def _is_heard(self, number: AskedNumber, token: str) -> bool | None:
        """Whether the account's webhooks come to us; one without any app is subscribed at once. None: unknown."""
        if number.waba_id is None:
            return None
        answer = await self._gateway.subscribed_apps(number.waba_id, token)
        if not isinstance(answer, Fetched):
            return None
        if answer.fields.get("data"):
            return True
        done = await self._gateway.subscribe(number.waba_id, token)
        log.info("account.subscribed", waba_id=number.waba_id, done=isinstance(done, Acknowledged))
        return isinstance(done, Acknowledged)

    async def _keep(self, number: AskedNumber, facts: NumberFacts, *, heard: bool | None) -> None:
        now = self._clock.now()
        async with self._database.relay() as connection:
            await repository.keep(connection, number.phone_number_id, facts, now, now + EVERY)
            await self._tell(connection, number, troubles_of(number.quality, facts) | troubles_of_hearing(heard))
        log.info("number.asked", phone_number_id=number.phone_number_id, quality=facts.quality)

    async def _tell(self, connection: Connection, number: AskedNumber, troubles: Mapping[str, Trouble | None]) -> None:
        now = self._clock.now()
        for code, trouble in troubles.items():
            fingerprint = f"{code}:{number.company_id}:{number.phone_number_id}"
            if trouble is None:
                await resolve_alert(connection, fingerprint, now)
                await resolve_alert(connection, f"{code}:{number.company_id}:{QUALITY_NEWS}", now)
                continue
            await raise_alert(
                connection,
                code=code,
                severity=trouble.severity,
                message=trouble.message,
                company_id=number.company_id,
                data={"phone_number_id": number.phone_number_id},
                fingerprint=fingerprint,
                now=now,
            )

    async def _unanswered(self, number: AskedNumber, reason: str) -> None:
        """No alert: a number that cannot send says so when it sends, and `marchante check` asks too."""
        log.warning("number.not_answered", phone_number_id=number.phone_number_id, reason=reason)
        async with self._database.relay() as connection:
            await repository.not_answered(
                connection, number.phone_number_id, self._clock.now(), FIRST_RETRY, LONGEST_RETRY
            )
