"""Receipts of transfers: the same picture is known by its content, and one person reviews each."""

import asyncio
import hashlib

import pytest
from tests.builders.catalog import add_product
from tests.builders.orders import add_customer, draft, line
from tests.builders.snapshots import rows_of

from marchante.foundation.kernel.errors import Conflict, NotFound
from marchante.orders import receipts, service
from marchante.orders.domain import OrderPlaced

PICTURE = hashlib.sha256(b"the photo of a transfer").digest()


async def owing(connection, clock, name, key):
    """An order to be paid by transfer; its id."""
    customer = await add_customer(connection, name)
    product = await add_product(connection, f"jitomate-{key}")
    wanted = draft(line(product), key=key, payment_method="transfer")
    event = await service.place(connection, customer, "1001", wanted, clock.now())
    assert isinstance(event, OrderPlaced)
    return event.order


async def sent(connection, order, wamid, clock, content=None):
    """A file of the customer, already here when it has content."""
    await connection.execute(
        """INSERT INTO media_files (customer_id, wamid, kind, sent_at, sha256, status, key)
           VALUES ($1, $2, 'image', $3, $4, $5, $6)""",
        order.customer_id,
        wamid,
        clock.now(),
        content,
        "stored" if content else "pending",
        f"abarrotes_lupita/incoming/{wamid}.jpg" if content else None,
    )
    return await receipts.keep(connection, order.id, wamid, None, clock.now())


async def test_the_same_content_is_recognised_once_both_files_are_here(database, lupita, agua, clock):
    other = await rows_of(database, agua.schema)
    async with database.company(lupita.schema) as connection:
        first, second = await owing(connection, clock, "Lupe", "a:1"), await owing(connection, clock, "Beto", "b:1")
        kept = await sent(connection, first, "w1", clock, PICTURE)
        assert kept is not None
        assert kept.repeats is None
        late = await sent(connection, second, "w2", clock)
        assert late is not None
        assert late.repeats is None
        assert [each.repeats for each in await receipts.listed(connection, "pending", 10)] == [None, None]
        await connection.execute(
            "UPDATE media_files SET sha256 = $1, status = 'stored', key = 'abarrotes_lupita/incoming/w2.jpg' "
            "WHERE wamid = 'w2'",
            PICTURE,
        )
        assert [each.repeats for each in await receipts.listed(connection, "pending", 10)] == [None, first.folio]
    assert await rows_of(database, agua.schema) == other


async def test_a_message_handled_again_keeps_one_receipt(database, lupita, clock):
    async with database.company(lupita.schema) as connection:
        order = await owing(connection, clock, "Lupe", "a:1")
        assert await sent(connection, order, "w1", clock) is not None
        assert await receipts.keep(connection, order.id, "w1", None, clock.now()) is None
        assert await receipts.keep(connection, order.id, "unknown", None, clock.now()) is None
        assert len(await receipts.listed(connection, None, 10)) == 1


async def test_of_two_people_who_review_at_once_one_is_told_so(database, lupita, clock):
    async with database.company(lupita.schema) as connection:
        order = await owing(connection, clock, "Lupe", "a:1")
        await sent(connection, order, "w1", clock, PICTURE)
        [waiting] = await receipts.listed(connection, "pending", 10)

    async def accepts(by):
        async with database.company(lupita.schema) as connection:
            return await receipts.accept(connection, waiting.id, by, clock.now())

    async def rejects(by):
        async with database.company(lupita.schema) as connection:
            return await receipts.reject(connection, waiting.id, "", by, clock.now())

    ended = await asyncio.gather(accepts("ana"), rejects("beto"), return_exceptions=True)
    refused = [each for each in ended if isinstance(each, Conflict)]
    assert [each.code for each in refused] == ["receipt_reviewed"]
    async with database.company(lupita.schema) as connection:
        [reviewed] = await receipts.listed(connection, None, 10)
        status = await connection.fetchval("SELECT status FROM payments WHERE order_id = $1", order.id)
    assert (reviewed.status == "accepted") == (status == "completed")


async def test_a_receipt_of_another_company_is_not_there(database, lupita, agua, clock):
    async with database.company(lupita.schema) as connection:
        order = await owing(connection, clock, "Lupe", "a:1")
        await sent(connection, order, "w1", clock)
        [waiting] = await receipts.listed(connection, "pending", 10)
    async with database.company(agua.schema) as connection:
        with pytest.raises(NotFound):
            await receipts.accept(connection, waiting.id, "ana", clock.now())


@pytest.mark.parametrize("announced", [None, "", "x", "c2hh", "not base64 at all!"])
def test_what_is_no_digest_is_none(announced):
    assert receipts.read_digest(announced) is None
