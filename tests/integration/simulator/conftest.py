from collections.abc import AsyncIterator

import pytest
from pywa_bot import Bot, open_bot
from simulated_shop import Receiver, Shop, open_shop, receiving
from tests.fakes.clock import FakeClock


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as webhook:
        yield webhook


@pytest.fixture
async def shop(receiver: Receiver, clock: FakeClock) -> AsyncIterator[Shop]:
    async with open_shop(receiver, clock) as opened:
        yield opened


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    async with open_bot() as opened:
        yield opened
