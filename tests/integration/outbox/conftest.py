"""A sender whose clock, network and chance belong to the test."""

from collections.abc import Callable

import pytest
from tests.builders.outbox import PLATFORM_TOKEN
from tests.fakes.clock import FakeClock
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.secrets import Vault
from marchante.outbox.sender import Sender
from marchante.outbox.statuses import StatusApplier
from marchante.outbox.tokens import Tokens


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
