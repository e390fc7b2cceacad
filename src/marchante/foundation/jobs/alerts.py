"""Raise an alert: a row written with whatever else the transaction writes. The metrics count those that are open;
`marchante alerts` lists them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import NotFound

Severity = Literal["info", "warning", "critical"]


async def raise_alert(
    connection: Connection,
    *,
    code: str,
    severity: Severity,
    message: str,
    company_id: int | None,
    data: Mapping[str, object],
    fingerprint: str,
    now: datetime,
) -> int:
    """Note a trouble a person must look at; returns the alert's id.

    The same trouble (`fingerprint`) raised again while it is open counts up, and shows its latest words and the worst
    severity it had. Once resolved, it opens a new alert.
    """
    alert_id: int = await connection.fetchval(
        """INSERT INTO relay.alerts (company_id, code, severity, message, data, fingerprint, last_at, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
           ON CONFLICT (fingerprint) WHERE resolved_at IS NULL DO UPDATE SET
               times = alerts.times + 1, message = excluded.message, data = excluded.data,
               last_at = greatest(alerts.last_at, excluded.last_at),
               severity = CASE WHEN 'critical' IN (alerts.severity, excluded.severity) THEN 'critical'
                               WHEN 'warning' IN (alerts.severity, excluded.severity) THEN 'warning' ELSE 'info' END
           RETURNING id""",
        company_id,
        code,
        severity,
        message,
        dict(data),
        fingerprint,
        now,
    )
    return alert_id


async def resolve_alert(connection: Connection, fingerprint: str, now: datetime) -> bool:
    """The trouble is over; whether there was one."""
    tag = await connection.execute(
        "UPDATE relay.alerts SET resolved_at = $2 WHERE fingerprint = $1 AND resolved_at IS NULL", fingerprint, now
    )
    return tag != "UPDATE 0"


@dataclass(frozen=True, slots=True)
class Alert:
    """A trouble as it stands: how often it came, and when last. `company`: its slug, None for the platform's own."""

    id: int
    company: str | None
    code: str
    severity: str
    message: str
    times: int
    last_at: datetime


async def open_alerts(connection: Connection, limit: int) -> list[Alert]:
    """Those nobody has resolved, the worst first."""
    rows = await connection.fetch(
        """SELECT a.id, c.slug AS company, a.code, a.severity, a.message, a.times, a.last_at
           FROM relay.alerts a LEFT JOIN relay.companies c USING (company_id) WHERE a.resolved_at IS NULL
           ORDER BY array_position(ARRAY['critical', 'warning', 'info'], a.severity), a.last_at DESC, a.id LIMIT $1""",
        limit,
    )
    return [Alert(**dict(row)) for row in rows]


async def resolve(connection: Connection, alert_id: int, now: datetime) -> None:
    """A person has seen to it. Raises NotFound `alert_not_found`."""
    tag = await connection.execute(
        "UPDATE relay.alerts SET resolved_at = $2 WHERE id = $1 AND resolved_at IS NULL", alert_id, now
    )
    if tag == "UPDATE 0":
        raise NotFound(f"no open alert {alert_id}", code="alert_not_found")
