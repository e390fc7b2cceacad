"""Commands against the database of the test."""

import pytest
from tests.builders.command_line import CommandLine


@pytest.fixture
def marchante(database_dsn, monkeypatch) -> CommandLine:
    return CommandLine(database_dsn, monkeypatch)
