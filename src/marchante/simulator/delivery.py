"""Webhooks on their way: signed, posted, and repeated until the receiver answers 200."""

import asyncio
import hashlib
import hmac
import json
import logging
import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from marchante.simulator.config import Clock, SimulatorConfig
from marchante.simulator.journal import Journal

_log = logging.getLogger(__name__)
_DELIVERED_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Attempt:
    """One POST: `answer` is the HTTP status, or what went wrong when there was none."""

    at: float
    answer: int | str


@dataclass(slots=True)
class Webhook:
    """One webhook body and what happened to it. `body` holds exactly the bytes that are signed and sent."""

    id: str
    body: bytes = field(repr=False)
    created_at: float
    attempts: list[Attempt] = field(default_factory=list)
    delivered: bool = False
    given_up: bool = False
    attempted: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    finished: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def for_tests(self) -> dict[str, Any]:
        """The line of the delivery log."""
        return {
            "id": self.id,
            "created_at": self.created_at,
            "delivered": self.delivered,
            "given_up": self.given_up,
            "attempts": [{"at": attempt.at, "answer": attempt.answer} for attempt in self.attempts],
            "payload": json.loads(self.body),
        }


def encode(payload: dict[str, Any], *, escape_slashes: bool = False) -> bytes:
    """The bytes Meta puts on the wire: compact JSON in ASCII with lower-case escapes."""
    text = json.dumps(payload, ensure_ascii=True, separators=(",", ":"))
    return (text.replace("/", "\\/") if escape_slashes else text).encode("ascii")


def sign(app_secret: str, body: bytes) -> str:
    """The value of X-Hub-Signature-256."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


class WebhookDelivery:
    """Delivers webhooks concurrently; one that is not answered 200 comes back with growing waits."""

    def __init__(self, config: SimulatorConfig, journal: Journal, clock: Clock) -> None:
        self._config = config
        self._journal = journal
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._retry_now = asyncio.Event()
        self._pending: dict[str, Webhook] = {}
        self._finished: deque[Webhook] = deque(maxlen=_DELIVERED_KEPT)
        self._batch: Webhook | None = None
        self._batched: list[dict[str, Any]] = []

    async def start(self) -> None:
        """Open the connection pool and take up what an earlier run could not deliver."""
        timeout = aiohttp.ClientTimeout(total=self._config.retry.timeout_seconds)
        self._session = aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar())
        for webhook in self._pending.values():
            self._launch(webhook)

    async def stop(self) -> None:
        """Stop delivering. What is undelivered stays in the journal for the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def restore(self, webhook_id: str, body: str, created_at: float) -> None:
        """Take back an undelivered webhook of an earlier run (before `start`)."""
        self._pending[webhook_id] = Webhook(webhook_id, body.encode("ascii"), created_at)

    def restore_finished(self, webhook_id: str) -> None:
        self._pending.pop(webhook_id, None)

    def post(self, payload: dict[str, Any], *, copies: int = 1) -> Webhook:
        """Sign and deliver a payload in the background, `copies` times at once; returns the last copy's record."""
        if self._batch is not None:
            self._batched += [payload] * copies
            return self._batch
        body = encode(payload, escape_slashes=self._config.escape_slashes)
        return [self._post_once(body) for _ in range(copies)][-1]

    def hold(self) -> None:
        """From now on gather what happens, as Meta does when much happens at once."""
        if self._batch is None:
            self._batch = Webhook(secrets.token_hex(8), b"", self._clock().timestamp())

    def release(self) -> Webhook | None:
        """Deliver what was gathered in one body; None when there is nothing."""
        batch, payloads = self._batch, self._batched
        self._batch, self._batched = None, []
        if batch is None or not payloads:
            return None
        entries = [entry for payload in payloads for entry in payload["entry"]]
        batch.body = encode({**payloads[0], "entry": entries}, escape_slashes=self._config.escape_slashes)
        self._begin(batch)
        return batch

    async def forge(self, body: bytes, signature: str | None) -> int | str:
        """Post once what Meta never signed (or not so); returns how the receiver answered."""
        headers = {} if signature is None else {"X-Hub-Signature-256": signature}
        return (await self._attempt(body, headers)).answer

    @property
    def at_rest(self) -> bool:
        """Everything was delivered or given up."""
        return not self._pending

    def log(self) -> list[Webhook]:
        """What was delivered lately, then what is still waiting, each in the order it was made."""
        return [*self._finished, *self._pending.values()]

    def retry_now(self) -> int:
        """Try everything undelivered again at once; returns how many there are."""
        self._retry_now.set()
        self._retry_now = asyncio.Event()
        return len(self._pending)

    async def verify_subscription(self, verify_token: str | None = None) -> bool:
        """Meta's GET handshake: whether the webhook returns our challenge for the verify token (or for another one)."""
        challenge = str(secrets.randbelow(10**10))
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": self._config.verify_token if verify_token is None else verify_token,
        }
        try:
            async with self._http().get(self._config.webhook_url, params=query) as answer:
                return answer.status == 200 and await answer.text() == challenge  # noqa: PLR2004
        except (aiohttp.ClientError, TimeoutError):
            return False

    def _post_once(self, body: bytes) -> Webhook:
        webhook = Webhook(secrets.token_hex(8), body, self._clock().timestamp())
        self._begin(webhook)
        return webhook

    def _begin(self, webhook: Webhook) -> None:
        self._pending[webhook.id] = webhook
        body, created_at = webhook.body.decode("ascii"), webhook.created_at
        self._journal.write("webhook", {"id": webhook.id, "body": body, "created_at": created_at})
        self._launch(webhook)

    def _launch(self, webhook: Webhook) -> None:
        task = asyncio.create_task(self._deliver(webhook))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, webhook: Webhook) -> None:
        while True:
            signature = {"X-Hub-Signature-256": sign(self._config.app_secret, webhook.body)}
            attempt = await self._attempt(webhook.body, signature)
            webhook.attempts.append(attempt)
            webhook.delivered = attempt.answer == 200  # noqa: PLR2004
            age = self._clock().timestamp() - webhook.created_at
            webhook.given_up = not webhook.delivered and age > self._config.retry.horizon.total_seconds()
            if webhook.delivered or webhook.given_up:
                break
            webhook.attempted.set()
            _log.info("webhook %s was answered %s and will come back", webhook.id, attempt.answer)
            await self._wait(self._config.retry.wait_after(len(webhook.attempts)))
        self._finished.append(self._pending.pop(webhook.id))
        self._journal.write("webhook_finished", {"id": webhook.id})
        webhook.attempted.set()
        webhook.finished.set()

    async def _attempt(self, body: bytes, signature: dict[str, str]) -> Attempt:
        at = self._clock().timestamp()
        headers = {"Content-Type": "application/json", "User-Agent": "facebookexternalua", **signature}
        try:
            async with self._http().post(
                self._config.webhook_url, data=body, headers=headers, allow_redirects=False
            ) as answer:
                await answer.read()
                return Attempt(at, answer.status)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Attempt(at, type(error).__name__)

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._retry_now.wait(), timeout=seconds)
        except TimeoutError:
            return

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("webhooks are delivered between start() and stop()")
        return self._session
