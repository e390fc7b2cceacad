"""Create companies and change what they are. A company and its schema appear together or not at all.

Every change is one transaction: the master in `platform`, its projection in `relay`, and a line in the company's log
that says who did it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace

import asyncpg

from marchante.companies import archive_repository, repository
from marchante.companies import records_repository as records
from marchante.companies.contact import read_phone
from marchante.companies.domain import WABA_ID, Company, CompanySettings, NewCompany, Plan
from marchante.companies.records import Establishment, LegalInformation, LogEntry, NewEstablishment, Subscription
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.database.migrations import bring_to_head
from marchante.foundation.kernel.errors import Conflict, Invalid, NotFound
from marchante.foundation.kernel.phone import mask, match_key
from marchante.foundation.kernel.secrets import Vault

SYSTEM = "system"
# Characters of what a shop tells about itself; a message of WhatsApp holds 4,096.
MAX_PROMPT = 4_000
MAX_CAMPAIGN = 500


@dataclass(slots=True)
class Held:
    """A company whose row this transaction holds. What is not logged did not change."""

    connection: Connection
    company: Company
    actor: str
    changed: bool = False

    async def log(self, action: str, description: str = "") -> None:
        self.changed = True
        await records.log(self.connection, self.company.id, action, description, self.actor)

    async def write(self, column: repository.Changeable, value: object) -> None:
        await repository.change(self.connection, self.company.id, column, value)


# Makes a new company's schema, at head, inside the transaction that creates the company.
SchemaBuilder = Callable[[Connection, str], Awaitable[object]]


async def _at_head(connection: Connection, schema: str) -> None:
    await bring_to_head(connection, "tenant", schema)


class Companies:
    """`actor` says who asks for a change, as the log will show it."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def create(self, new: NewCompany, actor: str = SYSTEM, build: SchemaBuilder = _at_head) -> Company:
        """Write the company, its number, its subscription and its schema; `build` makes the schema, at head.

        Raises:
            Conflict: `slug_taken` (slugs are never reused) or `number_taken`.
            Invalid: `bad_phone` or `owner_is_shop_number`.

        """
        if new.owner_phone:
            new = replace(new, owner_phone=_owner_phone(new.owner_phone, [new.display_phone]))
        async with self._database.relay() as connection:
            if await repository.slug_is_taken(connection, new.slug):
                raise Conflict(f"the slug {new.slug} was used before", code="slug_taken")
            if owner := await repository.owner_of_number(connection, new.phone_number_id):
                raise Conflict(f"number {new.phone_number_id} belongs to {owner}", code="number_taken")
            token = self._vault.seal(new.token) if new.token else None
            company_id = await repository.insert(connection, new, token)
            await build(connection, f"company_{new.slug}")
            await records.log(connection, company_id, "created", f"{new.name.strip()}, plan {new.plan.value}", actor)
            await repository.project(connection, company_id)
        return await self.get(new.slug)

    async def get(self, slug: str) -> Company:
        """Raises NotFound `company_not_found`, as everything here that takes a slug."""
        async with self._read(slug) as (_, company):
            return company

    async def list(self) -> Sequence[Company]:
        async with self._database.relay() as connection:
            return await repository.find_all(connection)

    async def selling_at_meta(self) -> Sequence[Company]:
        """The active companies that name a Meta catalog of their own."""
        async with self._database.relay() as connection:
            return await repository.find_selling_at_meta(connection)

    async def suspend(self, slug: str, actor: str = SYSTEM) -> None:
        """Its customers get one polite answer; what they write is kept."""
        await self._set_status(slug, "suspended", "suspended", actor)

    async def resume(self, slug: str, actor: str = SYSTEM) -> None:
        await self._set_status(slug, "active", "resumed", actor)

    async def delete(self, slug: str, actor: str = SYSTEM) -> None:
        """Drop its schema and what is on its way for it. Its log and what was billed stay; its slug is never reused.

        Raises:
            Conflict: `company_busy`: somebody works in its schema.

        """
        company = await self.get(slug)
        try:
            async with self._held(slug, actor) as held:
                await archive_repository.wait_briefly(held.connection)
                await held.log("deleted", company.name)
                await records.end_subscription(held.connection, company.id)
                await archive_repository.forget_served(held.connection, company.id)
                await archive_repository.drop_schema(held.connection, company.schema)
                await repository.mark_deleted(held.connection, company.id)
                held.changed = False  # there is nobody left to tell
        except asyncpg.LockNotAvailableError as error:
            raise Conflict(f"{slug} is in use; suspend it and try again", code="company_busy") from error

    async def change_settings(
        self, slug: str, change: Callable[[CompanySettings], CompanySettings], what: str, actor: str = SYSTEM
    ) -> CompanySettings:
        """Give the settings as they are to `change` and keep what it returns; `what` is for the log."""
        async with self._held(slug, actor) as held:
            settings = change(held.company.settings)
            if settings != held.company.settings:
                await held.write("settings", settings)
                await held.log("settings_changed", what)
        return settings

    async def change_plan(self, slug: str, plan: Plan, actor: str = SYSTEM) -> None:
        """End the subscription in force and begin one of `plan`; the same plan again changes nothing."""
        async with self._held(slug, actor) as held:
            if plan is not held.company.plan:
                await records.subscribe(held.connection, held.company.id, plan)
                await held.write("plan", plan)
                await held.log("plan_changed", f"{held.company.plan.value} → {plan.value}")

    async def change_prompt(self, slug: str, text: str, actor: str = SYSTEM) -> None:
        """What the shop tells about itself; "" for nothing. Raises Invalid `text_too_long`."""
        text = _fitting(text, MAX_PROMPT)
        async with self._held(slug, actor) as held:
            if text != held.company.prompt_info:
                await held.write("prompt_info", text)
                await held.log("prompt_changed", f"{len(text)} characters")

    async def change_campaign(self, slug: str, text: str | None, actor: str = SYSTEM) -> None:
        """What the greeting announces; None ends the campaign. Raises Invalid `text_too_long`."""
        campaign = _fitting(text, MAX_CAMPAIGN) or None if text else None
        async with self._held(slug, actor) as held:
            if campaign != held.company.active_campaign:
                await held.write("active_campaign", campaign)
                await held.log("campaign_changed", campaign or "none")

    async def change_owner_phone(self, slug: str, phone: str | None, actor: str = SYSTEM) -> str | None:
        """Where the owner is told of new orders, as it is kept; None for nowhere.

        Raises:
            Invalid: `bad_phone`, or `owner_is_shop_number`: a number cannot write to itself.

        """
        async with self._held(slug, actor) as held:
            owner = _owner_phone(phone, [number.display_phone for number in held.company.numbers]) if phone else None
            if owner != held.company.owner_phone:
                await held.write("owner_phone", owner)
                await held.log("owner_phone_changed", mask(owner) if owner else "none")
        return owner

    async def change_account(self, slug: str, phone_number_id: str, waba_id: str, actor: str = SYSTEM) -> None:
        """The WhatsApp account (WABA) one of its numbers belongs to: templates are made in it, news come from it.

        Raises NotFound `number_not_found`, Invalid `bad_waba_id`.
        """
        if not WABA_ID.fullmatch(waba_id):
            raise Invalid("the id of a WhatsApp account is a number of Meta's", code="bad_waba_id")
        async with self._held(slug, actor) as held:
            known = {number.phone_number_id: number.waba_id for number in held.company.numbers}
            if phone_number_id not in known:
                raise NotFound(f"{slug} has no number {phone_number_id}", code="number_not_found")
            if known[phone_number_id] != waba_id:
                await repository.change_account(held.connection, phone_number_id, waba_id)
                await held.log("account_changed", f"{phone_number_id}: {waba_id}")

    async def change_legal(self, slug: str, given: Mapping[str, str | None], actor: str = SYSTEM) -> LegalInformation:
        """Replace what is given of the legal information; see LegalInformation.with_changes."""
        async with self._held(slug, actor) as held:
            before = await records.legal_information(held.connection, held.company.id)
            legal = before.with_changes(given)
            if changed := legal.changed_from(before):
                await records.replace_legal_information(held.connection, held.company.id, legal)
                await held.log("legal_information_changed", ", ".join(changed))
        return legal

    async def legal_information(self, slug: str) -> LegalInformation:
        async with self._read(slug) as (connection, company):
            return await records.legal_information(connection, company.id)

    async def subscriptions(self, slug: str) -> Sequence[Subscription]:
        async with self._read(slug) as (connection, company):
            return await records.subscriptions(connection, company.id)

    async def log_of(self, slug: str, limit: int = 50) -> Sequence[LogEntry]:
        async with self._read(slug) as (connection, company):
            return await records.log_entries(connection, company.id, limit)

    async def establishments(self, slug: str) -> Sequence[Establishment]:
        company = await self.get(slug)
        async with self._database.company(company.schema) as connection:
            return await records.establishments(connection)

    async def add_establishment(self, slug: str, new: NewEstablishment, actor: str = SYSTEM) -> int:
        """The id of the new branch. Raises Conflict `establishment_exists`."""
        company = await self.get(slug)
        async with self._held(slug, actor, schema=company.schema) as held:
            added = await records.add_establishment(held.connection, new)
            if added is None:
                raise Conflict(f"there is a branch {new.name} already", code="establishment_exists")
            await held.log("establishment_added", new.name)
        return added

    async def remove_establishment(self, slug: str, establishment_id: int, actor: str = SYSTEM) -> None:
        """Raises NotFound `establishment_not_found`."""
        company = await self.get(slug)
        async with self._held(slug, actor, schema=company.schema) as held:
            name = await records.remove_establishment(held.connection, establishment_id)
            if name is None:
                raise NotFound(f"no branch {establishment_id}", code="establishment_not_found")
            await held.log("establishment_removed", name)

    async def _set_status(self, slug: str, status: str, action: str, actor: str) -> None:
        async with self._held(slug, actor) as held:
            if status != held.company.status:
                await held.write("status", status)
                await held.log(action)

    def changing(self, slug: str, actor: str = SYSTEM) -> AbstractAsyncContextManager[Held]:
        """For what other features keep in the company's schema: one transaction there, the company held. Whatever is
        logged in it moves the company's version, by which turns know that what they kept is stale.
        """
        return self._held(slug, actor, schema=f"company_{slug}")

    @asynccontextmanager
    async def _read(self, slug: str) -> AsyncIterator[tuple[Connection, Company]]:
        async with self._database.relay() as connection:
            yield connection, _found(await repository.find(connection, slug), slug)

    @asynccontextmanager
    async def _held(self, slug: str, actor: str, schema: str | None = None) -> AsyncIterator[Held]:
        """The company as it is, locked; when the block ends well, everybody who serves it is told of the change."""
        transaction = self._database.company(schema) if schema else self._database.relay()
        async with transaction as connection:
            held = Held(connection, _found(await repository.lock(connection, slug), slug), actor)
            yield held
            if held.changed:
                await repository.publish(connection, held.company.id)


def _found(company: Company | None, slug: str) -> Company:
    if company is None:
        raise NotFound(f"no company {slug}", code="company_not_found")
    return company


def _owner_phone(phone: str, shop_numbers: Sequence[str]) -> str:
    owner = read_phone(phone)
    if match_key(owner) in {match_key(read) for read in map(_as_phone, shop_numbers) if read}:
        raise Invalid(
            "the owner's phone is the shop's own number: it cannot write to itself", code="owner_is_shop_number"
        )
    return owner


def _as_phone(display_phone: str) -> str | None:
    """A displayed number is whatever somebody typed; one that is no phone is nobody's."""
    try:
        return read_phone(display_phone)
    except Invalid:
        return None


def _fitting(text: str, limit: int) -> str:
    fitting = text.strip()
    if len(fitting) > limit:
        raise Invalid(f"{len(fitting)} characters; {limit} at most", code="text_too_long")
    return fitting
