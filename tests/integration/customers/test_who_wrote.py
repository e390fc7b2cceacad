"""Finding the customer behind a message, or creating them."""

import asyncio
from datetime import timedelta

import pytest
from tests.builders.catalog import add_product
from tests.builders.orders import draft, line
from tests.builders.snapshots import rows_of
from tests.fakes.clock import FakeClock
from tests.fakes.statements import counted, somebody_waits_for_a_lock

from marchante.companies.domain import Company
from marchante.customers.domain import ContactIdentity, CustomerRow
from marchante.customers.service import identity_changed, locked_by_key, locked_customer
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.errors import Invalid
from marchante.orders.service import place

LUPE = ContactIdentity(wa_id="5212281234567", profile_name="Lupe")


async def wrote(database: Database, company: Company, identity: ContactIdentity, clock: FakeClock) -> CustomerRow:
    async with database.company(company.schema) as connection:
        return await locked_customer(connection, identity, clock.now())


async def live(database: Database, company: Company) -> set[tuple[int, str, str]]:
    async with database.company(company.schema) as connection:
        rows = await connection.fetch(
            "SELECT customer_id, kind, value FROM customer_identities WHERE retired_at IS NULL"
        )
    return {tuple(row) for row in rows}


async def customers(database: Database, company: Company) -> dict[int, tuple[str | None, str | None]]:
    async with database.company(company.schema) as connection:
        return {
            row["id"]: (row["name"], row["phone"])
            for row in await connection.fetch("SELECT id, name, phone FROM customers")
        }


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


async def test_an_announced_change_of_number_keeps_the_customer(database, lupita, agua, clock):
    known = await wrote(
        database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.1", profile_name="Lupe"), clock
    )
    async with database.company(lupita.schema) as connection:
        changed = await identity_changed(
            connection,
            ContactIdentity(wa_id="5212281234567", bsuid="MX.1"),
            ContactIdentity(wa_id="5212289999999", bsuid="MX.2"),
            clock.now(),
        )
    assert changed.id == known.id
    assert changed.customer.name == "Lupe"
    assert await live(database, lupita) == {(known.id, "phone", "+522289999999"), (known.id, "bsuid", "MX.2")}


async def test_two_rows_of_one_person_become_one_with_everything_they_had(database, lupita, agua, clock):
    other = await rows_of(database, agua.schema)
    by_phone = await wrote(database, lupita, LUPE, clock)
    by_bsuid = await wrote(database, lupita, ContactIdentity(bsuid="MX.1"), clock)
    async with database.company(lupita.schema) as connection:
        jitomate = await add_product(connection, "jitomate")
        for number, customer in enumerate((by_phone.id, by_bsuid.id)):
            await place(connection, customer, "1001", draft(line(jitomate), key=f"k{number}"), clock.now())
            await connection.execute(
                "INSERT INTO customer_addresses (customer_id, typed, is_default, updated_at) VALUES ($1, $2, true, $3)",
                customer,
                f"Calle {number}",
                clock.now() + timedelta(minutes=number),
            )
            await connection.execute(
                """INSERT INTO customer_sessions (customer_id, session_id, flow_version, state, last_access, expires_at)
                   VALUES ($1, gen_random_uuid(), 1, $2, $3, $3)""",
                customer,
                f"state {number}",
                clock.now() + timedelta(minutes=number),
            )
            await connection.execute(
                """INSERT INTO handoffs (customer_id, customer_key, phone_number_id, reason, requested_at)
                   VALUES ($1, 'k', '1001', $2, $3)""",
                customer,
                f"reason {number}",
                clock.now() + timedelta(minutes=number),
            )
    merged = await wrote(database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.1"), clock)
    assert merged.id == by_phone.id
    assert merged.customer.name == "Lupe"
    assert [(address.line, address.is_default) for address in merged.customer.addresses] == [
        ("Calle 1", True),
        ("Calle 0", False),
    ]
    async with database.company(lupita.schema) as connection:
        assert await connection.fetchval("SELECT count(*) FROM orders WHERE customer_id = $1", merged.id) == 2
        assert (
            await connection.fetchval("SELECT state FROM customer_sessions WHERE customer_id = $1", merged.id)
            == "state 1"
        )
        open_requests = await connection.fetch("SELECT customer_id, reason FROM handoffs WHERE status <> 'closed'")
        assert [tuple(row) for row in open_requests] == [(merged.id, "reason 1")]
    assert set(await customers(database, lupita)) == {merged.id}
    assert await rows_of(database, agua.schema) == other


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


async def test_a_change_announced_after_the_first_message_under_the_new_identity_joins_both(
    database, lupita, agua, clock
):
    old = await wrote(
        database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.1", profile_name="Lupe"), clock
    )
    new = await wrote(database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.2"), clock)
    assert new.id != old.id
    async with database.company(lupita.schema) as connection:
        joined = await identity_changed(
            connection, ContactIdentity(bsuid="MX.1"), ContactIdentity(bsuid="MX.2"), clock.now()
        )
    assert (joined.id, joined.customer.name, joined.wa_id) == (old.id, "Lupe", "5212281234567")
    assert await live(database, lupita) == {(old.id, "phone", "+522281234567"), (old.id, "bsuid", "MX.2")}
    assert set(await customers(database, lupita)) == {old.id}
