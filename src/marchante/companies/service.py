"""Create companies and change what they are. A company and its schema appear together or not at all."""

from collections.abc import Sequence

from marchante.companies import repository
from marchante.companies.domain import Company, CompanySettings, NewCompany
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.database.migrations import bring_to_head
from marchante.foundation.kernel.errors import Conflict, NotFound
from marchante.foundation.kernel.secrets import Vault


class Companies:
    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def create(self, new: NewCompany) -> Company:
        """Write the company, its number and its schema at head.

        Raises:
            Conflict: `slug_taken` (slugs are never reused) or `number_taken`.

        """
        async with self._database.relay() as connection:
            if await repository.slug_is_taken(connection, new.slug):
                raise Conflict(f"the slug {new.slug} was used before", code="slug_taken")
            if owner := await repository.owner_of_number(connection, new.phone_number_id):
                raise Conflict(f"number {new.phone_number_id} belongs to {owner}", code="number_taken")
            token = self._vault.seal(new.token) if new.token else None
            company_id = await repository.insert(connection, new, token)
            await bring_to_head(connection, "tenant", f"company_{new.slug}")
            await repository.project(connection, company_id)
        return await self.get(new.slug)

    async def get(self, slug: str) -> Company:
        async with self._database.relay() as connection:
            company = await repository.find(connection, slug)
        if company is None:
            raise NotFound(f"no company {slug}", code="company_not_found")
        return company

    async def list(self) -> Sequence[Company]:
        async with self._database.relay() as connection:
            return await repository.find_all(connection)

    async def suspend(self, slug: str) -> None:
        """Its customers get one polite answer; what they write is kept."""
        await self._set_status(slug, "suspended")

    async def resume(self, slug: str) -> None:
        await self._set_status(slug, "active")

    async def change_settings(self, slug: str, settings: CompanySettings) -> None:
        async with self._database.relay() as connection:
            await _project(connection, slug, await repository.set_settings(connection, slug, settings))

    async def _set_status(self, slug: str, status: str) -> None:
        async with self._database.relay() as connection:
            await _project(connection, slug, await repository.set_status(connection, slug, status))


async def _project(connection: Connection, slug: str, company_id: int | None) -> None:
    if company_id is None:
        raise NotFound(f"no company {slug}", code="company_not_found")
    await repository.project(connection, company_id)
