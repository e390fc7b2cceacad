"""`marchante check` says what is wrong with the surroundings, and production does not serve when something required is."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from click.testing import Result
from tests.builders.databases import set_back
from typer.testing import CliRunner

from marchante.companies.domain import Company
from marchante.entrypoints.cli import app
from marchante.foundation.database.connection import Database
from marchante.foundation.database.migrations import recent
from marchante.foundation.kernel.secrets import Vault
from marchante.simulator.config import SimulatedNumber, SimulatorConfig
from marchante.simulator.server import RunningSimulator, serve_simulator

NAMES = ["environment", "webhook", "logs", "geocoding", "media", "postgresql", "migrations", "whatsapp", "accounts"]
TOKEN = "the-token-of-the-shop"
Runs = Callable[..., Any]


@pytest.fixture(scope="module")
async def simulator() -> AsyncIterator[RunningSimulator]:
    """A WhatsApp that knows the numbers of the two companies of the test database."""
    numbers = (
        SimulatedNumber("1001", "9001", "+52 228 100 0001", "Abarrotes Lupita", (TOKEN,)),
        SimulatedNumber("2001", "9002", "+52 667 200 0001", "Agua Clara", (TOKEN,)),
    )
    async with serve_simulator(SimulatorConfig("http://127.0.0.1:9/webhook", "secret", "verify", numbers)) as running:
        yield running


@pytest.fixture(autouse=True)
async def _accounts(database: Database) -> None:
    await database.pool.execute("UPDATE relay.numbers SET waba_id = '9' || phone_number_id")


@pytest.fixture
def environment(
    database_dsn: str, simulator: RunningSimulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str | None]:
    """A production in which nothing is wrong; a test changes what it is about."""
    monkeypatch.chdir(tmp_path)
    return {
        "MARCHANTE_ENV": "production",
        "MARCHANTE_DATA_DIR": str(tmp_path),
        "DATABASE_URL": database_dsn,
        "SECRET_KEY": "a key for tests only",
        "WHATSAPP_TOKEN": TOKEN,
        "WHATSAPP_APP_SECRET": "secret",
        "WHATSAPP_VERIFY_TOKEN": "verify",
        "WHATSAPP_API_URL": simulator.url,
        "MEDIA_URL": None,
        "LOG_FORMAT": "json",
        "PORT": None,
    }


@pytest.fixture
def runs(environment: dict[str, str | None], monkeypatch: pytest.MonkeyPatch) -> Runs:
    """Run a command in that environment, with some of it changed (None: not set)."""
    monkeypatch.setattr("marchante.foundation.logs.configure", lambda *_: None)

    async def run(*command: str, **changed: str | None) -> Result:
        # A thread: commands bring their own event loop.
        return await asyncio.to_thread(CliRunner().invoke, app, list(command), env={**environment, **changed})

    return run


def failed(result: Result) -> dict[str, str]:
    """The checks that failed, with their detail, from `check --json`."""
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return {entry["name"]: entry["detail"] for entry in json.loads(result.stdout) if not entry["ok"]}


async def test_a_sound_surrounding_passes_every_check(runs: Runs) -> None:
    result = await runs("check", "--json")
    assert [entry["name"] for entry in json.loads(result.stdout)] == NAMES
    assert failed(result) == {}
    assert result.exit_code == 0


async def test_the_table_shows_every_check_with_its_result(runs: Runs) -> None:
    result = await runs("check", COLUMNS="160")
    assert result.exit_code == 0
    for name in NAMES:
        assert any(name in line and "ok" in line for line in result.stdout.splitlines()), name


async def test_a_missing_secret_key_is_named_and_the_database_not_blamed_for_it(runs: Runs) -> None:
    result = await runs("check", "--json", SECRET_KEY=None)
    assert result.exit_code == 1
    assert list(failed(result)) == ["environment"]
    assert "SECRET_KEY" in failed(result)["environment"]


async def test_missing_webhook_secrets_are_named(runs: Runs) -> None:
    result = await runs("check", "--json", WHATSAPP_APP_SECRET=None, WHATSAPP_VERIFY_TOKEN=None)
    assert result.exit_code == 1
    assert list(failed(result)) == ["webhook"]
    assert {"WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN"} <= set(failed(result)["webhook"].replace(",", "").split())


async def test_production_without_a_database_says_which_variable_names_one(runs: Runs) -> None:
    result = await runs("check", "--json", DATABASE_URL=None, MARCHANTE_DATA_DIR=None)
    assert result.exit_code == 1
    assert "DATABASE_URL" in failed(result)["environment"]
    assert "DATABASE_URL" in failed(result)["postgresql"]


@pytest.mark.parametrize(
    "broken",
    [
        lambda dsn: dsn.replace(f":{urlparse(dsn).port}/", ":9/"),
        lambda dsn: dsn.replace(urlparse(dsn).password, "a-wrong-password"),
        lambda dsn: f"{dsn}_that_does_not_exist",
        lambda _: "not a dsn at all",
        lambda _: "postgresql://nobody@no.such.host.invalid/x",
        lambda _: "mysql://root@127.0.0.1/x",
    ],
    ids=["nobody listens", "wrong password", "no such database", "no DSN", "no such host", "another database"],
)
async def test_a_database_that_cannot_be_used_is_one_line_without_its_password(
    runs: Runs, environment: dict[str, str | None], broken: Callable[[str | None], str]
) -> None:
    dsn = broken(environment["DATABASE_URL"])
    result = await runs("check", "--json", DATABASE_URL=dsn)
    assert result.exit_code == 1
    assert "postgresql" in failed(result)
    assert "\n" not in failed(result)["postgresql"]
    assert (urlparse(environment["DATABASE_URL"]).password or "?") not in result.output
    listed = await runs("company", "list", DATABASE_URL=dsn)
    assert listed.exit_code == 1
    assert isinstance(listed.exception, SystemExit), "one clear line, no traceback"


async def test_a_token_meta_refuses_is_found_before_the_first_customer_writes(runs: Runs) -> None:
    result = await runs("check", "--json", WHATSAPP_TOKEN="revoked")
    assert result.exit_code == 1
    assert "190" in failed(result)["whatsapp"]
    assert "revoked" not in result.output


async def test_a_missing_token_is_found(runs: Runs) -> None:
    result = await runs("check", "--json", WHATSAPP_TOKEN=None)
    assert list(failed(result)) == ["whatsapp"]
    assert "token" in failed(result)["whatsapp"].lower()


async def test_a_whatsapp_that_cannot_be_reached_is_found(runs: Runs) -> None:
    result = await runs("check", "--json", WHATSAPP_API_URL="http://127.0.0.1:9")
    assert list(failed(result)) == ["whatsapp"]
    assert "1001" in failed(result)["whatsapp"]


async def test_the_bad_token_of_one_company_keeps_nobody_else_from_being_served(runs: Runs, database: Database) -> None:
    own = Vault(["a key for tests only"]).seal("revoked")
    await database.pool.execute("UPDATE relay.numbers SET token_ciphertext = $1 WHERE phone_number_id = '1001'", own)
    result = await runs("check", "--json")
    assert result.exit_code == 0
    assert failed(result)["whatsapp"].startswith("1001: 190")


async def test_a_token_that_cannot_be_read_with_this_secret_key_is_no_fault_of_the_database(
    runs: Runs, database: Database
) -> None:
    own = Vault(["a key that was lost"]).seal(TOKEN)
    await database.pool.execute("UPDATE relay.numbers SET token_ciphertext = $1", own)
    result = await runs("check", "--json")
    assert result.exit_code == 1
    assert list(failed(result)) == ["whatsapp"]
    assert "SECRET_KEY" in failed(result)["whatsapp"]


async def test_a_number_whose_account_is_not_known_is_named_and_keeps_nobody_from_being_served(
    runs: Runs, database: Database
) -> None:
    await database.pool.execute("UPDATE relay.numbers SET waba_id = NULL WHERE phone_number_id = '2001'")
    result = await runs("check", "--json")
    assert result.exit_code == 0
    assert "2001" in failed(result)["accounts"]
    assert "1001" not in failed(result)["accounts"]


@pytest.mark.parametrize(("steps", "serves"), [(1, True), (2, False)])
async def test_a_company_one_revision_behind_is_served_and_an_older_one_is_not(
    runs: Runs, database: Database, lupita: Company, steps: int, serves: bool
) -> None:
    await set_back(database, lupita, recent("tenant", steps + 1)[0])
    result = await runs("check", "--json")
    assert list(failed(result)) == ["migrations"]
    assert "abarrotes_lupita" in failed(result)["migrations"]
    assert (result.exit_code == 0) is serves


async def test_a_media_folder_that_cannot_be_written_is_found(runs: Runs, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("not a folder")
    result = await runs("check", "--json", MEDIA_URL=f"file://{tmp_path}/a%20file/media")
    assert result.exit_code == 1
    assert "media" in failed(result)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": None}, ["environment"]),
        ({"WHATSAPP_APP_SECRET": None, "WHATSAPP_TOKEN": "revoked"}, ["webhook", "whatsapp"]),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/x"}, ["postgresql"]),
        ({"SECRET_KEY": None, "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/x"}, ["environment", "postgresql"]),
    ],
)
async def test_production_refuses_to_serve_with_one_line_for_each_failed_check(
    runs: Runs, changed: dict[str, str | None], named: list[str]
) -> None:
    result = await runs("serve", **changed)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert [line.split(":")[0] for line in lines] == ["startup_checks_failed"] * len(named)
    assert [line.split(":")[1].strip() for line in lines] == named


@pytest.mark.parametrize("variable", [{"PORT": "eight thousand"}, {"MARCHANTE_ENV": "staging"}, {"LOG_FORMAT": "xml"}])
async def test_a_variable_with_a_value_it_cannot_have_is_named_in_one_line(
    runs: Runs, variable: dict[str, str]
) -> None:
    [name] = variable
    for command in (["check"], ["serve"], ["company", "list"]):
        result = await runs(*command, **variable)
        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit), repr(result.exception)
        [line] = [line for line in result.stderr.splitlines() if line.strip()]
        assert line.startswith("bad_environment: ")
        assert name in line


async def test_development_serves_without_secrets_and_makes_its_own(runs: Runs) -> None:
    bare = dict.fromkeys(("SECRET_KEY", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN"))
    result = await runs("check", "--json", MARCHANTE_ENV="development", **bare)
    assert failed(result) == {}
