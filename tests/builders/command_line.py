"""marchante …, as a person types it, against the database of one test."""

import asyncio
import re

import pytest
from typer.testing import CliRunner

from marchante.entrypoints.cli import app
from marchante.entrypoints.commands import running

_BLANKS = re.compile(r"[\s│┃]+")


class CommandLine:
    """`code` and `text` are of the last command; line breaks and the frames of tables count as one blank."""

    def __init__(self, dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", dsn)
        monkeypatch.setenv("MARCHANTE_ENV", "production")
        monkeypatch.setenv("SECRET_KEY", "a key for tests only")
        for console in (running.out, running.err):
            monkeypatch.setattr(console, "width", 200)
        self.code = 0
        self.text = ""

    async def run(self, *arguments: str) -> str:
        """A command opens an event loop of its own: it runs in another thread."""
        result = await asyncio.to_thread(CliRunner().invoke, app, list(arguments))
        self.code, self.text = result.exit_code, _BLANKS.sub(" ", result.output).strip()
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return self.text
