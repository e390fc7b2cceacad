"""What Meta tells of an account is acted upon once, and only for the company it concerns."""

import asyncio

import pytest
from tests.builders.account_news import OTHER_WABA, WABA, came, outcomes
from tests.builders.outbox import PLATFORM_TOKEN, alerts, change_number, number
from tests.builders.people import live, wrote
from tests.builders.snapshots import rows_of
from tests.fakes.account_gateway import AccountGateway
from tests.fixtures.webhooks import NAMES, webhook

from marchante.accounts.events import MOST_ATTEMPTS, AccountEvents
from marchante.accounts.numbers.asking import NumberCare
from marchante.channels.whatsapp.wire import parse_webhook
from marchante.customers.domain import ContactIdentity
from marchante.inbox.domain import rows_of as stored_rows
from marchante.inbox.repository import store
from marchante.outbox import leases
from marchante.outbox.tokens import Tokens

PHONE, BSUID = "5215500000001", "MX.13490000000001"
DISABLED = {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}}
REINSTATED = {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}}


@pytest.fixture
async def events(database, clock, lupita, agua):
    for name, waba in (("1001", WABA), ("2001", OTHER_WABA)):
        await change_number(database, name, waba_id=waba)
    return AccountEvents(database, clock)


async def told(database):
    return [(alert["code"], alert["severity"], alert["company_id"]) for alert in await alerts(database)]


async def test_a_disabled_account_stops_its_numbers_and_only_its_numbers(database, clock, events, lupita):
    await came(database, "account_update", DISABLED, clock.now())
    assert await events.handle_pending() == 1
    assert (await number(database, "1001"))["stopped_at"] == clock.now()
    assert (await number(database, "2001"))["stopped_at"] is None
    assert await told(database) == [("account_banned", "critical", lupita.id)]
    assert await outcomes(database) == ["acted"]


async def test_better_news_start_again_what_bad_news_stopped(database, clock, events):
    await came(database, "account_update", DISABLED, clock.now())
    await came(database, "account_update", REINSTATED, clock.advance(minutes=1))
    await events.handle_pending()
    assert (await number(database, "1001"))["stopped_at"] is None
    assert await alerts(database) == []


async def test_better_news_leave_alone_what_something_else_stopped(database, clock, events):
    async with database.relay() as connection:
        await leases.stop(connection, "1001", 190, "the token expired", clock.now())
    await came(database, "account_update", REINSTATED, clock.now())
    await events.handle_pending()
    assert (await number(database, "1001"))["stopped_code"] == 190


