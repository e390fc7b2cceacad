"""Raising an alert: one row for one trouble, however often it happens."""

import asyncio

from tests.builders.command_line import CommandLine

from marchante.foundation.jobs.alerts import raise_alert, resolve_alert


async def raised(database, company, clock, *, severity="warning", message="no contesta", fingerprint="graph"):
    async with database.relay() as connection:
        return await raise_alert(
            connection,
            code="graph_unreachable",
            severity=severity,
            message=message,
            company_id=None if company is None else company.id,
            data={"status": 500},
            fingerprint=fingerprint if company is None else f"{fingerprint}:{company.id}",
            now=clock.now(),
        )


async def alerts(database):
    async with database.relay() as connection:
        rows = await connection.fetch(
            """SELECT company_id, severity, message, times, last_at, created_at, data, resolved_at IS NOT NULL AS over
               FROM relay.alerts ORDER BY id"""
        )
    return [dict(row) for row in rows]


async def test_the_same_trouble_counts_up_and_another_shops_is_its_own(database, lupita, agua, clock):
    first = clock.now()
    one = await raised(database, lupita, clock)
    await raised(database, agua, clock)
    last = clock.advance(minutes=1)
    assert await raised(database, lupita, clock, message="sigue sin contestar") == one
    mine, theirs = await alerts(database)
    assert (mine["times"], mine["message"], mine["created_at"], mine["last_at"]) == (
        2,
        "sigue sin contestar",
        first,
        last,
    )
    assert mine["data"] == {"status": 500}
    assert (theirs["company_id"], theirs["times"], theirs["last_at"]) == (agua.id, 1, first)


async def test_the_worst_severity_stays(database, lupita, agua, clock):
    for severity in ("info", "critical", "warning"):
        await raised(database, lupita, clock, severity=severity)
    assert [alert["severity"] for alert in await alerts(database)] == ["critical"]


async def test_a_trouble_that_returns_after_it_was_over_is_a_new_alert(database, lupita, agua, clock):
    await raised(database, None, clock)
    async with database.relay() as connection:
        assert await resolve_alert(connection, "graph", clock.now())
        assert not await resolve_alert(connection, "graph", clock.now())
    await raised(database, None, clock)
    assert [(alert["over"], alert["times"]) for alert in await alerts(database)] == [(True, 1), (False, 1)]


async def test_many_at_once_are_one_alert(database, lupita, agua, clock):
    await asyncio.gather(*(raised(database, lupita, clock) for _ in range(8)))
    assert [alert["times"] for alert in await alerts(database)] == [8]


async def test_alerts_are_listed_the_worst_first_and_resolved_by_command(
    database, database_dsn, lupita, agua, clock, monkeypatch
):
    marchante = CommandLine(database_dsn, monkeypatch)
    await raised(database, lupita, clock, message="no contesta")
    worst = await raised(database, agua, clock, severity="critical", message="número detenido")
    listed = await marchante.run("alerts", "list")
    assert listed.index("número detenido") < listed.index("no contesta")
    assert "agua_clara" in listed
    assert await marchante.run("alerts", "resolve", str(worst)) == f"resolved: {worst}"
    assert "número detenido" not in await marchante.run("alerts", "list", "--json")
    assert "alert_not_found" in await marchante.run("alerts", "resolve", str(worst))
    assert marchante.code == 1
