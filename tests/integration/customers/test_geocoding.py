"""Which address a point has: Google's answers, and whatever else can come instead. It never raises, and never waits."""

from collections.abc import AsyncIterator
from decimal import Decimal

import aiohttp
import pytest
from tests.fakes.clock import FakeClock
from tests.fakes.graph_server import NEVER_ANSWER, StubGraph, stub_graph

from marchante.customers import geocoding
from marchante.customers.domain import AddressParts
from marchante.customers.geocoding import GoogleGeocoder
from marchante.simulator.config import SimulatorConfig
from marchante.simulator.server import serve_simulator

POINT = Decimal("19.5438"), Decimal("-96.9102")


def component(name: str, *types: str, short: str = "") -> dict[str, object]:
    return {"long_name": name, "short_name": short or name, "types": list(types)}


LUCIO = [
    component("40", "street_number"),
    component("Calle Lucio", "route"),
    component("Centro", "political", "sublocality", "sublocality_level_1"),
    component("Xalapa-Enríquez", "locality", "political"),
    component("Veracruz", "administrative_area_level_1", "political", short="Ver."),
    component("91000", "postal_code"),
]
PARTS = AddressParts("Calle Lucio", "40", "Centro", city="Xalapa-Enríquez", state="Ver.", zip_code="91000")
PLUS_CODE = [component("G3VR+G4", "plus_code"), component("Xalapa", "locality")]


@pytest.fixture
async def google() -> AsyncIterator[StubGraph]:
    async with stub_graph() as stub:
        yield stub


@pytest.fixture
async def geocoder(google: StubGraph, clock: FakeClock) -> AsyncIterator[GoogleGeocoder]:
    async with aiohttp.ClientSession() as session:
        yield GoogleGeocoder(session, google.url, "secret key", clock)


def answer(*results: list[dict[str, object]], status: str = "OK") -> dict[str, object]:
    return {"status": status, "results": [{"address_components": each} for each in results]}


async def test_the_first_result_with_a_street_becomes_the_fields_of_an_address(
    google: StubGraph, geocoder: GoogleGeocoder
) -> None:
    google.answers(answer(PLUS_CODE, LUCIO))
    assert await geocoder.address_at(*POINT) == PARTS
    [asked] = google.received
    assert (asked.method, asked.path) == ("GET", "/maps/api/geocode/json")
    assert asked.query["latlng"] == "19.5438,-96.9102"
    assert asked.query["key"] == "secret key"


async def test_where_there_is_no_street_the_colonia_is_better_than_nothing(
    google: StubGraph, geocoder: GoogleGeocoder
) -> None:
    google.answers(answer(PLUS_CODE, [component("Las Ánimas", "neighborhood", "political")]))
    assert await geocoder.address_at(*POINT) == AddressParts(colony="Las Ánimas")
    google.answers(answer(status="ZERO_RESULTS"))
    assert await geocoder.address_at(*POINT) is None


@pytest.mark.parametrize(
    ("body", "status"),
    [(answer(status="REQUEST_DENIED"), 200), ({"error": "?"}, 200), ([], 200), (answer(LUCIO), 500), ("", 404)],
)
async def test_a_refusal_or_nonsense_is_nothing_known(
    google: StubGraph, geocoder: GoogleGeocoder, body: object, status: int
) -> None:
    google.answers(body, status=status)
    assert await geocoder.address_at(*POINT) is None


async def test_a_connection_cut_or_never_answered_is_nothing_known(
    google: StubGraph, geocoder: GoogleGeocoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await geocoder.address_at(*POINT) is None
    monkeypatch.setattr(geocoding, "SECONDS", 0.05)
    google.script.append(NEVER_ANSWER)
    assert await geocoder.address_at(*POINT) is None


async def test_after_three_failures_nobody_is_asked_for_a_minute(
    google: StubGraph, geocoder: GoogleGeocoder, clock: FakeClock
) -> None:
    for _ in range(5):
        google.answers({}, status=500)
        assert await geocoder.address_at(*POINT) is None
    assert len(google.received) == 3
    clock.advance(seconds=61)
    google.script.clear()
    google.answers(answer(LUCIO))
    assert await geocoder.address_at(*POINT) == PARTS


async def test_an_address_with_a_path_is_used_as_it_is(google: StubGraph, clock: FakeClock) -> None:
    async with aiohttp.ClientSession() as session:
        google.answers(answer(LUCIO))
        assert await GoogleGeocoder(session, f"{google.url}/geo/v2", "", clock).address_at(*POINT) == PARTS
    [asked] = google.received
    assert (asked.path, "key" in asked.query) == ("/geo/v2", False)


async def test_the_stand_in_of_the_simulator_answers_as_google_does(clock: FakeClock) -> None:
    config = SimulatorConfig(webhook_url="http://127.0.0.1:1/webhook", app_secret="x", verify_token="y")
    async with serve_simulator(config) as simulator, aiohttp.ClientSession() as session:
        geocoder = GoogleGeocoder(session, simulator.url, "", clock)
        found = await geocoder.address_at(*POINT)
        assert found is not None
        assert found.street
        assert found.zip_code
        assert await geocoder.address_at(*POINT) == found
        assert await geocoder.address_at(Decimal("48.85"), Decimal("2.35")) is None
