"""SQL that asks the database itself what a company consists of, so that a table added later is not forgotten."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from graphlib import TopologicalSorter

from marchante.foundation.database.connection import Connection, Pool, quoted

LOCK_TIMEOUT = "5s"
_BATCH = 500
_REFERENCES = """
    SELECT c.relname AS child, array_agg(p.relname) FILTER (WHERE p.relname <> c.relname) AS parents
    FROM pg_class c
    LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f'
    LEFT JOIN pg_class p ON p.oid = k.confrelid
    WHERE c.relnamespace = to_regnamespace($1) AND c.relkind = 'r' AND c.relname <> 'alembic_version'
    GROUP BY c.relname ORDER BY c.relname"""


@asynccontextmanager
async def snapshot(pool: Pool, schema: str) -> AsyncIterator[Connection]:
    """A transaction in a company's schema that sees one moment and can write nothing."""
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.execute("SELECT set_config('search_path', $1, true)", quoted(schema))
        yield connection


async def tables_parents_first(connection: Connection, schema: str) -> Sequence[str]:
    """Every table of a schema; those that refer to others come after them."""
    rows = await connection.fetch(_REFERENCES, quoted(schema))
    return list(TopologicalSorter({row["child"]: row["parents"] or [] for row in rows}).static_order())


async def sequences(connection: Connection, schema: str) -> dict[str, int]:
    """The last values given out; one that gave none is left out."""
    rows = await connection.fetch(
        "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = $1 AND last_value IS NOT NULL", schema
    )
    return {row["sequencename"]: row["last_value"] for row in rows}


async def set_sequences(connection: Connection, last_values: Mapping[str, int]) -> None:
    await connection.execute(
        """SELECT setval(quote_ident(s.name)::regclass, s.last_value)
           FROM unnest($1::text[], $2::bigint[]) AS s (name, last_value)""",
        list(last_values),
        list(last_values.values()),
    )


async def rows(connection: Connection, table: str) -> AsyncIterator[str]:
    """Each row as one line of JSON, numbers as exact as they are stored."""
    query = f"SELECT row_to_json(t)::text AS line FROM {_name(table)} t"  # noqa: S608 - quoted
    async for row in connection.cursor(query, prefetch=_BATCH):
        yield row["line"]


async def empty(connection: Connection, tables: Sequence[str]) -> None:
    await connection.execute(f"TRUNCATE {', '.join(_name(table) for table in tables)}")


async def switch_triggers(connection: Connection, tables: Sequence[str], *, on: bool) -> None:
    """Those of ours; what keeps references whole is never off."""
    for table in tables:
        await connection.execute(f"ALTER TABLE {_name(table)} {'ENABLE' if on else 'DISABLE'} TRIGGER USER")


async def insert(connection: Connection, table: str, lines: bytes) -> int:
    """Insert a JSON array of rows; how many."""
    done = await connection.execute(
        f"INSERT INTO {_name(table)} SELECT * FROM json_populate_recordset(NULL::{_name(table)}, $1::text::json)",  # noqa: S608 - quoted
        lines.decode(),
    )
    return int(done.rpartition(" ")[2])


async def forget_served(connection: Connection, company_id: int) -> None:
    """Take a company out of `relay` with all that is on its way there; what was billed stays."""
    owned = {
        row["table_name"]
        for row in await connection.fetch(
            """SELECT table_name FROM information_schema.columns
               WHERE table_schema = 'relay' AND column_name = 'company_id' AND table_name <> 'usage_events'"""
        )
    }
    for table in reversed(await tables_parents_first(connection, "relay")):
        if table in owned:
            await connection.execute(f"DELETE FROM relay.{_name(table)} WHERE company_id = $1", company_id)  # noqa: S608 - quoted


async def wait_briefly(connection: Connection) -> None:
    """What follows in this transaction gives up when somebody else holds what it needs for too long."""
    await connection.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")


async def drop_schema(connection: Connection, schema: str) -> None:
    await connection.execute(f"DROP SCHEMA {quoted(schema)} CASCADE")


def _name(table: str) -> str:
    """Names come from the catalog, never from outside; quoted all the same."""
    return '"' + table.replace('"', '""') + '"'
