"""/health/live, /health/ready and /metrics: is the process alive, can it serve, and how far behind is it."""

import asyncio
from datetime import datetime

from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from marchante.foundation.database.connection import DATABASE_AWAY, Database
from marchante.foundation.http.problems import problem
from marchante.foundation.kernel.clock import Clock

_PROBE_TIMEOUT = 2.0
_FRESH_SECONDS = 5.0

PENDING = Gauge("marchante_inbox_pending", "Messages stored and not yet answered", multiprocess_mode="mostrecent")
OLDEST = Gauge("marchante_inbox_oldest_seconds", "Age of the oldest unanswered message", multiprocess_mode="mostrecent")
STATUSES = Gauge("marchante_statuses_pending", "Statuses not yet applied", multiprocess_mode="mostrecent")
QUEUED = Gauge("marchante_outbox_open", "Messages not yet sent, by status", ["status"], multiprocess_mode="mostrecent")
DEAD = Gauge("marchante_dead_letters", "Messages set aside", multiprocess_mode="mostrecent")
ALERTS = Gauge("marchante_alerts_open", "Alerts nobody resolved", multiprocess_mode="mostrecent")


class HealthController:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._measured_at: datetime | None = None

    def routes(self) -> list[Route]:
        return [
            Route("/health/live", self.live, include_in_schema=False),
            Route("/health/ready", self.ready, include_in_schema=False),
            Route("/metrics", self.metrics, include_in_schema=False),
        ]

    async def live(self, _request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def ready(self, _request: Request) -> Response:
        """503 while the database cannot be asked: the load balancer sends nobody here."""
        try:
            async with asyncio.timeout(_PROBE_TIMEOUT), self._database.pool.acquire() as connection:
                await connection.fetchval("SELECT 1 FROM relay.alembic_version")
        except DATABASE_AWAY:
            return problem(503, "database_unreachable", "the database cannot be asked")
        return JSONResponse({"status": "ready"})

    async def metrics(self, _request: Request) -> Response:
        """Prometheus text. What is read from the database is at most five seconds old; the rest needs no database."""
        now = self._clock.now()
        if self._measured_at is None or (now - self._measured_at).total_seconds() > _FRESH_SECONDS:
            self._measured_at = now
            try:
                async with asyncio.timeout(_PROBE_TIMEOUT):
                    await self._measure(now)
            except DATABASE_AWAY:
                PENDING.set(float("nan"))
        return Response(generate_latest(), headers={"content-type": CONTENT_TYPE_LATEST})

    async def _measure(self, now: datetime) -> None:
        async with self._database.pool.acquire() as connection:
            row = await connection.fetchrow(
                """SELECT (SELECT count(*) FROM relay.inbox_messages WHERE handled_at IS NULL) AS pending,
                          (SELECT min(received_at) FROM relay.inbox_messages WHERE handled_at IS NULL) AS oldest,
                          (SELECT count(*) FROM relay.inbox_statuses WHERE handled_at IS NULL) AS statuses,
                          (SELECT count(*) FROM relay.inbox_messages WHERE outcome = 'dead_letter') AS dead,
                          (SELECT count(*) FROM relay.alerts WHERE resolved_at IS NULL) AS alerts"""
            )
            waiting = await connection.fetch(
                """SELECT status, count(*) AS number FROM relay.outbox
                   WHERE status IN ('queued', 'sending', 'in_doubt') GROUP BY status"""
            )
        assert row is not None
        PENDING.set(row["pending"])
        OLDEST.set((now - row["oldest"]).total_seconds() if row["oldest"] else 0)
        STATUSES.set(row["statuses"])
        DEAD.set(row["dead"])
        ALERTS.set(row["alerts"])
        counts = {entry["status"]: entry["number"] for entry in waiting}
        for status in ("queued", "sending", "in_doubt"):
            QUEUED.labels(status).set(counts.get(status, 0))
