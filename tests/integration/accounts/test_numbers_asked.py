"""A number is asked about itself, and a shop is told before its free messages end."""

from datetime import UTC, datetime

import pytest
from tests.builders.outbox import PLATFORM_TOKEN, alerts, change_number, number
from tests.fakes.account_gateway import AccountGateway

from marchante.accounts.numbers.asking import NumberCare
from marchante.accounts.numbers.free_messages import FreeMessages
from marchante.outbox.tokens import Tokens

HEALTHY = {
    "quality_rating": "GREEN",
    "platform_type": "CLOUD_API",
    "throughput": {"level": "HIGH"},
    "whatsapp_business_manager_messaging_limit": "TIER_2K",
    "health_status": {"can_send_message": "AVAILABLE", "entities": []},
}


@pytest.fixture
def gateway():
    return AccountGateway(numbers={"1001": HEALTHY, "2001": HEALTHY})


@pytest.fixture
async def care(database, gateway, vault, clock, lupita, agua):
    await change_number(database, "1001", ask_due_at=clock.now())
    return NumberCare(database, gateway, Tokens(vault, PLATFORM_TOKEN), clock)


async def codes(database):
    return [(alert["code"], alert["severity"], alert["company_id"]) for alert in await alerts(database)]


async def test_what_a_number_says_is_kept_where_the_sender_and_the_company_look(database, care, companies, clock):
    assert await care.ask_due() == 1
    kept = await number(database, "1001")
    assert (kept["throughput"], kept["quality"], kept["messaging_limit"]) == ("HIGH", "GREEN", "TIER_2K")
    assert (await companies.get("abarrotes_lupita")).numbers[0].throughput == "HIGH"
    assert (await number(database, "2001"))["quality"] is None
    assert await care.ask_due() == 0
    clock.advance(days=1)
    assert await care.ask_due() == 1


async def test_a_number_that_is_also_used_by_the_app_is_paced_as_such(database, gateway, care):
    gateway.numbers["1001"] = HEALTHY | {"is_on_biz_app": True}
    await care.ask_due()
    assert (await number(database, "1001"))["platform_type"] == "COEXISTENCE"


async def test_falling_quality_is_told_once_it_falls_and_over_when_it_is_good_again(
    database, gateway, care, lupita, clock
):
    for quality, expected in (
        ("GREEN", []),
        ("YELLOW", [("number_quality", "warning", lupita.id)]),
        ("RED", [("number_quality", "critical", lupita.id)]),
        ("GREEN", []),
    ):
        gateway.numbers["1001"] = HEALTHY | {"quality_rating": quality}
        await care.ask_due()
        assert await codes(database) == expected
        clock.advance(days=1)


async def test_no_payment_method_is_told_before_messages_are_lost(database, gateway, care, lupita, clock):
    error = {"error_code": 141006, "error_description": "There is an error with the payment method."}
    entities = [{"entity_type": "WABA", "id": "9001", "can_send_message": "BLOCKED", "errors": [error]}]
    gateway.numbers["1001"] = HEALTHY | {"health_status": {"can_send_message": "BLOCKED", "entities": entities}}
    await care.ask_due()
    assert await codes(database) == [("payment_method_missing", "critical", lupita.id)]
    gateway.numbers["1001"] = HEALTHY
    clock.advance(days=1)
    await care.ask_due()
    assert await codes(database) == []


async def test_a_field_this_version_does_not_know_costs_only_itself(database, gateway, care):
    gateway.unknown_fields = frozenset({"health_status"})
    await care.ask_due()
    assert (await number(database, "1001"))["throughput"] == "HIGH"


async def test_no_answer_changes_nothing_and_is_asked_again_later_and_later(database, gateway, care, clock):
    gateway.broken = True
    waits = []
    for _ in range(3):
        assert await care.ask_due() == 1
        due = (await number(database, "1001"))["ask_due_at"]
        waits.append(due - clock.now())
        clock.advance(seconds=(due - clock.now()).total_seconds())
    assert waits == sorted(set(waits))
    assert (await number(database, "1001"))["throughput"] == "UNKNOWN"


async def test_an_account_nobody_hears_of_is_subscribed_and_one_that_is_heard_is_left_alone(
    database, gateway, care, clock
):
    await change_number(database, "1001", waba_id="9001")
    for _ in range(2):
        await care.ask_due()
        clock.advance(days=1)
    assert [call for call in gateway.calls if call[0] == "subscribe"] == [("subscribe", "9001")]
    assert await codes(database) == []


async def test_an_account_we_may_not_subscribe_to_is_told_until_it_is_heard(database, gateway, care, lupita, clock):
    await change_number(database, "1001", waba_id="9001")
    gateway.refuses_to_subscribe = True
    await care.ask_due()
    assert await codes(database) == [("account_unheard", "critical", lupita.id)]
    gateway.subscribed.add("9001")
    clock.advance(days=1)
    await care.ask_due()
    assert await codes(database) == []


async def delivered(database, company, count, at, name):
    async with database.relay() as connection:
        await connection.execute(
            """INSERT INTO relay.usage_events (company_id, phone_number_id, wamid, category, pricing_type, billable,
                                               happened_at)
               SELECT $1, $2, $3 || n, 'service', 'free_customer_service', false, $4 FROM generate_series(1, $5) AS n""",
            company.id,
            company.numbers[0].phone_number_id,
            name,
            at,
            count,
        )


async def test_a_shop_hears_at_800_and_at_1000_free_messages_once_a_month_and_another_shop_does_not(
    database, clock, lupita, agua
):
    meter = FreeMessages(database, clock)
    for count, severity in ((799, None), (1, "info"), (100, "info"), (100, "warning"), (500, "warning")):
        await delivered(database, lupita, count, clock.now(), f"wamid.{severity}.{count}.")
        clock.advance(minutes=5)
        await meter.look()
        expected = [("free_messages_end", severity, lupita.id)] if severity else []
        assert await codes(database) == expected
    assert [alert["times"] for alert in await alerts(database)] == [2]


async def test_the_month_is_the_companys_own(database, clock, lupita, agua):
    """Mazatlán is seven hours behind UTC: what was delivered on the last evening of October there is October's."""
    for company in (lupita, agua):
        await delivered(database, company, 800, datetime(2026, 11, 1, 6, 30, tzinfo=UTC), f"wamid.{company.slug}.")
    await FreeMessages(database, clock).look()
    assert await codes(database) == [("free_messages_end", "info", lupita.id)]
