"""Everything a company has, so that a test can prove that nothing changed."""

from marchante.foundation.database.connection import Database

_TABLES = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relname <> 'alembic_version' ORDER BY 1"
)


async def rows_of(database: Database, schema: str) -> dict[str, list[str]]:
    """Every row of every table of the company, as text, in a fixed order."""
    async with database.relay() as connection:
        tables = [row["relname"] for row in await connection.fetch(_TABLES, schema)]
    async with database.company(schema) as connection:
        return {
            table: sorted(row[0] for row in await connection.fetch(f'SELECT t::text FROM "{table}" t'))
            for table in tables
        }
