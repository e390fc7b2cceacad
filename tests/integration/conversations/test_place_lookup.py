"""The address of a shared location is looked up before the turn: nothing is held meanwhile, and only what is needed."""

from dataclasses import dataclass, field
from decimal import Decimal

from tests.builders.webhooks import message
from tests.integration.conversations.conftest import Chat, body

from marchante.conversations import claims
from marchante.conversations.claims import Claim
from marchante.conversations.lookups import PlaceLookup
from marchante.customers.domain import AddressParts
from marchante.foundation.database.connection import Database

FOUND = AddressParts("Calle Lucio", "40", "Centro")


@dataclass
class WatchfulGeocoder:
    """Looks, while it is asked, whether anybody else could take the conversation."""

    database: Database
    asked: list[tuple[Decimal, Decimal]] = field(default_factory=list)
    open_transactions: int = -1

    async def address_at(self, latitude: Decimal, longitude: Decimal) -> AddressParts | None:
        self.asked.append((latitude, longitude))
        async with self.database.relay() as connection:
            await connection.fetch("SELECT 1 FROM relay.conversations FOR UPDATE NOWAIT")
            self.open_transactions = await connection.fetchval(
                """SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in%'"""
            )
        return FOUND


async def shared(chat: Chat, **more: object) -> Claim:
    """A location arrives; the attempt to answer it has begun."""
    place = {"latitude": 19.5438, "longitude": -96.9102, **more}
    now = chat.clock.now()
    await chat.post(message(chat.number, chat.phone, chat.wamid(), at=now, type="location", location=place))
    async with chat.database.pool.acquire() as connection:
        [claim] = await claims.begin_attempts(connection, chat.clock.advance(seconds=1), 10)
    return claim


async def test_nothing_is_held_while_somebody_is_asked_and_the_turn_gets_the_answer(chat: Chat) -> None:
    geocoder = WatchfulGeocoder(chat.database)
    claim = await shared(chat)
    assert claim.located
    places = await PlaceLookup(chat.database, geocoder).places(claim)
    assert geocoder.asked == [(Decimal("19.5438"), Decimal("-96.9102"))]
    assert geocoder.open_transactions == 0
    await chat.turns.take(claim, places)
    [sent] = await chat.outbox()
    assert "Calle Lucio 40, Centro" in body(sent)


async def test_nobody_is_asked_about_a_text_or_while_a_person_answers(chat: Chat) -> None:
    geocoder = WatchfulGeocoder(chat.database)
    lookup = PlaceLookup(chat.database, geocoder)
    await chat.post(message(chat.number, chat.phone, chat.wamid(), "hola", at=chat.clock.now()))
    async with chat.database.pool.acquire() as connection:
        [claim] = await claims.begin_attempts(connection, chat.clock.advance(seconds=1), 10)
    assert not claim.located
    assert await lookup.places(claim) == {}
    await chat.turns.take(claim)

    async with chat.database.relay() as connection:
        await connection.execute("UPDATE relay.conversations SET human_since = $1", chat.clock.now())
    assert await lookup.places(await shared(chat)) == {}
    assert geocoder.asked == []


class BrokenGeocoder:
    async def address_at(self, latitude: Decimal, longitude: Decimal) -> AddressParts | None:
        raise RuntimeError("a fault of ours")


async def test_a_lookup_that_breaks_keeps_nobody_from_their_answer(chat: Chat) -> None:
    claim = await shared(chat)
    places = await PlaceLookup(chat.database, BrokenGeocoder()).places(claim)
    assert places == {}
    assert await chat.turns.take(claim, places) is not None


async def test_without_a_geocoder_a_location_is_a_point(chat: Chat) -> None:
    claim = await shared(chat)
    assert await PlaceLookup(chat.database, None).places(claim) == {}
    await chat.turns.take(claim, {})
    [sent] = await chat.outbox()
    assert "usaré esa ubicación" in body(sent)
