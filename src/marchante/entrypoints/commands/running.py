"""What every command shares: run it with the storage open, and end with one clear line when it is refused."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NoReturn, TypeVar

import typer
from rich.console import Console

from marchante.bootstrap import Storage, open_storage
from marchante.foundation import logs
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
    err.print(f"{code}: {message}", style="red", highlight=False, soft_wrap=True, markup=False)
    raise typer.Exit(1)


def with_storage(work: Callable[[Storage], Awaitable[T]]) -> T:
    """Open the database, do the work, close it."""

    async def run() -> T:
        async with open_storage(settings) as storage:
            return await work(storage)

    settings = Settings()
    logs.configure("console" if settings.log_format == "console" else "json")
    try:
        return asyncio.run(run())
    except AppError as error:
        fail(error.code, error.message)
    except EmbeddedPostgresError as error:
        fail(error.code, str(error))
    except OSError as error:
        fail("database_unreachable", f"the database cannot be reached ({type(error).__name__})")
