"""Bring a schema to the head of its kind: Alembic writes and numbers the migrations, applying them is ours.

A new schema gets the rendered baseline of head (`migrations/<kind>/baseline.sql`, proved equal to a replay by a test)
in one round trip. An older one gets the SQL of (from → head), rendered once per pair and process.
"""

import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import marchante
from marchante.foundation.database.connection import Connection, quoted
from marchante.foundation.kernel.errors import Permanent

if TYPE_CHECKING:
    from alembic.config import Config

Kind = Literal["platform", "relay", "tenant"]

LOCK_TIMEOUT = "5s"
_HEAD_MARK = "-- head: "


class SchemaTooNew(Permanent):
    """The schema was migrated by a newer release; this one does not know its revision."""

    code = "schema_too_new"


def migrations_folder() -> Path:
    """The Alembic folder: inside the installed package, or at the root of a checkout."""
    package = Path(marchante.__file__).parent
    installed = package / "_migrations"
    return installed if installed.is_dir() else package.parents[1] / "migrations"


@cache
def baseline(kind: Kind) -> str:
    return (migrations_folder() / kind / "baseline.sql").read_text(encoding="utf-8")


@cache
def head(kind: Kind) -> str:
    """The newest revision of this kind, as the baseline's first line states it."""
    return baseline(kind).splitlines()[0].removeprefix(_HEAD_MARK)


@cache
def recent(kind: Kind, count: int) -> tuple[str, ...]:
    """The newest `count` revisions, the newest last: they are numbered one after the other."""
    newest = head(kind)
    first = max(1, int(newest) - count + 1)
    return tuple(f"{number:0{len(newest)}}" for number in range(first, int(newest) + 1))


@cache
def render(kind: Kind, start: str, end: str) -> str:
    """The SQL that brings a schema from one revision to another ("base" is the empty schema)."""
    from alembic import command  # noqa: PLC0415 - 0.3 s of import that a schema at head never pays
    from alembic.util import CommandError  # noqa: PLC0415

    output = io.StringIO()
    try:
        command.upgrade(alembic_config(kind, output), f"{start}:{end}", sql=True)
    except CommandError as error:
        raise SchemaTooNew(f"this release knows no way from {start} to {end} of {kind} schemas") from error
    return output.getvalue()


def render_baseline(kind: Kind) -> str:
    """What `baseline.sql` must hold: the replay of every migration, headed by the revision it reaches."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    newest = ScriptDirectory.from_config(alembic_config(kind, io.StringIO())).get_current_head()
    return f"{_HEAD_MARK}{newest}\n{render(kind, 'base', 'head')}"


def alembic_config(kind: Kind, output: io.StringIO) -> "Config":
    from alembic.config import Config  # noqa: PLC0415

    folder = migrations_folder()
    config = Config(output_buffer=output, stdout=io.StringIO())
    config.set_main_option("script_location", str(folder))
    config.set_main_option("version_locations", str(folder / kind / "versions"))
    config.set_main_option("path_separator", "os")
    config.attributes["kind"] = kind
    return config


async def revision_of(connection: Connection, schema: str) -> str | None:
    """The revision a schema is at; None when it has none yet."""
    if await connection.fetchval("SELECT to_regclass($1)", f"{quoted(schema)}.alembic_version") is None:
        return None
    revision = await connection.fetchval(f"SELECT version_num FROM {quoted(schema)}.alembic_version")  # noqa: S608
    return None if revision is None else str(revision)


async def bring_to_head(connection: Connection, kind: Kind, schema: str) -> bool:
    """Create or migrate one schema in one transaction; False when it was at head already.

    Two processes that try at once wait for each other. A migration that cannot get its lock within five seconds
    fails and changes nothing.
    """
    async with connection.transaction():
        await connection.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"migrate:{schema}")
        current = await revision_of(connection, schema)
        if current == head(kind):
            return False
        await _run_in(connection, kind, schema, baseline(kind) if current is None else render(kind, current, "head"))
        return True


async def create_at(connection: Connection, kind: Kind, schema: str, revision: str) -> None:
    """Create a schema as a release made it that knew no later revision. Raises SchemaTooNew for one of the future."""
    await _run_in(connection, kind, schema, render(kind, "base", revision))


async def _run_in(connection: Connection, kind: Kind, schema: str, sql: str) -> None:
    await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}")
    await connection.execute("SELECT set_config('search_path', $1, true)", quoted(schema) if kind == "tenant" else "")
    await connection.execute(sql)
