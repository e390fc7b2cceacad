"""Raise an alert: a row written with whatever else the transaction writes. `alerts` delivers it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from marchante.foundation.database.connection import Connection

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
