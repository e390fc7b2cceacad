"""A company moves as one file, or goes for good."""

import io
import json
import stat
import zipfile
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from tests.builders.catalog import add_product
from tests.builders.databases import anatomy, set_back
from tests.builders.orders import add_customer, draft, line
from tests.builders.snapshots import rows_of
from tests.conftest import LUPITA

from marchante.companies import archive_repository
from marchante.companies.archive import export_company, load_schema, read_manifest
from marchante.companies.records import NewEstablishment
from marchante.foundation.database.migrations import head, revision_of
from marchante.foundation.kernel.errors import Conflict, Invalid, NotFound
from marchante.orders.service import place

SLUG = "abarrotes_lupita"


@pytest.fixture
async def busy_shop(database, companies, lupita, clock):
    """A company with something of every kind of value."""
    async with database.company(lupita.schema) as connection:
        customer = await add_customer(connection, 'Lupe "la güera" \\ 🌸\n')
        product = await add_product(connection, "jitomate", stock=Decimal("10.125"))
        await connection.execute("UPDATE products SET aliases = $1, weekdays = '{1,7}'", ["tomate, rojo", '{"x"}', "ñ"])
        order = draft(line(product, "0.333", notes="maduros"), fulfilment="delivery", delivery_address="Av. 1")
        await place(connection, customer, "1001", order, clock.now())
        await connection.execute(
            """INSERT INTO customer_sessions (customer_id, session_id, flow_version, state, data, last_access, expires_at,
                                              ip_address)
               VALUES ($1, gen_random_uuid(), 1, 'menu', '{"cart": [0.1, null]}', now(), 'infinity', '10.0.0.1')""",
            customer,
        )
        await connection.execute(
            """INSERT INTO media_files (customer_id, wamid, kind, sha256, sent_at) VALUES ($1, 'w', 'image', $2, now())""",
            customer,
            bytes(range(256)),
        )
    await companies.add_establishment(
        SLUG, NewEstablishment("Centro", "Av. 2", latitude=Decimal("19.5"), longitude=Decimal(-96))
    )
    await companies.change_prompt(SLUG, "Pagos a BBVA")
    await companies.change_campaign(SLUG, "Aguacate 2x1")
    return await companies.get(SLUG)


async def exported(database, company):
    file = io.BytesIO()
    await export_company(database, company, file)
    return file


def changed(file, name, change):
    """The same archive with one member rewritten; None leaves it out."""
    result = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(result, "w") as new:
        for member in old.namelist():
            content = change(old.read(member)) if member == name else old.read(member)
            if content is not None:
                new.writestr(member, content)
    return result


