"""Databases of one test, and what a schema is made of, as text that can be compared."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

from marchante.companies.domain import Company
from marchante.foundation.database.connection import Connection, Database, open_pool, quoted
from marchante.foundation.database.migrations import create_at


@dataclass(frozen=True)
class EmptyDatabase:
    dsn: str
    database: Database


@asynccontextmanager
async def empty_database(server_dsn: str) -> AsyncIterator[EmptyDatabase]:
    """A database with nothing in it, dropped afterwards."""
    name = f"marchante_empty_{os.getpid()}_{os.urandom(4).hex()}"
    connection = await asyncpg.connect(server_dsn)
    try:
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        dsn = f"{server_dsn.rpartition('/')[0]}/{name}"
        async with await open_pool(dsn, size=2) as pool:
            yield EmptyDatabase(dsn, Database(pool))
    finally:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.close()


async def set_back(database: Database, company: Company, revision: str) -> None:
    """Make the company's schema anew, as the release of this revision made it."""
    async with database.relay() as connection:
        await connection.execute(f"DROP SCHEMA {quoted(company.schema)} CASCADE")
        await create_at(connection, "tenant", company.schema, revision)


async def anatomy(connection: Connection, schema: str) -> dict[str, set[tuple[str, ...]]]:
    """Columns, constraints, indexes, triggers, functions and sequences of a schema, without its name."""
    found = {}
    async with connection.transaction():
        await connection.execute("SELECT set_config('search_path', $1, true)", f'"{schema}"')
        for part, query in _PARTS.items():
            rows = await connection.fetch(query, schema)
            found[part] = {tuple(str(value).replace(f"{schema}.", "") for value in row) for row in rows}
    return found


_PARTS = {
    "columns": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
               pg_get_expr(d.adbin, d.adrelid)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE c.relnamespace = $1::text::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraints": """
        SELECT c.relname, k.conname, k.contype::text, k.condeferrable, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE k.connamespace = $1::text::regnamespace AND k.contype <> 'n'""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = $1",
    "triggers": """
        SELECT c.relname, t.tgname, t.tgenabled::text, pg_get_triggerdef(t.oid)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = $1::text::regnamespace AND NOT t.tgisinternal""",
    "functions": "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = $1::text::regnamespace",
    "sequences": """
        SELECT sequencename, data_type::text, start_value, increment_by, max_value
        FROM pg_sequences WHERE schemaname = $1""",
}
