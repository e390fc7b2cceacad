"""Google's reverse geocoding behind the Geocoder port. The key travels in the query only and is never logged."""

from datetime import datetime, timedelta
from decimal import Decimal

import aiohttp
import msgspec
import structlog
from prometheus_client import Counter

from marchante.customers.domain import AddressParts
from marchante.foundation.kernel.clock import Clock

log = structlog.get_logger(__name__)

LOOKUPS = Counter("marchante_geocoding_total", "Points looked up, by how it ended", ["outcome"])

GOOGLE = "https://maps.googleapis.com"
PATH = "/maps/api/geocode/json"
# A customer waits for this.
SECONDS = 2.0
# After so many failures in a row nobody is asked for a while: each would cost a customer these seconds.
_PATIENCE = 3
_REST = timedelta(minutes=1)
_MOST_BYTES = 200_000
_OK = 200


class _Component(msgspec.Struct):
    long_name: str
    short_name: str
    types: list[str]


class _Result(msgspec.Struct):
    address_components: list[_Component]


class _Answer(msgspec.Struct):
    status: str
    results: list[_Result] = []


def read_answer(body: bytes) -> AddressParts | None:
    """The first result that knows a street, else the first that knows a colonia; None without either.

    Raises ValueError for what is no answer, or a refusal of Google's.
    """
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except msgspec.MsgspecError as error:
        raise ValueError("not an answer") from error
    if answer.status not in {"OK", "ZERO_RESULTS"}:
        raise ValueError(answer.status[:40])
    found = [_parts(result) for result in answer.results]
    return next((parts for parts in found if parts.street), None) or next(
        (parts for parts in found if parts.colony), None
    )


def _parts(result: _Result) -> AddressParts:
    named = {kind: component for component in reversed(result.address_components) for kind in component.types}

    def first(*kinds: str) -> str | None:
        return next((named[kind].long_name for kind in kinds if kind in named), None)

    region = named.get("administrative_area_level_1")
    return AddressParts(
        street=first("route"),
        number=first("street_number"),
        colony=first("sublocality_level_1", "neighborhood", "sublocality"),
        city=first("locality", "administrative_area_level_2"),
        state=region.short_name if region else None,
        zip_code=first("postal_code"),
    )


class GoogleGeocoder:
    """`url`: GEOCODING_URL, with or without the path of Google's API."""

    def __init__(self, session: aiohttp.ClientSession, url: str, key: str, clock: Clock) -> None:
        self._session = session
        self._url = url if url.rstrip("/").count("/") > len("//") else f"{url.rstrip('/')}{PATH}"
        self._key = key
        self._clock = clock
        self._failures = 0
        self._rests_until: datetime | None = None

    async def address_at(self, latitude: Decimal, longitude: Decimal) -> AddressParts | None:
        now = self._clock.now()
        if self._rests_until is not None and now < self._rests_until:
            LOOKUPS.labels("resting").inc()
            return None
        try:
            parts = read_answer(await self._asked(latitude, longitude))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            self._failed(error, now)
            return None
        self._failures, self._rests_until = 0, None
        LOOKUPS.labels("found" if parts else "nothing").inc()
        return parts

    async def _asked(self, latitude: Decimal, longitude: Decimal) -> bytes:
        query = {"latlng": f"{latitude:f},{longitude:f}", "language": "es-419", "region": "mx"}
        if self._key:
            query["key"] = self._key
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        async with self._session.get(self._url, params=query, timeout=timeout, allow_redirects=False) as answer:
            if answer.status != _OK:
                raise ValueError(f"status {answer.status}")
            return await answer.content.read(_MOST_BYTES)

    def _failed(self, error: Exception, now: datetime) -> None:
        self._failures += 1
        if self._failures >= _PATIENCE:
            self._rests_until = now + _REST
        LOOKUPS.labels("failed").inc()
        reason = str(error) if type(error) is ValueError else type(error).__name__
        log.warning("geocoding.failed", reason=reason, failures=self._failures)
