"""What one webhook costs before the database: checking its signature, reading it, making its rows."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from marchante.channels.whatsapp.signature import sign, verify
from marchante.channels.whatsapp.wire import parse_webhook
from marchante.entrypoints.bench.figures import WebhookCost
from marchante.entrypoints.bench.people import Person, next_words, webhook
from marchante.inbox.domain import rows_of

_SECRET = "a secret of the bench"  # noqa: S105 - signs nothing but its own bodies
_TIMES = 2_000
_UPDATES = 100


def webhook_cost() -> WebhookCost:
    """Microseconds a webhook with one message; and a message, in a body that carries a hundred."""
    body = webhook(Person(7), next_words(Person(7), 1, None), "wamid.HBgNNTIxMjI4VAgASGBQzQTdCMEY0RTlBRkY4NDAA")
    header, now = sign(_SECRET, body), datetime.now(UTC)
    parsed = parse_webhook(body)
    change = body[body.index(b'{"value"') : -len(b"]}]}")]
    batch = body.replace(change, b",".join([change] * _UPDATES))
    return WebhookCost(
        verify=_microseconds(lambda: verify([_SECRET], body, header)),
        parse=_microseconds(lambda: parse_webhook(body)),
        rows=_microseconds(lambda: rows_of(parsed, now, "")),
        batch_per_update=round(_microseconds(lambda: parse_webhook(batch), _TIMES // _UPDATES) / _UPDATES, 1),
    )


def _microseconds(work: Callable[[], object], times: int = _TIMES) -> float:
    """The best of five rounds: what else runs on the machine only ever adds."""
    rounds: list[float] = []
    for _ in range(5):
        begun = time.perf_counter()
        for _ in range(times):
            work()
        rounds.append((time.perf_counter() - begun) / times)
    return round(min(rounds) * 1e6, 1)
