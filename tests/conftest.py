"""Real PostgreSQL for every test that wants one, and always two companies in it."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
from hypothesis import HealthCheck, settings

from marchante.companies.domain import BusinessType, Company, CompanySettings, NewCompany, Plan
from marchante.companies.service import Companies
from marchante.foundation.database.connection import Database, open_pool
from marchante.foundation.database.setup import prepare
from marchante.foundation.kernel.secrets import Vault
from tests.fakes.clock import FakeClock

pytest_plugins = ["tests.acceptance.browser"] if (Path(__file__).parent / "acceptance" / "browser.py").exists() else []

TEMPLATE = "marchante_template"

# A busy machine is no defect: an example may take its time. What was found is printed so that it can be played again.
settings.register_profile("marchante", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("marchante")


@dataclass(frozen=True)
class Databases:
    """Makes and drops the databases of tests, over one connection that stays open."""

    connection: "asyncpg.Connection[asyncpg.Record]"

    async def create(self, name: str, *, template: str) -> None:
        await self.connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')

    async def drop(self, name: str) -> None:
        await self.connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def postgres_dsn() -> Iterator[str]:
    """One server per test process; TEST_DATABASE_URL names an external one instead (it must allow CREATE DATABASE)."""
    if external := os.environ.get("TEST_DATABASE_URL"):
        yield external
        return
    from marchante.foundation.database.embedded import embedded_postgres

    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="marchante-", dir=memory if memory.is_dir() else None) as folder:
        Path(folder).chmod(0o711)  # as root the server runs as nobody, who must reach its data
        with embedded_postgres(Path(folder), durable=False) as server:
            yield server.dsn


@pytest.fixture(scope="session")
def vault() -> Vault:
    return Vault(["a key for tests only"])


@pytest.fixture(scope="session")
async def databases(postgres_dsn: str) -> AsyncIterator[Databases]:
    connection = await asyncpg.connect(postgres_dsn)
    yield Databases(connection)
    await connection.close()


@pytest.fixture(scope="session")
async def template(postgres_dsn: str, databases: Databases, vault: Vault) -> str:
    """A migrated database with two companies, copied for each test."""
    name = f"{TEMPLATE}_{os.getpid()}"
    await databases.create(name, template="template0")
    pool = await open_pool(_named(postgres_dsn, name), size=2)
    database = Database(pool)
    await prepare(database)
    companies = Companies(database, vault)
    await companies.create(LUPITA)
    await companies.create(AGUA)
    await pool.close()
    return name


@pytest.fixture
async def database_dsn(postgres_dsn: str, databases: Databases, template: str) -> AsyncIterator[str]:
    name = f"marchante_test_{os.getpid()}_{os.urandom(4).hex()}"
    await databases.create(name, template=template)
    yield _named(postgres_dsn, name)
    await databases.drop(name)


@pytest.fixture
async def database(database_dsn: str) -> AsyncIterator[Database]:
    pool = await open_pool(database_dsn, size=10)
    yield Database(pool)
    await pool.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def companies(database: Database, vault: Vault) -> Companies:
    return Companies(database, vault)


@pytest.fixture
async def lupita(companies: Companies) -> Company:
    return await companies.get("abarrotes_lupita")


@pytest.fixture
async def agua(companies: Companies) -> Company:
    return await companies.get("agua_clara")


LUPITA = NewCompany(
    slug="abarrotes_lupita",
    name="Abarrotes Lupita",
    business_type=BusinessType.GROCERY,
    plan=Plan.COMPLETO,
    phone_number_id="1001",
    display_phone="+52 228 100 0001",
    owner_phone="5212281000099",
    settings=CompanySettings(opening_hours="de lunes a sábado de 8 a.m. a 9 p.m."),
)
AGUA = NewCompany(
    slug="agua_clara",
    name="Agua Clara",
    business_type=BusinessType.WATER_DELIVERY,
    plan=Plan.BASICO,
    phone_number_id="2001",
    display_phone="+52 667 200 0001",
    timezone="America/Mazatlan",
    settings=CompanySettings(treatment="usted"),
)


def _named(dsn: str, name: str) -> str:
    head, _, _ = dsn.rpartition("/")
    return f"{head}/{name}"