async def test_a_company_comes_back_under_a_new_slug_to_the_last_value(
    marchante, database, companies, busy_shop, agua, tmp_path, clock
):
    other = await rows_of(database, agua.schema)
    file = tmp_path / "lupita.zip"
    assert "revision" in await marchante.run("company", "export", SLUG, str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["lupita.zip"]
    assert (
        await marchante.run("company", "import", "lupita_dos", str(file), "--phone-number-id", "1009")
        == "created lupita_dos"
    )
    assert await rows_of(database, "company_lupita_dos") == await rows_of(database, busy_shop.schema)
    new = await companies.get("lupita_dos")
    for field in (
        "name",
        "business_type",
        "plan",
        "timezone",
        "owner_phone",
        "settings",
        "prompt_info",
        "active_campaign",
    ):
        assert getattr(new, field) == getattr(busy_shop, field), field
    assert [number.phone_number_id for number in new.numbers] == ["1009"]
    async with database.company(new.schema) as connection:
        product = await connection.fetchval("SELECT id FROM products")
        customer = await add_customer(connection, "Otra")
        event = await place(connection, customer, "1009", draft(line(product), key="new"), clock.now())
        assert event.order.folio == "A-0002"
    assert await rows_of(database, agua.schema) == other


async def test_what_is_written_during_an_export_is_in_it_whole_or_not_at_all(database, busy_shop, monkeypatch):
    rows = archive_repository.rows

    async def disturbed(connection, table):
        if table == "customers":
            async with database.company(busy_shop.schema) as other:
                await other.execute(
                    "WITH n AS (INSERT INTO customers (name) VALUES ('Nueva') RETURNING id) INSERT INTO reviews (customer_id, rating) SELECT id, 5 FROM n"
                )
        async for row in rows(connection, table):
            yield row

    monkeypatch.setattr(archive_repository, "rows", disturbed)
    with zipfile.ZipFile(await exported(database, busy_shop)) as archive:
        assert b"Nueva" not in archive.read("tables/customers.jsonl")
        assert archive.read("tables/reviews.jsonl") == b""
        manifest = read_manifest(archive)
        assert manifest.tables["customers"] == len(archive.read("tables/customers.jsonl").splitlines()) == 1


async def test_no_secret_of_the_platform_is_in_an_export(marchante, database, companies, vault, tmp_path):
    async with database.relay() as connection:
        await connection.execute(
            "UPDATE platform.whatsapp_numbers SET token_ciphertext = $1", vault.seal("EAAG-secret")
        )
    await marchante.run("company", "export", SLUG, str(tmp_path / "a.zip"))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"ciphertext" not in everything
    assert b"EAAG" not in everything


async def test_an_export_of_an_older_release_is_migrated_as_it_comes_in(marchante, database, lupita, agua, tmp_path):
    await set_back(database, lupita, "0001")
    async with database.company(lupita.schema) as connection:
        await add_customer(connection, "De antes")
        product = await add_product(connection, "jitomate")
        await connection.execute(
            """INSERT INTO orders (folio, customer_id, status_id, subtotal, total_amount, fulfilment, confirmation_key, phone_number_id)
               SELECT 'A-0001', id, 1, 24, 24, 'pickup', 'k', '1001' FROM customers"""
        )
    file = tmp_path / "old.zip"
    assert "revision 0001" in await marchante.run("company", "export", SLUG, str(file))
    await marchante.run("company", "import", "lupita_dos", str(file), "--phone-number-id", "1009")
    assert marchante.code == 0
    async with database.pool.acquire() as connection:
        assert await revision_of(connection, "company_lupita_dos") == head("tenant")
        assert await anatomy(connection, "company_lupita_dos") == await anatomy(connection, agua.schema)
    async with database.company("company_lupita_dos") as connection:
        assert await connection.fetchval("SELECT name FROM customers") == "De antes"
        assert await connection.fetchval("SELECT id FROM products") == product
        assert await connection.fetchval("SELECT amount FROM payments") == Decimal("24.00")


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("company.json", lambda _: None),
        ("company.json", lambda _: b"{"),
        ("company.json", lambda old: json.dumps(json.loads(old) | {"format": 2}).encode()),
        ("company.json", lambda old: json.dumps(json.loads(old) | {"revision": "head; DROP SCHEMA relay"}).encode()),
        ("company.json", lambda old: json.dumps(json.loads(old) | {"tables": {"pg_class": 1}}).encode()),
        ("company.json", lambda old: json.dumps(json.loads(old) | {"sequences": {"customers": 7}}).encode()),
        ("tables/customers.jsonl", lambda _: None),
        ("tables/customers.jsonl", lambda _: b""),
        ("tables/customers.jsonl", lambda old: old + old.replace(b'"id":1', b'"id":2')),
        ("tables/customers.jsonl", lambda _: b"not json\n"),
        ("tables/customers.jsonl", lambda _: b"\xff\xfe\n"),
        ("tables/customers.jsonl", lambda _: b'{"id":1,"name":"a\\u0000b"}\n'),
        ("tables/orders.jsonl", lambda old: old.replace(b'"customer_id":1', b'"customer_id":99')),
        ("tables/orders.jsonl", lambda old: old.replace(b'"fulfilment":"delivery"', b'"fulfilment":"drone"')),
    ],
)
async def test_a_damaged_archive_leaves_nothing_behind(database, companies, busy_shop, member, change):
    file = changed(await exported(database, busy_shop), member, change)
    new = replace(LUPITA, slug="lupita_dos", phone_number_id="1009", display_phone="")
    with zipfile.ZipFile(file) as archive, pytest.raises(Invalid) as refused:
        await companies.create(new, build=partial(load_schema, archive))
    assert refused.value.code == "bad_archive"
    async with database.relay() as connection:
        assert await connection.fetchval("SELECT to_regnamespace('company_lupita_dos')") is None
        assert await connection.fetchval("SELECT count(*) FROM platform.companies") == 2


async def test_an_export_of_a_newer_release_is_refused_by_name(marchante, database, busy_shop, tmp_path):
    newer = changed(
        await exported(database, busy_shop),
        "company.json",
        lambda old: json.dumps(json.loads(old) | {"revision": "9998"}).encode(),
    )
    (tmp_path / "new.zip").write_bytes(newer.getvalue())
    shown = await marchante.run(
        "company", "import", "lupita_dos", str(tmp_path / "new.zip"), "--phone-number-id", "1009"
    )
    assert (marchante.code, "schema_too_new" in shown) == (1, True)
    (tmp_path / "no.zip").write_bytes(b"PK no")
    assert "bad_archive" in await marchante.run(
        "company", "import", "tres", str(tmp_path / "no.zip"), "--phone-number-id", "1009"
    )
    (tmp_path / "ok.zip").write_bytes((await exported(database, busy_shop)).getvalue())
    assert "slug_taken" in await marchante.run(
        "company", "import", SLUG, str(tmp_path / "ok.zip"), "--phone-number-id", "1009"
    )
    assert "number_taken" in await marchante.run(
        "company", "import", "tres", str(tmp_path / "ok.zip"), "--phone-number-id", "2001"
    )


