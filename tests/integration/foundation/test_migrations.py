"""Three ways to a schema (the rendered baseline, one migration after the other, the models) lead to the same one."""

import io
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from migrations.author import metadata_of
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from tests.builders.databases import anatomy, empty_database

from marchante.foundation.database import migrations
from marchante.foundation.database.migrations import SchemaTooNew, bring_to_head, head, render, revision_of

SCHEMAS = {"platform": "platform", "relay": "relay", "tenant": "company_new"}
KINDS = pytest.mark.parametrize("kind", list(SCHEMAS))


@KINDS
def test_the_committed_baseline_is_the_replay_of_every_migration(kind):
    assert migrations.baseline(kind) == migrations.render_baseline(kind)


@KINDS
def test_migrations_are_numbered_in_one_line(kind):
    script = ScriptDirectory.from_config(migrations.alembic_config(kind, io.StringIO()))
    revisions = [step.revision for step in reversed(list(script.walk_revisions()))]
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]
    assert head(kind) == revisions[-1]


@KINDS
async def test_a_new_schema_is_what_one_migration_after_the_other_makes(postgres_dsn, kind):
    async with empty_database(postgres_dsn) as at_once, empty_database(postgres_dsn) as replayed:
        await shared_schemas(at_once, kind)
        await shared_schemas(replayed, kind)
        async with at_once.database.pool.acquire() as one, replayed.database.pool.acquire() as other:
            assert await bring_to_head(one, kind, SCHEMAS[kind])
            await replay(other, kind, SCHEMAS[kind])
            assert await anatomy(one, SCHEMAS[kind]) == await anatomy(other, SCHEMAS[kind])
            assert await seeds(one, SCHEMAS[kind]) == await seeds(other, SCHEMAS[kind])
            assert not await bring_to_head(one, kind, SCHEMAS[kind])


@KINDS
async def test_the_models_describe_the_migrated_schema_to_the_last_constraint(postgres_dsn, kind):
    metadata = metadata_of(kind)
    async with empty_database(postgres_dsn) as migrated, empty_database(postgres_dsn) as modelled:
        await shared_schemas(migrated, kind)
        async with migrated.database.pool.acquire() as connection:
            await bring_to_head(connection, kind, SCHEMAS[kind])
            from_migrations = await anatomy(connection, SCHEMAS[kind])
        async with engine_of(modelled, kind) as connection:
            await connection.execute(text(f"CREATE SCHEMA {SCHEMAS[kind]}"))
            await connection.run_sync(metadata.create_all)
            await connection.commit()
        async with modelled.database.pool.acquire() as connection:
            from_models = await anatomy(connection, SCHEMAS[kind])
        for part in ("columns", "constraints", "indexes"):
            written = {entry for entry in from_migrations[part] if entry[0] != "alembic_version"}
            assert written == from_models[part]


@KINDS
async def test_alembic_finds_nothing_left_to_migrate(postgres_dsn, kind):
    async with empty_database(postgres_dsn) as migrated:
        await shared_schemas(migrated, kind)
        async with migrated.database.pool.acquire() as connection:
            await bring_to_head(connection, kind, SCHEMAS[kind])
        async with engine_of(migrated, kind) as connection:
            assert await connection.run_sync(differences, kind) == []


async def test_a_schema_of_a_newer_release_is_left_alone(database, lupita):
    async with database.company(lupita.schema) as connection:
        await connection.execute("UPDATE alembic_version SET version_num = '9999'")
    async with database.pool.acquire() as connection:
        with pytest.raises(SchemaTooNew) as refused:
            await bring_to_head(connection, "tenant", lupita.schema)
        assert refused.value.code == "schema_too_new"
        assert await revision_of(connection, lupita.schema) == "9999"


async def shared_schemas(empty, kind):
    """Company schemas call functions of relay."""
    if kind == "tenant":
        async with empty.database.pool.acquire() as connection:
            await bring_to_head(connection, "relay", "relay")


async def replay(connection, kind, schema):
    """Every migration by itself, as a company that is never behind by more than one gets them."""
    await connection.execute(f'CREATE SCHEMA "{schema}"')
    steps = ["base", *(f"{number:04}" for number in range(1, int(head(kind)) + 1))]
    for start, end in pairwise(steps):
        async with connection.transaction():
            await connection.execute("SELECT set_config('search_path', $1, true)", f'"{schema}"')
            await connection.execute(render(kind, start, end))


async def seeds(connection, schema):
    """The rows a schema is born with."""
    tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1", schema)
    return {
        name: sorted(row[0] for row in await connection.fetch(f'SELECT t::text FROM "{schema}"."{name}" t'))
        for (name,) in tables
    }


@asynccontextmanager
async def engine_of(empty, kind):
    """A SQLAlchemy connection; where tables name no schema, the company's is its default."""
    path = SCHEMAS[kind] if kind == "tenant" else "public"
    dsn = empty.dsn.replace("postgresql://", "postgresql+asyncpg://")
    engine = create_async_engine(dsn, connect_args={"server_settings": {"search_path": path}})
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()


def differences(sync_connection, kind):
    options = {
        "include_schemas": kind != "tenant",
        "compare_type": True,
        "compare_server_default": True,
        "version_table_schema": None if kind == "tenant" else kind,
        "include_name": lambda name, type_, _: type_ != "schema" or name == (None if kind == "tenant" else kind),
    }
    return compare_metadata(MigrationContext.configure(sync_connection, opts=options), metadata_of(kind))
