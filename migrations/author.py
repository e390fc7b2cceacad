"""For developers: write the next migration from models.py, and render the baselines.

python migrations/author.py new tenant "add surveys"     compare models with a migrated schema, write versions/NNNN_….py
python migrations/author.py baselines                    render baseline.sql of every kind
"""

import asyncio
import importlib
import io
import sys
import tempfile
from pathlib import Path

from sqlalchemy import MetaData, text
from sqlalchemy.ext.asyncio import create_async_engine

from marchante.foundation.database import tables
from marchante.foundation.database.migrations import Kind, alembic_config, migrations_folder, render_baseline

KINDS: tuple[Kind, ...] = ("platform", "relay", "tenant")


def metadata_of(kind: Kind) -> MetaData:
    """Every table of a kind, from every feature's models.py."""
    source = Path(tables.__file__).parents[2]
    for path in sorted(source.glob("**/models.py")):
        importlib.import_module(".".join(("marchante", *path.relative_to(source).with_suffix("").parts)))
    return {"platform": tables.platform, "relay": tables.relay, "tenant": tables.tenant}[kind]


def write_baselines() -> None:
    for kind in KINDS:
        (migrations_folder() / kind / "baseline.sql").write_text(render_baseline(kind), encoding="utf-8")


async def write_migration(dsn: str, kind: Kind, message: str) -> None:
    engine = create_async_engine(dsn.replace("postgresql://", "postgresql+asyncpg://"))
    async with engine.connect() as connection:
        for schema in ("platform", "relay"):
            await connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
        await connection.run_sync(lambda sync: _compare(sync, kind, message))
    await engine.dispose()


def _compare(connection: object, kind: Kind, message: str) -> None:
    from alembic import command  # noqa: PLC0415

    if kind == "tenant":  # its triggers call functions of relay
        relay = alembic_config("relay", io.StringIO())
        relay.attributes["connection"] = connection
        command.upgrade(relay, "head")
    config = alembic_config(kind, io.StringIO())
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata_of(kind)
    number = len(list((migrations_folder() / kind / "versions").glob("[0-9]*.py"))) + 1
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    command.upgrade(config, "head")
    command.revision(config, message=message, autogenerate=True, rev_id=f"{number:04}")


def main() -> None:
    if sys.argv[1:2] == ["new"]:
        from marchante.foundation.database.embedded import embedded_postgres  # noqa: PLC0415

        with tempfile.TemporaryDirectory() as folder, embedded_postgres(Path(folder), durable=False) as server:
            asyncio.run(write_migration(server.dsn, sys.argv[2], sys.argv[3]))  # type: ignore[arg-type]
    write_baselines()


if __name__ == "__main__":
    main()
