"""What ended since the last round, and how it gets into the database: many results in one statement."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from marchante.foundation.database.connection import Connection, Database
from marchante.outbox import leases, repository, troubles
from marchante.outbox.domain import OTHER_FORM_CODES, Status
from marchante.outbox.leases import Rest
from marchante.outbox.lessons_repository import remember_phones
from marchante.outbox.repository import Recorded, Result
from marchante.outbox.troubles import FailedMessage, NumberTrouble


@dataclass(slots=True)
class Ended:
    """Kept until the database has it: nothing here is lost while the database is away."""

    results: list[Result] = field(default_factory=list)
    stops: dict[str, NumberTrouble] = field(default_factory=dict)
    rests: dict[str, Rest] = field(default_factory=dict)
    without_token: dict[str, NumberTrouble] = field(default_factory=dict)
    # None: something gets through again.
    unreachable: dict[str, NumberTrouble | None] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Only results, and none that a person must hear of: one statement is enough."""
        troubled = self.stops or self.rests or self.without_token or self.unreachable
        return not troubled and all(result.verdict.status is not Status.FAILED for result in self.results)


async def save(database: Database, ended: Ended, owner: UUID, now: datetime) -> set[int]:
    """Record everything in `ended` and empty it; returns the ids of the messages recorded."""
    taken = Ended(
        list(ended.results), dict(ended.stops), dict(ended.rests), dict(ended.without_token), dict(ended.unreachable)
    )
    if taken == Ended():
        return set()
    if taken.is_plain:
        async with database.pool.acquire() as connection:
            await repository.record(connection, taken.results)
    else:
        async with database.relay() as connection:
            await _save_with_troubles(connection, taken, owner, now)
    other_form = [
        result.row.id
        for result in taken.results
        if result.verdict.status is Status.SENT and result.row.error_code in OTHER_FORM_CODES
    ]
    if other_form:
        async with database.pool.acquire() as connection:
            await remember_phones(connection, other_form)
    _forget(ended, taken)
    return {result.row.id for result in taken.results}


async def _save_with_troubles(connection: Connection, taken: Ended, owner: UUID, now: datetime) -> None:
    recorded = await repository.record(connection, taken.results)
    await troubles.report_failed(connection, _failed(taken.results, recorded), now)
    if taken.rests:
        await leases.block(connection, owner, taken.rests)
    for trouble in taken.stops.values():
        if await leases.stop(connection, trouble.phone_number_id, trouble.code, trouble.reason, now, owner=owner):
            await troubles.report_stopped(connection, trouble, now)
    for trouble in taken.without_token.values():
        await troubles.report_without_token(connection, trouble, now)
    for name, unreachable in taken.unreachable.items():
        if unreachable is None:
            await troubles.report_reached(connection, name, now)
        else:
            await troubles.report_unreachable(connection, unreachable, now)


def _failed(results: list[Result], recorded: list[Recorded]) -> list[FailedMessage]:
    """Those that are failed now; what a status or another sender settled in the meantime is not ours to report."""
    failed = {entry.id for entry in recorded if entry.status is Status.FAILED}
    return [
        FailedMessage(
            result.row.id,
            result.row.company_id,
            result.row.phone_number_id,
            result.verdict.error_code,
            result.verdict.error_detail or "",
            result.verdict.action,
        )
        for result in results
        if result.row.id in failed and result.verdict.status is Status.FAILED
    ]


def _forget(ended: Ended, taken: Ended) -> None:
    """What was added while the database was writing stays for the next round."""
    del ended.results[: len(taken.results)]
    for current, written in (
        (ended.stops, taken.stops),
        (ended.rests, taken.rests),
        (ended.without_token, taken.without_token),
        (ended.unreachable, taken.unreachable),
    ):
        for name, value in written.items():
            if current.get(name) == value:
                del current[name]
