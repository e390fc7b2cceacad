"""A sender whose clock, network and chance belong to the test."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.builders import outbox
from tests.builders.outbox import PLATFORM_TOKEN
from tests.fakes.clock import FakeClock
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.secrets import Vault
from marchante.outbox.sender import Sender
from marchante.outbox.statuses import StatusApplier
from marchante.outbox.tokens import Tokens

ANA = "5212281000001"


@pytest.fixture
def gateway() -> ScriptedGateway:
    return ScriptedGateway()


@pytest.fixture
def new_sender(database: Database, gateway: ScriptedGateway, vault: Vault, clock: FakeClock) -> Callable[..., Sender]:
    """Each call is the sender of another process."""

    def make(**options: object) -> Sender:
        tokens = Tokens(vault, str(options.pop("platform_token", PLATFORM_TOKEN)))
        return Sender(database, gateway, tokens, clock, spread=lambda: 0.0, **options)  # type: ignore[arg-type]

    return make


@pytest.fixture
def sender(new_sender: Callable[..., Sender]) -> Sender:
    return new_sender()


@pytest.fixture
def statuses(database: Database, clock: FakeClock) -> StatusApplier:
    return StatusApplier(database, clock, after_resolved=lambda: None)


@pytest.fixture
async def sent(
    database: Database, lupita: Company, agua: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> list[dict[str, Any]]:
    """One message of each company, accepted by Meta."""
    messages = [outbox.text_to(company, ANA, company.slug, clock.now()) for company in (lupita, agua)]
    await outbox.queued(database, messages, clock.now())
    await outbox.send_all(sender)
    return await outbox.rows(database)
