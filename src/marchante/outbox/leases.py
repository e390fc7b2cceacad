"""SQL of the numbers a sender owns: one owner each, and a fence that grows with every new owner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from marchante.foundation.database.connection import Connection
from marchante.outbox.domain import DOUBT, Status


@dataclass(frozen=True, slots=True)
class Lease:
    """A number this sender owns, and how it is served."""

    phone_number_id: str
    company_id: int
    fence: int
    token_ciphertext: bytes | None
    throughput: str
    platform_type: str
    blocked_until: datetime | None
    blocked_since: datetime | None
    stopped_at: datetime | None


async def take(
    connection: Connection, owner: UUID, held: Iterable[str], now: datetime, until: datetime, limit: int = 100
) -> list[Lease]:
    """Own the numbers that have something to send and no living owner; `held` are owned already.

    A number this owner had before keeps its fence: nobody else can have sent from it in between.
    """
    rows = await connection.fetch(
        """WITH RECURSIVE busy AS (
                (SELECT phone_number_id FROM relay.outbox WHERE status IN ('queued', 'sending', 'in_doubt')
                 ORDER BY phone_number_id LIMIT 1)
                UNION ALL
                SELECT (SELECT o.phone_number_id FROM relay.outbox o
                        WHERE o.phone_number_id > b.phone_number_id AND o.status IN ('queued', 'sending', 'in_doubt')
                        ORDER BY o.phone_number_id LIMIT 1)
                FROM busy b WHERE b.phone_number_id IS NOT NULL
            ), free AS (
                SELECT n.phone_number_id FROM relay.numbers n JOIN busy b USING (phone_number_id)
                WHERE n.phone_number_id <> ALL ($4::text[]) AND n.stopped_at IS NULL
                  AND (n.lease_owner IS NULL OR n.lease_owner = $1 OR n.lease_until <= $2)
                ORDER BY n.phone_number_id LIMIT $5
                FOR NO KEY UPDATE OF n SKIP LOCKED
            )
            UPDATE relay.numbers n SET
                fence = n.fence + (n.lease_owner IS DISTINCT FROM $1)::int, lease_owner = $1, lease_until = $3
            FROM free WHERE n.phone_number_id = free.phone_number_id
            RETURNING n.phone_number_id, n.company_id, n.fence, n.token_ciphertext, n.throughput, n.platform_type,
                      n.blocked_until, n.blocked_since, n.stopped_at""",
        owner,
        now,
        until,
        list(held),
        limit,
    )
    return [Lease(**dict(row)) for row in rows]


async def renew(connection: Connection, owner: UUID, numbers: Iterable[str], until: datetime) -> list[Lease]:
    """Keep these numbers, as they are now; one that does not come back has another owner."""
    rows = await connection.fetch(
        """UPDATE relay.numbers n SET lease_until = $3
            WHERE n.phone_number_id = ANY ($2::text[]) AND n.lease_owner = $1
            RETURNING n.phone_number_id, n.company_id, n.fence, n.token_ciphertext, n.throughput, n.platform_type,
                      n.blocked_until, n.blocked_since, n.stopped_at""",
        owner,
        list(numbers),
        until,
    )
    return [Lease(**dict(row)) for row in rows]


async def release(connection: Connection, owner: UUID, numbers: Iterable[str]) -> None:
    """Give numbers up, so that another sender need not wait for the lease to end."""
    await connection.execute(
        """UPDATE relay.numbers SET lease_owner = NULL, lease_until = NULL
           WHERE phone_number_id = ANY ($2::text[]) AND lease_owner = $1""",
        owner,
        list(numbers),
    )


@dataclass(frozen=True, slots=True)
class Recovered:
    """A message found `sending` that nobody is sending."""

    id: int
    company_id: int
    phone_number_id: str
    status: Status
    trace_id: str


async def recover(
    connection: Connection, owner: UUID, numbers: Iterable[str], known: Iterable[int], now: datetime
) -> Sequence[Recovered]:
    """Settle the messages of owned numbers that are marked `sending` and are not among those `known` to be under way.

    Marked by an earlier owner: in doubt, it may have been posted (given up when that was the copy). Marked under our
    own fence: never posted, the answer to our claim got lost on the way; back to the queue.
    """
    rows = await connection.fetch(
        """UPDATE relay.outbox o SET
               status = CASE WHEN o.fence = n.fence THEN 'queued' WHEN o.possible_duplicate THEN 'failed'
                             ELSE 'in_doubt' END,
               attempts = o.attempts - (o.fence = n.fence)::int,
               not_before = CASE WHEN o.fence = n.fence THEN o.not_before ELSE $4::timestamptz + $5::interval END,
               in_doubt_at = CASE WHEN o.fence = n.fence THEN o.in_doubt_at ELSE $4 END,
               failed_at = CASE WHEN o.fence <> n.fence AND o.possible_duplicate THEN $4 ELSE o.failed_at END,
               error_code = CASE WHEN o.fence <> n.fence AND o.possible_duplicate THEN NULL ELSE o.error_code END,
               error_detail = CASE WHEN o.fence = n.fence THEN o.error_detail
                                   WHEN o.possible_duplicate THEN 'no answer twice (the sender stopped)'
                                   ELSE 'the sender stopped' END,
               fence = n.fence
           FROM relay.numbers n
           WHERE n.phone_number_id = ANY ($2::text[]) AND n.lease_owner = $1
             AND o.phone_number_id = n.phone_number_id AND o.status = 'sending' AND o.id <> ALL ($3::bigint[])
           RETURNING o.id, o.company_id, o.phone_number_id, o.status, o.trace_id""",
        owner,
        list(numbers),
        list(known),
        now,
        DOUBT,
    )
    return [
        Recovered(row["id"], row["company_id"], row["phone_number_id"], Status(row["status"]), row["trace_id"])
        for row in rows
    ]


async def stop(
    connection: Connection,
    phone_number_id: str,
    code: int | None,
    reason: str,
    now: datetime,
    *,
    owner: UUID | None = None,
) -> bool:
    """Nothing leaves from this number until `resume`; what is queued stays queued.

    With `owner`, only while it still owns the number. False: nothing changed (it was stopped already, for instance).
    """
    tag = await connection.execute(
        """UPDATE relay.numbers SET stopped_at = $2, stopped_code = $3, stopped_reason = $4
           WHERE phone_number_id = $1 AND stopped_at IS NULL AND ($5::uuid IS NULL OR lease_owner = $5)""",
        phone_number_id,
        now,
        code,
        reason,
        owner,
    )
    return tag != "UPDATE 0"


async def resume(connection: Connection, phone_number_id: str) -> bool:
    """Send again from this number; False when there is no such number."""
    tag = await connection.execute(
        """UPDATE relay.numbers SET stopped_at = NULL, stopped_code = NULL, stopped_reason = NULL, blocked_until = NULL,
                  blocked_since = NULL
           WHERE phone_number_id = $1""",
        phone_number_id,
    )
    return tag != "UPDATE 0"


@dataclass(frozen=True, slots=True)
class Rest:
    """Until when a number is left in peace, and since when it has been so again and again."""

    until: datetime | None
    since: datetime | None


async def block(connection: Connection, owner: UUID, rests: Mapping[str, Rest]) -> None:
    """Keep how each number rests, for whoever owns it next."""
    await connection.execute(
        """UPDATE relay.numbers n SET blocked_until = b.until, blocked_since = b.since
           FROM unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) AS b (phone_number_id, until, since)
           WHERE n.phone_number_id = b.phone_number_id AND n.lease_owner = $1""",
        owner,
        list(rests),
        [rest.until for rest in rests.values()],
        [rest.since for rest in rests.values()],
    )