async def test_a_deleted_company_is_gone_and_its_slug_with_it(marchante, database, companies, busy_shop, agua):
    await something_on_its_way(database, busy_shop)
    other = await rows_of(database, agua.schema)
    shown = await marchante.run("company", "delete", SLUG)
    assert (marchante.code, "not_confirmed" in shown) == (1, True)
    assert (await companies.get(SLUG)).slug == SLUG
    assert await marchante.run("company", "delete", SLUG, "--yes") == f"deleted {SLUG}"
    with pytest.raises(NotFound):
        await companies.get(SLUG)
    assert [company.slug for company in await companies.list()] == ["agua_clara"]
    async with database.relay() as connection:
        assert await connection.fetchval("SELECT to_regnamespace($1)", busy_shop.schema) is None
        for table in ("companies", "numbers", "conversations", "inbox_messages", "outbox", "timers"):
            left = await connection.fetchval(f"SELECT count(*) FROM relay.{table} WHERE company_id = $1", busy_shop.id)
            assert left == 0, table
            there = await connection.fetchval(f"SELECT count(*) FROM relay.{table} WHERE company_id = $1", agua.id)
            assert there == (1 if table in {"companies", "numbers"} else 0), table
        assert (
            await connection.fetchval("SELECT count(*) FROM relay.usage_events WHERE company_id = $1", busy_shop.id)
            == 1
        )
        assert await connection.fetchval("SELECT status FROM platform.companies WHERE slug = $1", SLUG) == "suspended"
        assert not await connection.fetchval(
            "SELECT EXISTS (SELECT FROM platform.company_subscriptions WHERE company_id = $1 AND active)", busy_shop.id
        )
        last = "SELECT action, actor FROM platform.company_logs WHERE company_id = $1 ORDER BY id DESC LIMIT 1"
        assert tuple(await connection.fetchrow(last, busy_shop.id)) == ("deleted", "cli")
    assert await rows_of(database, agua.schema) == other


async def test_the_number_of_a_deleted_company_is_free_and_its_slug_is_not(companies):
    await companies.delete(SLUG)
    with pytest.raises(Conflict) as refused:
        await companies.create(LUPITA)
    assert refused.value.code == "slug_taken"
    assert (await companies.create(replace(LUPITA, slug="otra"))).numbers[0].phone_number_id == "1001"


async def test_a_company_somebody_works_in_is_not_deleted(database, companies, busy_shop, monkeypatch):
    monkeypatch.setattr("marchante.companies.archive_repository.LOCK_TIMEOUT", "50ms")
    async with database.company(busy_shop.schema) as connection:
        await connection.execute("UPDATE customers SET name = 'Lupe'")
        with pytest.raises(Conflict) as refused:
            await companies.delete(SLUG)
    assert refused.value.code == "company_busy"
    assert (await companies.get(SLUG)).status == "active"
    assert "deleted" not in {entry.action for entry in await companies.log_of(SLUG)}


async def something_on_its_way(database, company):
    async with database.relay() as connection:
        await connection.execute(
            "INSERT INTO relay.conversations (company_id, customer_key) VALUES ($1, 'p:+521')", company.id
        )
        await connection.execute(
            """INSERT INTO relay.inbox_messages (dedupe_key, company_id, customer_key, phone_number_id, kind, type, wamid, sent_at,
                                                 position, received_at, ready_at, raw, trace_id)
               VALUES ('\\x01', $1, 'p:+521', '1001', 'message', 'text', 'w', now(), 0, now(), now(), '', 't')""",
            company.id,
        )
        await connection.execute(
            """INSERT INTO relay.outbox (company_id, customer_key, phone_number_id, author, type, payload, created_at, not_before, trace_id)
               VALUES ($1, 'p:+521', '1001', 'bot', 'text', '{}', now(), now(), 't')""",
            company.id,
        )
        await connection.execute(
            """INSERT INTO relay.timers (company_id, customer_key, phone_number_id, kind, due_at)
               VALUES ($1, 'p:+521', '1001', 'reminder', now())""",
            company.id,
        )
        await connection.execute(
            """INSERT INTO relay.usage_events (company_id, phone_number_id, wamid, category, pricing_type, billable, happened_at)
               VALUES ($1, '1001', 'w', 'service', 'regular', true, now())""",
            company.id,
        )
