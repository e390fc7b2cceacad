"""Finding the customer behind a message, or creating them."""

import asyncio

import pytest
from tests.builders.people import customers, live, wrote
from tests.builders.snapshots import rows_of
from tests.fakes.statements import counted, somebody_waits_for_a_lock

from marchante.customers.domain import ContactIdentity
from marchante.customers.service import locked_by_key, locked_customer
from marchante.foundation.kernel.errors import Invalid

LUPE = ContactIdentity(wa_id="5212281234567", profile_name="Lupe")


async def test_a_stranger_becomes_a_customer_of_that_shop_only(database, lupita, agua, clock):
    before = await rows_of(database, agua.schema)
    row = await wrote(database, lupita, LUPE, clock)
    assert row.customer.is_new
    assert (row.customer.name, row.customer.phone, row.wa_id, row.bsuid) == (
        "Lupe",
        "5212281234567",
        "5212281234567",
        None,
    )
    assert await live(database, lupita) == {(row.id, "phone", "+522281234567")}
    assert await rows_of(database, agua.schema) == before


async def test_the_same_person_at_two_shops_is_two_customers(database, lupita, agua, clock):
    await wrote(database, lupita, LUPE, clock)
    at_agua = await wrote(database, agua, ContactIdentity(wa_id="522281234567"), clock)
    assert at_agua.customer.is_new
    assert at_agua.customer.name is None


async def test_both_spellings_of_a_mexican_number_are_one_customer_answered_as_last_received(
    database, lupita, agua, clock
):
    first = await wrote(database, lupita, LUPE, clock)
    second = await wrote(database, lupita, ContactIdentity(wa_id="522281234567"), clock)
    again = await wrote(database, lupita, ContactIdentity(wa_id="522281234567"), clock)
    assert first.id == second.id == again.id
    assert not second.customer.is_new
    assert second.wa_id == again.wa_id == "522281234567"
    assert again.customer.phone == "522281234567"


async def test_somebody_known_with_nothing_new_costs_one_statement_and_no_write(database, lupita, agua, clock):
    await wrote(database, lupita, LUPE, clock)
    before = await rows_of(database, lupita.schema)
    async with database.company(lupita.schema) as connection:
        async with counted(connection) as statements:
            await locked_customer(connection, LUPE, clock.advance(minutes=5))
        assert len(statements) == 1
    assert await rows_of(database, lupita.schema) == before


async def test_a_new_customer_costs_two_statements(database, lupita, agua, clock):
    stranger = ContactIdentity(wa_id="5212281234567", bsuid="MX.1", profile_name="Lupe")
    async with database.company(lupita.schema) as connection:
        async with counted(connection) as statements:
            await locked_customer(connection, stranger, clock.now())
        assert len(statements) == 2


async def test_when_a_customer_was_seen_is_written_once_an_hour(database, lupita, agua, clock):
    await wrote(database, lupita, LUPE, clock)
    later = clock.advance(hours=1)
    await wrote(database, lupita, LUPE, clock)
    async with database.company(lupita.schema) as connection:
        assert await connection.fetchval("SELECT last_seen_at FROM customers") == later


async def test_the_name_of_the_profile_is_taken_over_when_it_changes_and_kept_when_it_is_missing(
    database, lupita, agua, clock
):
    await wrote(database, lupita, ContactIdentity(wa_id="5212281234567"), clock)
    assert (await wrote(database, lupita, LUPE, clock)).customer.name == "Lupe"
    assert (await wrote(database, lupita, ContactIdentity(wa_id="5212281234567"), clock)).customer.name == "Lupe"
    renamed = ContactIdentity(wa_id="5212281234567", profile_name="Guadalupe")
    assert (await wrote(database, lupita, renamed, clock)).customer.name == "Guadalupe"
    assert set((await customers(database, lupita)).values()) == {("Guadalupe", "5212281234567")}