@pytest.mark.parametrize(
    ("value", "alert", "stops"),
    [
        ({"event": "PARTNER_REMOVED"}, "account_lost", True),
        ({"event": "ACCOUNT_DELETED"}, "account_lost", True),
        ({"event": "ACCOUNT_OFFBOARDED"}, "account_lost", True),
        ({"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "ALCOHOL"}}, "account_warned", False),
        ({"event": "ACCOUNT_RESTRICTION", "restriction_info": [{"restriction_type": "X"}]}, "account_warned", False),
        ({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE"}}, "account_banned", False),
    ],
)
async def test_bad_news_of_an_account_alert_and_stop_where_nothing_can_be_sent(
    database, clock, events, lupita, value, alert, stops
):
    await came(database, "account_update", value, clock.now())
    await events.handle_pending()
    assert await told(database) == [(alert, "critical", lupita.id)]
    assert ((await number(database, "1001"))["stopped_at"] is not None) is stops


async def test_a_flagged_number_is_told_at_once_and_over_when_the_number_itself_says_so(
    database, clock, events, lupita, vault
):
    await change_number(database, "1001", display_phone="+52 228 100 0001")
    value = {"display_phone_number": "522281000001", "event": "FLAGGED"}
    await came(database, "phone_number_quality_update", value, clock.now())
    await events.handle_pending()
    assert await told(database) == [("number_quality", "warning", lupita.id)]
    gateway = AccountGateway(numbers={"1001": {"quality_rating": "GREEN"}})
    await NumberCare(database, gateway, Tokens(vault, PLATFORM_TOKEN), clock).ask_due()
    assert await told(database) == []


async def test_an_upgrade_makes_the_number_be_asked_about_itself(database, clock, events):
    await change_number(database, "1001", display_phone="+52 228 100 0001")
    value = {"display_phone_number": "522281000001", "event": "THROUGHPUT_UPGRADE", "current_limit": "TIER_10K"}
    await came(database, "phone_number_quality_update", value, clock.now())
    await events.handle_pending()
    assert (await number(database, "1001"))["ask_due_at"] == clock.now()
    assert (await number(database, "2001"))["ask_due_at"] != clock.now()


async def test_trouble_of_an_account_nobody_is_known_to_have_is_told_to_the_operator(database, clock, events):
    await came(database, "account_update", DISABLED, clock.now(), waba="666")
    await events.handle_pending()
    assert await told(database) == [("account_banned", "critical", None)]


async def test_a_stop_of_promotions_is_kept_for_that_customer_and_an_older_wish_changes_nothing(
    database, clock, events, lupita, agua
):
    other = await rows_of(database, agua.schema)
    known = await wrote(database, lupita, ContactIdentity(wa_id=PHONE, bsuid=BSUID), clock)
    sent = int(clock.now().timestamp())
    for value, at in (("stop", sent), ("resume", sent - 60)):
        choice = {"wa_id": PHONE, "user_id": BSUID, "category": "marketing_messages", "value": value, "timestamp": at}
        metadata = {"phone_number_id": "1001"}
        await came(database, "user_preferences", {"metadata": metadata, "user_preferences": [choice]}, clock.now())
    await events.handle_pending()
    async with database.company(lupita.schema) as connection:
        assert await connection.fetchval("SELECT marketing_stopped FROM customers WHERE id = $1", known.id)
        keys = await connection.fetch("SELECT customer_key FROM relay.conversations WHERE marketing_stopped ORDER BY 1")
    assert [row["customer_key"] for row in keys] == [f"b:{BSUID}", "p:+525500000001"]
    assert await rows_of(database, agua.schema) == other


async def test_a_new_bsuid_stays_the_same_customer_and_what_waits_goes_with_them(database, clock, events, lupita):
    known = await wrote(database, lupita, ContactIdentity(wa_id=PHONE, bsuid=BSUID, profile_name="Lupe"), clock)
    async with database.relay() as connection:
        await connection.execute(
            """INSERT INTO relay.timers (company_id, customer_key, phone_number_id, kind, due_at)
               VALUES ($1, $2, '1001', 'reminder', $3)""",
            lupita.id,
            f"b:{BSUID}",
            clock.now(),
        )
    change = {"wa_id": PHONE, "user_id": {"previous": BSUID, "current": "MX.2"}}
    value = {"metadata": {"phone_number_id": "1001"}, "user_id_update": [change]}
    await came(database, "user_id_update", value, clock.now())
    await events.handle_pending()
    assert await live(database, lupita) == {(known.id, "bsuid", "MX.2"), (known.id, "phone", "+525500000001")}
    async with database.relay() as connection:
        assert await connection.fetchval("SELECT customer_key FROM relay.timers") == "b:MX.2"


async def test_two_processes_act_once(database, clock, events, lupita):
    await came(database, "account_update", DISABLED, clock.now())
    await asyncio.gather(*(AccountEvents(database, clock).handle_pending() for _ in range(3)))
    assert [alert["times"] for alert in await alerts(database)] == [1]
    assert await events.handle_pending() == 0


async def test_news_that_cannot_be_handled_are_set_aside_with_an_alert_and_cost_no_others(
    database, clock, events, lupita, monkeypatch
):
    value = {
        "metadata": {"phone_number_id": "1001"},
        "user_id_update": [{"user_id": {"previous": "a", "current": "b"}}],
    }
    await came(database, "user_id_update", value, clock.now())
    await came(database, "account_update", DISABLED, clock.now())

    async def fails(*_):
        raise LookupError

    monkeypatch.setattr("marchante.accounts.people.change_user_id", fails)
    assert await events.handle_pending() == 1
    assert await events.handle_pending() == 0, "it is left in peace for a moment"
    for _ in range(MOST_ATTEMPTS):
        clock.advance(minutes=10)
        await events.handle_pending()
    assert await outcomes(database) == ["failed", "acted"]
    assert ("account_event_failed", "critical", None) in await told(database)


async def test_every_documented_kind_of_news_is_handled_and_what_is_unknown_kept(database, clock, events):
    for name in NAMES:
        async with database.relay() as connection:
            await store(connection, stored_rows(parse_webhook(webhook(name)), clock.now(), "0" * 32))
    while await events.handle_pending():
        pass
    async with database.relay() as connection:
        rows = await connection.fetch("SELECT field, outcome FROM relay.inbox_events WHERE kind = 'account'")
    by_field = {row["field"]: row["outcome"] for row in rows}
    assert set(by_field.values()) == {"acted", "kept"}
    assert by_field["drone_delivery_update"] == "kept"
