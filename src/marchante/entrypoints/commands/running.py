"""What every command shares: run it with the storage open, and end with one clear line when it is refused."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import NoReturn, TypeVar

import asyncpg
import typer
from pydantic import ValidationError
from rich.console import Console

from marchante.bootstrap import OUTBOX_CHANNEL, Storage, open_storage
from marchante.foundation import logs
from marchante.foundation.database.connection import DATABASE_AWAY, Database
from marchante.foundation.database.embedded import EmbeddedPostgresError
from marchante.foundation.kernel.errors import AppError
from marchante.settings import Settings

T = TypeVar("T")

# How the log of a company names whoever typed a command.
ACTOR = "cli"

out = Console()
err = Console(stderr=True)


def fail(code: str, message: str) -> NoReturn:
    """One line on stderr with the stable code, exit status 1."""
    refuse([(code, message)])


def refuse(faults: Sequence[tuple[str, str]]) -> NoReturn:
    """A line for each fault (code and words), exit status 1."""
    for code, message in faults:
        err.print(f"{code}: {message}", style="red", highlight=False, soft_wrap=True, markup=False)
    raise typer.Exit(1)


def fail_for_database(error: BaseException) -> NoReturn:
    words = str(error).partition("\n")[0] or type(error).__name__
    fail("database_unreachable", f"the database cannot be used: {words}")


def read_settings() -> Settings:
    """The environment; a value it cannot have ends the command with one line that names the variable."""
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        fail("bad_environment", faults)


async def wake_sender(database: Database) -> None:
    """After the commit; the sender's slow poll is the net."""
    async with database.pool.acquire() as connection:
        await connection.execute("SELECT pg_notify($1, '')", OUTBOX_CHANNEL)


def with_storage(work: Callable[[Storage], Awaitable[T]]) -> T:
    """Open the database, do the work, close it."""

    async def run() -> T:
        async with open_storage(settings) as storage:
            return await work(storage)

    settings = read_settings()
    logs.configure("console" if settings.log_format == "console" else "json")
    try:
        return asyncio.run(run())
    except AppError as error:
        fail(error.code, error.message)
    except EmbeddedPostgresError as error:
        fail(error.code, str(error))
    except asyncpg.DataError:
        fail("bad_value", "a number or text that the database cannot hold, perhaps an id that is too long")
    except DATABASE_AWAY as error:
        fail_for_database(error)
