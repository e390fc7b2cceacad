"""A company's data as one file: a zip with a manifest and a file of JSON lines for each table of its schema.

Exported in one snapshot, at whatever revision the schema is; imported under a new slug, at that revision, and then
migrated. Tokens are never in it, nor the files in the media store, nor what is on its way in `relay`.
"""

import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import IO

import asyncpg
import msgspec

from marchante.companies import archive_repository as repository
from marchante.companies.domain import BusinessType, Company, CompanySettings, Plan
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.database.migrations import bring_to_head, create_at, revision_of
from marchante.foundation.kernel.errors import Invalid, Permanent

FORMAT = 1
_MANIFEST = "company.json"
_REVISION = re.compile(r"[0-9]{4}")
_ROWS_AT_ONCE = 500
# A row is at most what PostgreSQL takes in one parameter; more in one line is no archive of ours.
_MAX_LINE = 64 * 1024 * 1024

_UNFIT = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.SyntaxOrAccessError,
    UnicodeDecodeError,
)


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the file holds besides rows. `tables`: rows by table; `sequences`: last values by name."""

    format: int
    slug: str
    name: str
    business_type: BusinessType
    plan: Plan
    timezone: str
    owner_phone: str | None
    prompt_info: str
    active_campaign: str | None
    settings: CompanySettings
    revision: str
    tables: dict[str, int]
    sequences: dict[str, int]


async def export_company(database: Database, company: Company, file: IO[bytes]) -> Manifest:
    """Write everything in the company's schema, as it is at one moment, while the company works on."""
    async with repository.snapshot(database.pool, company.schema) as connection:
        revision = await revision_of(connection, company.schema)
        if revision is None:
            raise Permanent(f"{company.slug} has no schema", code="schema_missing")
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            counts = {}
            for table in await repository.tables_parents_first(connection, company.schema):
                counts[table] = await _write_rows(connection, archive, table)
            manifest = Manifest(
                format=FORMAT,
                slug=company.slug,
                name=company.name,
                business_type=company.business_type,
                plan=company.plan,
                timezone=company.timezone,
                owner_phone=company.owner_phone,
                prompt_info=company.prompt_info,
                active_campaign=company.active_campaign,
                settings=company.settings,
                revision=revision,
                tables=counts,
                sequences=await repository.sequences(connection, company.schema),
            )
            archive.writestr(_MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
    return manifest


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Raises Invalid `bad_archive`."""
    try:
        manifest = msgspec.json.decode(archive.read(_MANIFEST), type=Manifest)
    except (KeyError, msgspec.DecodeError, zipfile.BadZipFile) as error:
        raise _refused(f"{_MANIFEST}: {error}") from error
    if manifest.format != FORMAT or not _REVISION.fullmatch(manifest.revision):
        raise _refused(f"format {manifest.format}, revision {manifest.revision!r}")
    return manifest


async def load_schema(archive: zipfile.ZipFile, connection: Connection, schema: str) -> None:
    """Build the schema as the archive had it, fill it and bring it to head, inside the caller's transaction.

    Raises Invalid `bad_archive`, or SchemaTooNew when a newer release wrote it.
    """
    manifest = read_manifest(archive)
    await create_at(connection, "tenant", schema, manifest.revision)
    tables = await repository.tables_parents_first(connection, schema)
    if unknown := manifest.tables.keys() - set(tables):
        raise _refused(f"there is no table {', '.join(sorted(unknown))}")
    await repository.empty(connection, tables)  # a new schema is born with rows; the archive has them too
    await repository.switch_triggers(connection, tables, on=False)  # what they would write is in it already
    try:
        for table in tables:
            await _load_rows(connection, archive, table, manifest.tables.get(table, 0))
        await repository.set_sequences(connection, manifest.sequences)
        await repository.switch_triggers(connection, tables, on=True)
    except _UNFIT as error:
        raise _refused(str(error)) from error
    await bring_to_head(connection, "tenant", schema)


async def _write_rows(connection: Connection, archive: zipfile.ZipFile, table: str) -> int:
    count = 0
    with archive.open(_member(table), "w") as member:
        async for line in repository.rows(connection, table):
            member.write(line.encode() + b"\n")
            count += 1
    return count


async def _load_rows(connection: Connection, archive: zipfile.ZipFile, table: str, expected: int) -> None:
    loaded = 0
    for lines in _batches(archive, table) if expected else ():
        loaded += await repository.insert(connection, table, b"[" + b",".join(lines) + b"]")
    if loaded != expected:
        raise _refused(f"{table} has {loaded} rows, not {expected}")


def _batches(archive: zipfile.ZipFile, table: str) -> Iterator[list[bytes]]:
    try:
        with archive.open(_member(table)) as member:
            lines = iter(lambda: member.readline(_MAX_LINE), b"")
            while batch := list(islice(lines, _ROWS_AT_ONCE)):
                yield [line.strip() for line in batch]
    except (KeyError, zipfile.BadZipFile) as error:
        raise _refused(f"{_member(table)}: {error}") from error


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _refused(why: str) -> Invalid:
    return Invalid(f"the archive cannot be read: {why}", code="bad_archive")
