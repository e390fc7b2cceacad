"""Makes the templates of every company what our definitions say, and keeps what Meta says of them.

Meta is asked outside any transaction; what it answers is kept in one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Literal

import structlog

from marchante.accounts.asking import together
from marchante.accounts.domain import Trouble
from marchante.accounts.templates import repository
from marchante.accounts.templates.domain import (
    MISSING,
    KnownTemplate,
    as_remote,
    says_the_same,
    trouble_between,
    unasked,
    version_of,
)
from marchante.accounts.templates.news import report
from marchante.accounts.templates.repository import Account
from marchante.channels.whatsapp.ports import Acknowledged, Refused, RemoteTemplate, TemplateGateway, Unreachable
from marchante.channels.whatsapp.template_definition import TemplateDefinition
from marchante.foundation.database.connection import Database
from marchante.foundation.jobs.alerts import raise_alert, resolve_alert
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import AppError
from marchante.outbox.tokens import Tokens

log = structlog.get_logger(__name__)

EVERY = timedelta(days=1)
FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=5), timedelta(hours=6)
_AT_ONCE = 5
_NO_ACCOUNT = "the company's WhatsApp account (waba_id) is not known"


@dataclass(slots=True)
class SyncReport:
    """What one account's templates needed. `problem`: why nothing, or not everything, could be done."""

    waba_id: str
    created: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Change:
    """A template before and after Meta was asked; `did` is what had to be done."""

    before: KnownTemplate
    after: KnownTemplate
    did: Literal["nothing", "created", "edited"] = "nothing"
    problem: str | None = None


class TemplateSync:
    def __init__(
        self,
        database: Database,
        gateway: TemplateGateway,
        tokens: Tokens,
        clock: Clock,
        definitions: Sequence[TemplateDefinition],
    ) -> None:
        self._database = database
        self._gateway = gateway
        self._tokens = tokens
        self._clock = clock
        self._definitions = definitions
        self.version = version_of(definitions)

    async def notice_new_definitions(self) -> int:
        """Once a start: accounts compared with other definitions are due. Returns 1: it is done."""
        async with self._database.relay() as connection:
            await repository.make_due(connection, self.version, self._clock.now())
        return 1

    async def sync_due(self) -> int:
        """Compare the accounts that are due; several processes take different ones. Returns how many."""
        async with self._database.relay() as connection:
            due = await repository.take_due(connection, self._clock.now(), FIRST_RETRY, _AT_ONCE)
        # Side by side: a thousand new companies must not wait for each other's answers.
        await together(self._sync(account) for account in due)
        return len(due)

    async def sync_company(self, company_id: int) -> list[SyncReport]:
        """Compare the accounts of one company now."""
        async with self._database.relay() as connection:
            accounts = await repository.accounts_of(connection, company_id)
        return [await self._sync(account) for account in accounts]

    async def _sync(self, account: Account) -> SyncReport:
        known = await self._registered(account)
        report_ = SyncReport(account.waba_id)
        remote = await self._listed(account)
        if isinstance(remote, str):
            report_.problem = remote
            await self._postpone(account, remote)
            return report_
        token = self._tokens.of(account.token_ciphertext)
        for definition in self._definitions:
            here = known[definition.name, definition.language]
            change = await self._compare(account, token, definition, here, remote.get(_key(definition)))
            await self._keep(change)
            if change.did != "nothing":
                (report_.created if change.did == "created" else report_.edited).append(definition.name)
            report_.problem = change.problem or report_.problem
        await self._finish(account, report_)
        return report_

    async def _registered(self, account: Account) -> Mapping[tuple[str, str], KnownTemplate]:
        """Every definition has a row, also before Meta was ever asked: the sender reads the category there."""
        async with self._database.relay() as connection:
            found = await repository.of_company(connection, account.company_id)
            known = {(each.name, each.language): each for each in found if each.waba_id == account.waba_id}
            for definition in self._definitions:
                if _key(definition) not in known:
                    fresh = unasked(definition, account.company_id, account.waba_id)
                    await repository.keep(connection, fresh)
                    known[_key(definition)] = fresh
        return known

    async def _listed(self, account: Account) -> Mapping[tuple[str, str], RemoteTemplate] | str:
        """What Meta has, or why that cannot be known."""
        if not account.waba_id:
            return _NO_ACCOUNT
        try:
            token = self._tokens.of(account.token_ciphertext)
        except AppError as error:
            return error.message
        listed = await self._gateway.list_templates(account.waba_id, token)
        if isinstance(listed, Refused | Unreachable):
            return _words(listed)
        return {(each.name, each.language): each for each in listed}

    async def _compare(
        self,
        account: Account,
        token: str,
        definition: TemplateDefinition,
        known: KnownTemplate,
        remote: RemoteTemplate | None,
    ) -> _Change:
        now = self._clock.now()
        if remote is None:
            created = await self._gateway.create_template(account.waba_id, token, definition)
            if isinstance(created, RemoteTemplate):
                return _Change(known, as_remote(known, created, now), "created")
            missing = replace(known, status=MISSING, reason=_words(created), told_at=now)
            return _Change(known, missing, problem=f"{definition.name}: {_words(created)}")
        after = as_remote(known, remote, now)
        if says_the_same(remote, definition):
            return _Change(known, after)
        edited = await self._gateway.edit_template(remote.id, token, definition)
        if isinstance(edited, Acknowledged):
            return _Change(known, replace(after, status="PENDING"), "edited")
        # What Meta has can still be sent: only its words are older.
        return _Change(known, after, problem=f"{definition.name}: {_words(edited)}")

    async def _keep(self, change: _Change) -> None:
        async with self._database.relay() as connection:
            await repository.keep(connection, change.after)
            trouble = trouble_between(change.before, change.after)
            await report(connection, change.before, change.after, trouble, self._clock.now())

    async def _finish(self, account: Account, done: SyncReport) -> None:
        if done.problem is not None:
            await self._postpone(account, done.problem)
            return
        now = self._clock.now()
        async with self._database.relay() as connection:
            await repository.compared(connection, account, self.version, now + EVERY)
            await resolve_alert(connection, _alert_key(account), now)
        log.info("templates.compared", company=account.slug, created=len(done.created), edited=len(done.edited))

    async def _postpone(self, account: Account, problem: str) -> None:
        now = self._clock.now()
        log.warning("templates.not_compared", company=account.slug, problem=problem)
        trouble = Trouble("templates_not_synced", "warning", f"the templates could not be compared: {problem}", "")
        async with self._database.relay() as connection:
            await repository.not_compared(connection, account, now, FIRST_RETRY, LONGEST_RETRY)
            await raise_alert(
                connection,
                code=trouble.code,
                severity=trouble.severity,
                message=trouble.message,
                company_id=account.company_id,
                data={"waba_id": account.waba_id},
                fingerprint=_alert_key(account),
                now=now,
            )


def _key(definition: TemplateDefinition) -> tuple[str, str]:
    return definition.name, definition.language


def _alert_key(account: Account) -> str:
    return f"templates_not_synced:{account.company_id}:{account.waba_id}"


def _words(answer: Refused | Unreachable) -> str:
    return str(answer.failure) if isinstance(answer, Refused) else answer.reason
