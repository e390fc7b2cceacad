"""The addresses a customer keeps."""

from decimal import Decimal

import msgspec
import pytest
from tests.builders.orders import add_customer
from tests.builders.snapshots import rows_of

from marchante.customers import repository
from marchante.customers.domain import MAX_ADDRESSES, AddressParts, NewAddress
from marchante.foundation.kernel.errors import Invalid, NotFound


@pytest.fixture
async def customer(database, lupita):
    async with database.company(lupita.schema) as connection:
        return await add_customer(connection)


async def kept(database, company, customer_id):
    async with database.company(company.schema) as connection:
        row = await repository.find(connection, customer_id)
    return [(address.line, address.is_default) for address in row.customer.addresses]


async def add(database, company, customer_id, typed, clock, latitude=None, longitude=None):
    async with database.company(company.schema) as connection:
        return await repository.add_address(
            connection, customer_id, NewAddress(typed, latitude=latitude, longitude=longitude), clock.now()
        )


async def test_the_first_address_is_the_default_and_comes_first(database, lupita, agua, clock, customer):
    other = await rows_of(database, agua.schema)
    await add(database, lupita, customer, "  Av. Xalapa 12,\n Centro ", clock, Decimal("19.540001"), Decimal("-96.92"))
    await add(database, lupita, customer, "Trabajo, Enríquez 3", clock)
    assert await kept(database, lupita, customer) == [("Av. Xalapa 12, Centro", True), ("Trabajo, Enríquez 3", False)]
    async with database.company(lupita.schema) as connection:
        home = (await repository.find(connection, customer)).customer.default_address
    assert (home.latitude, home.longitude) == (Decimal("19.540001"), Decimal("-96.920000"))
    assert await rows_of(database, agua.schema) == other


async def test_the_same_address_typed_again_is_kept_once(database, lupita, agua, clock, customer):
    one = await add(database, lupita, customer, "Av. Xalapa 12", clock)
    assert await add(database, lupita, customer, "av. xalapa  12", clock, Decimal(19), Decimal(-96)) == one
    assert await kept(database, lupita, customer) == [("Av. Xalapa 12", True)]
    async with database.company(lupita.schema) as connection:
        assert await connection.fetchval("SELECT latitude FROM customer_addresses") == Decimal(19)


async def test_the_twenty_first_address_replaces_the_oldest_but_never_the_default(
    database, lupita, agua, clock, customer
):
    for number in range(MAX_ADDRESSES + 2):
        await add(database, lupita, customer, f"Calle {number}", clock)
    lines = await kept(database, lupita, customer)
    assert len(lines) == MAX_ADDRESSES
    assert lines[0] == ("Calle 0", True)
    assert {line for line, _ in lines} == {f"Calle {number}" for number in range(22) if number not in {1, 2}}


async def test_another_address_becomes_the_default(database, lupita, agua, clock, customer):
    await add(database, lupita, customer, "Casa", clock)
    work = await add(database, lupita, customer, "Trabajo", clock)
    async with database.company(lupita.schema) as connection:
        await repository.set_default_address(connection, customer, work, clock.now())
    assert await kept(database, lupita, customer) == [("Trabajo", True), ("Casa", False)]


async def test_a_deleted_address_is_offered_no_more_and_the_newest_left_is_the_default(
    database, lupita, agua, clock, customer
):
    home = await add(database, lupita, customer, "Casa", clock)
    await add(database, lupita, customer, "Trabajo", clock)
    await add(database, lupita, customer, "Mamá", clock)
    async with database.company(lupita.schema) as connection:
        await repository.delete_address(connection, customer, home, clock.now())
        assert await connection.fetchval("SELECT count(*) FROM customer_addresses") == 3
    assert await kept(database, lupita, customer) == [("Mamá", True), ("Trabajo", False)]


async def test_an_address_of_somebody_else_or_gone_is_refused_and_changes_nothing(
    database, lupita, agua, clock, customer
):
    async with database.company(lupita.schema) as connection:
        stranger = await add_customer(connection, "Otra")
    theirs = await add(database, lupita, stranger, "Ajena 1", clock)
    gone = await add(database, lupita, customer, "Casa", clock)
    async with database.company(lupita.schema) as connection:
        await repository.delete_address(connection, customer, gone, clock.now())
    before = [await rows_of(database, company.schema) for company in (lupita, agua)]
    for act in (repository.set_default_address, repository.delete_address):
        for company, address in ((lupita, theirs), (lupita, gone), (agua, theirs)):
            async with database.company(company.schema) as connection:
                with pytest.raises(NotFound) as refused:
                    await act(connection, customer, address, clock.now())
            assert refused.value.code == "address_not_found"
    with pytest.raises(Invalid):
        await add(database, lupita, customer, " \n ", clock)
    assert [await rows_of(database, company.schema) for company in (lupita, agua)] == before


async def test_the_privacy_notice_is_marked_once(database, lupita, agua, clock, customer):
    first = clock.now()
    for _ in range(2):
        async with database.company(lupita.schema) as connection:
            await repository.mark_notice_given(connection, customer, clock.now())
            assert (await repository.find(connection, customer)).customer.notice_given
        clock.advance(days=1)
    async with database.company(lupita.schema) as connection:
        assert await connection.fetchval("SELECT privacy_notice_at FROM customers") == first


async def test_an_address_keeps_its_fields_and_is_written_anew(database, lupita, agua, clock):
    parts = AddressParts("Lucio", "4", "Centro", zip_code="91000")
    async with database.company(lupita.schema) as connection:
        customer = await add_customer(connection)
        new = NewAddress("Lucio 4, Centro", parts, Decimal("19.5"), Decimal("-96.9"))
        address = await repository.add_address(connection, customer, new, clock.now())
        [kept] = (await repository.find(connection, customer)).customer.addresses
        assert (kept.parts, kept.latitude) == (parts, Decimal("19.500000"))

        seen = msgspec.structs.replace(parts, observations="portón verde")
        await repository.change_address(connection, customer, address, NewAddress("Lucio 4, portón", seen), clock.now())
        [kept] = (await repository.find(connection, customer)).customer.addresses
        assert (kept.line, kept.parts, kept.latitude) == ("Lucio 4, portón", seen, Decimal("19.500000"))

        moved = msgspec.structs.replace(parts, number="6")
        await repository.change_address(connection, customer, address, NewAddress("Lucio 6", moved), clock.now())
        [kept] = (await repository.find(connection, customer)).customer.addresses
        assert (kept.parts, kept.latitude) == (moved, None)

        other = await add_customer(connection, "Eva")
        with pytest.raises(NotFound):
            await repository.change_address(connection, other, address, NewAddress("Lucio 6", moved), clock.now())