async def test_a_bsuid_seen_beside_a_known_phone_joins_the_same_customer(database, lupita, agua, clock):
    first = await wrote(database, lupita, LUPE, clock)
    second = await wrote(database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.1"), clock)
    without_phone = await wrote(database, lupita, ContactIdentity(bsuid="MX.1", username="lupe.mx"), clock)
    assert first.id == second.id == without_phone.id
    assert without_phone.wa_id == "5212281234567"
    assert await live(database, lupita) == {
        (first.id, "phone", "+522281234567"),
        (first.id, "bsuid", "MX.1"),
        (first.id, "username", "lupe.mx"),
    }


async def test_a_phone_seen_beside_a_known_bsuid_joins_the_same_customer(database, lupita, agua, clock):
    first = await wrote(database, lupita, ContactIdentity(bsuid="MX.1", profile_name="Lupe"), clock)
    assert first.wa_id is None
    second = await wrote(database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.1"), clock)
    assert second.id == first.id
    assert second.customer.phone == second.wa_id == "5212281234567"


async def test_a_recycled_number_shows_none_of_the_old_customer(database, lupita, agua, clock):
    other = await rows_of(database, agua.schema)
    old = await wrote(
        database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.1", profile_name="Lupe"), clock
    )
    async with database.company(lupita.schema) as connection:
        await connection.execute(
            "INSERT INTO customer_addresses (customer_id, typed, is_default) VALUES ($1, 'Av. Xalapa 12', true)", old.id
        )
    new = await wrote(database, lupita, ContactIdentity(wa_id="522281234567", bsuid="MX.2"), clock)
    assert new.id != old.id
    assert new.customer.is_new
    assert new.customer.name is None
    assert new.customer.addresses == ()
    assert await live(database, lupita) == {
        (old.id, "bsuid", "MX.1"),
        (new.id, "bsuid", "MX.2"),
        (new.id, "phone", "+522281234567"),
    }
    assert await customers(database, lupita) == {old.id: ("Lupe", None), new.id: (None, "522281234567")}
    returning = await wrote(database, lupita, ContactIdentity(bsuid="MX.1"), clock)
    assert returning.id == old.id
    assert returning.wa_id is None
    assert [address.line for address in returning.customer.addresses] == ["Av. Xalapa 12"]
    assert await rows_of(database, agua.schema) == other


async def test_a_number_that_moves_to_another_known_person_leaves_the_first(database, lupita, agua, clock):
    first = await wrote(database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.1"), clock)
    second = await wrote(database, lupita, ContactIdentity(wa_id="5212280000000", bsuid="MX.2"), clock)
    moved = await wrote(database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.2"), clock)
    assert moved.id == second.id
    assert await live(database, lupita) == {
        (first.id, "bsuid", "MX.1"),
        (second.id, "bsuid", "MX.2"),
        (second.id, "phone", "+522281234567"),
    }
    assert await customers(database, lupita) == {first.id: (None, None), second.id: (None, "5212281234567")}


async def test_a_username_goes_to_whoever_used_it_last(database, lupita, agua, clock):
    first = await wrote(database, lupita, ContactIdentity(bsuid="MX.1", username="lupe"), clock)
    second = await wrote(database, lupita, ContactIdentity(bsuid="MX.2", username="lupe"), clock)
    await wrote(database, lupita, ContactIdentity(bsuid="MX.2", username="lupe2"), clock)
    assert await live(database, lupita) == {
        (first.id, "bsuid", "MX.1"),
        (second.id, "bsuid", "MX.2"),
        (second.id, "username", "lupe2"),
    }


async def test_two_turns_that_meet_the_same_stranger_end_with_one_customer(database, lupita, agua, clock):
    both = ContactIdentity(wa_id="5212281234567", bsuid="MX.1", profile_name="Lupe")
    rows = await asyncio.gather(*(wrote(database, lupita, both, clock) for _ in range(8)))
    assert len({row.id for row in rows}) == 1
    assert len(await customers(database, lupita)) == 1
    assert await live(database, lupita) == {(rows[0].id, "phone", "+522281234567"), (rows[0].id, "bsuid", "MX.1")}


async def test_a_stranger_met_by_phone_and_by_bsuid_at_once_is_one_customer_once_both_are_seen(
    database, lupita, agua, clock
):
    seen = [
        ContactIdentity(wa_id="5212281234567"),
        ContactIdentity(bsuid="MX.1"),
        ContactIdentity(wa_id="5212281234567", bsuid="MX.1"),
    ]
    for _ in range(3):
        await asyncio.gather(*(wrote(database, lupita, identity, clock) for identity in seen * 2))
    final = await wrote(database, lupita, seen[2], clock)
    assert await live(database, lupita) == {(final.id, "phone", "+522281234567"), (final.id, "bsuid", "MX.1")}
    assert len(await customers(database, lupita)) == 1


async def test_the_row_is_held_until_the_turn_ends(database, lupita, agua, clock):
    await wrote(database, lupita, LUPE, clock)
    order = []

    async def first() -> None:
        async with database.company(lupita.schema) as connection:
            await locked_customer(connection, LUPE, clock.now())
            waiting = asyncio.create_task(second())
            await somebody_waits_for_a_lock(database)
            order.append("first")
        await waiting

    async def second() -> None:
        await wrote(database, lupita, LUPE, clock)
        order.append("second")

    await first()
    assert order == ["first", "second"]


async def test_a_message_without_phone_and_bsuid_is_refused_and_changes_nothing(database, lupita, agua, clock):
    before = [await rows_of(database, company.schema) for company in (lupita, agua)]
    with pytest.raises(Invalid) as refused:
        await wrote(database, lupita, ContactIdentity(username="lupe", profile_name="Lupe"), clock)
    assert refused.value.code == "identity_missing"
    assert [await rows_of(database, company.schema) for company in (lupita, agua)] == before


async def test_a_timer_finds_its_customer_by_the_key_of_the_conversation_and_overwrites_nothing(
    database, lupita, agua, clock
):
    known = await wrote(
        database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.1", profile_name="Lupe"), clock
    )
    before = await rows_of(database, lupita.schema)
    for key in ("p:+522281234567", "b:MX.1"):
        async with database.company(lupita.schema) as connection:
            assert (await locked_by_key(connection, key, clock.advance(hours=2))).id == known.id
    assert await rows_of(database, lupita.schema) == before


@pytest.mark.parametrize("key", ["", "p:", "MX.1", "x:1"])
async def test_a_key_of_no_conversation_is_refused(database, lupita, agua, clock, key):
    async with database.company(lupita.schema) as connection:
        with pytest.raises(ValueError, match="not the key"):
            await locked_by_key(connection, key, clock.now())
