"""A person whose phone or BSUID changed, or who was kept under two rows, is one customer with everything they had."""

from datetime import timedelta

from tests.builders.catalog import add_product
from tests.builders.orders import draft, line
from tests.builders.people import customers, live, wrote
from tests.builders.snapshots import rows_of

from marchante.customers.domain import ContactIdentity
from marchante.customers.service import identity_changed, known_customer
from marchante.orders.service import place

LUPE = ContactIdentity(wa_id="5212281234567", profile_name="Lupe")


async def test_an_announced_change_of_number_keeps_the_customer(database, lupita, agua, clock):
    known = await wrote(
        database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.1", profile_name="Lupe"), clock
    )
    async with database.company(lupita.schema) as connection:
        before = await known_customer(connection, ContactIdentity(wa_id="5212281234567", bsuid="MX.1"))
        after = ContactIdentity(wa_id="5212289999999", bsuid="MX.2")
        changed = await identity_changed(connection, before, after, clock.now(), clock.now())
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


async def test_a_change_announced_after_the_first_message_under_the_new_identity_joins_both(
    database, lupita, agua, clock
):
    old = await wrote(
        database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.1", profile_name="Lupe"), clock
    )
    new = await wrote(database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.2"), clock)
    assert new.id != old.id
    async with database.company(lupita.schema) as connection:
        before = await known_customer(connection, ContactIdentity(bsuid="MX.1"))
        joined = await identity_changed(connection, before, ContactIdentity(bsuid="MX.2"), clock.now(), clock.now())
    assert (joined.id, joined.customer.name, joined.wa_id) == (old.id, "Lupe", "5212281234567")
    assert await live(database, lupita) == {(old.id, "phone", "+522281234567"), (old.id, "bsuid", "MX.2")}
    assert set(await customers(database, lupita)) == {old.id}


async def test_a_new_number_without_a_bsuid_keeps_the_customer_and_ends_the_old_bsuid(database, lupita, agua, clock):
    known = await wrote(
        database, lupita, ContactIdentity(wa_id="5212281234567", bsuid="MX.1", profile_name="Lupe"), clock
    )
    changed_at = clock.advance(days=1)
    async with database.company(lupita.schema) as connection:
        before = await known_customer(connection, ContactIdentity(wa_id="5212281234567"))
        await identity_changed(connection, before, ContactIdentity(wa_id="5212289999999"), changed_at, clock.now())
    assert await live(database, lupita) == {(known.id, "phone", "+522289999999")}
    first = await wrote(database, lupita, ContactIdentity(wa_id="5212289999999", bsuid="MX.2"), clock)
    assert (first.id, first.customer.name) == (known.id, "Lupe")


async def test_who_held_the_new_number_before_is_somebody_else_and_shows_nothing(database, lupita, agua, clock):
    other = await rows_of(database, agua.schema)
    ana = await wrote(database, lupita, ContactIdentity(wa_id="5212289999999", profile_name="Ana"), clock)
    lupe = await wrote(database, lupita, LUPE, clock)
    changed_at = clock.advance(days=90)
    async with database.company(lupita.schema) as connection:
        before = await known_customer(connection, LUPE)
        changed = await identity_changed(
            connection, before, ContactIdentity(wa_id="5212289999999"), changed_at, clock.now()
        )
    assert (changed.id, changed.customer.name) == (lupe.id, "Lupe")
    assert await customers(database, lupita) == {ana.id: ("Ana", None), lupe.id: ("Lupe", "5212289999999")}
    assert await rows_of(database, agua.schema) == other


async def test_who_wrote_from_the_new_number_since_the_change_is_the_same_person(database, lupita, agua, clock):
    lupe = await wrote(database, lupita, LUPE, clock)
    changed_at = clock.advance(days=1)
    await wrote(database, lupita, ContactIdentity(wa_id="5212289999999", bsuid="MX.2"), clock)
    clock.advance(minutes=2)
    async with database.company(lupita.schema) as connection:
        before = await known_customer(connection, LUPE)
        changed = await identity_changed(
            connection, before, ContactIdentity(wa_id="5212289999999"), changed_at, clock.now()
        )
    assert (changed.id, changed.bsuid, changed.wa_id) == (lupe.id, "MX.2", "5212289999999")
    assert set(await customers(database, lupita)) == {lupe.id}
