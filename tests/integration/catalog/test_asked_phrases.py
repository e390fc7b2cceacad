"""Names learned from what customers choose, and demand that went unserved: written by turns, decided by the owner."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.builders.catalog import add_product
from tests.fakes.clock import FakeClock
from tests.integration.conversations.conftest import Chat, open_chat

from marchante.catalog.asked.domain import Asked
from marchante.catalog.asked.service import AskedPhrases
from marchante.catalog.importing import import_catalog
from marchante.catalog.snapshots import CatalogCache
from marchante.companies.domain import Company
from marchante.companies.service import Companies
from marchante.conversations.turn import Turns
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.errors import Invalid, NotFound
from marchante.foundation.kernel.secrets import Vault

OWNER = "owner@lupita.mx"


@pytest.fixture
async def chat(database: Database, vault: Vault, clock: FakeClock, lupita: Company) -> Chat:
    return await open_chat(database, vault, clock, lupita, "1001", "abarrotes.json")


@pytest.fixture
def asked(database: Database, clock: FakeClock) -> AskedPhrases:
    return AskedPhrases(database, clock)


@pytest.fixture
async def companies(database: Database, vault: Vault) -> Companies:
    return Companies(database, vault)


def other_customer(chat: Chat, last_digit: int) -> Chat:
    return replace(chat, phone=f"521228100000{last_digit}", heard=[])


def counts(found: list[Asked]) -> list[tuple[str, str, str | None, int, int]]:
    return [(each.kind, each.example, each.sku, each.customers, each.times) for each in found]


def told(payloads: list[dict[str, Any]]) -> str:
    return str(payloads)


async def asks_and_chooses(chat: Chat, words: str, choice: str) -> None:
    await chat.says(words)
    await chat.taps(choice)
    await chat.says("cancelar")


async def test_what_customers_chose_is_suggested_and_only_accepting_changes_what_is_understood(
    chat: Chat, asked: AskedPhrases, companies: Companies, lupita: Company, agua: Company
):
    second = other_customer(chat, 2)
    for someone in (chat, second, second):
        await asks_and_chooses(someone, "2 cocas", "Coca-Cola 2.5 L")
    [suggestion] = await asked.suggestions(lupita)
    assert counts([suggestion]) == [("alias", "cocas", suggestion.sku, 2, 3)]
    assert suggestion.product_name == "Coca-Cola 2.5 L"
    assert await asked.suggestions(agua) == []
    other_process = replace(other_customer(chat, 3), turns=Turns(chat.database, CatalogCache(), chat.clock))
    for process in (chat, other_process):
        assert "Tengo varios" in told(await process.says("3 cocas"))
        await process.says("cancelar")

    accepted = await asked.accept(lupita, "Coca", suggestion.sku or "", OWNER)
    assert (accepted.alias, accepted.still_asked) == ("cocas", ())
    for process in (chat, other_process):
        assert "3 botellas Coca-Cola 2.5 L" in told(await process.says("3 cocas"))
    assert await asked.suggestions(lupita) == []
    [entry, *_] = await companies.log_of("abarrotes_lupita", 5)
    assert (entry.action, entry.description, entry.actor) == ("alias_accepted", f"cocas = {suggestion.sku}", OWNER)


async def test_what_was_rejected_is_not_suggested_again(chat: Chat, asked: AskedPhrases, lupita: Company):
    await asks_and_chooses(chat, "2 cocas", "Coca-Cola 2.5 L")
    await asked.reject(lupita, "cocas", None, OWNER)
    await asks_and_chooses(other_customer(chat, 2), "2 cocas", "Coca-Cola 2.5 L")
    await asks_and_chooses(chat, "2 cocas", "Coca-Cola 2.5 L")
    assert await asked.suggestions(lupita) == []
    assert "Tengo varios" in told(await chat.says("3 cocas"))


async def test_an_import_keeps_the_names_that_were_accepted(
    chat: Chat, asked: AskedPhrases, lupita: Company, database: Database, tmp_path: Path
):
    await asks_and_chooses(chat, "2 cocas", "Coca-Cola 2.5 L")
    [suggestion] = await asked.suggestions(lupita)
    await asked.accept(lupita, "cocas", suggestion.sku or "", OWNER)
    sheet = tmp_path / "lista.csv"
    sheet.write_text(f"sku,precio,alias\n{suggestion.sku},35,coca grandota\n", encoding="utf-8")
    async with database.company(lupita.schema) as connection:
        await import_catalog(connection, sheet)
        aliases = await connection.fetchval("SELECT aliases FROM products WHERE sku = $1", suggestion.sku)
    assert aliases == ["coca grandota", "cocas"]


async def test_lost_demand_counts_customers_and_days_and_is_kept_apart_by_reason(
    chat: Chat, asked: AskedPhrases, lupita: Company, agua: Company, database: Database
):
    async with database.company(lupita.schema) as connection:
        await add_product(connection, "RON", name="Ron blanco", whatsapp_sellable=False)
        await add_product(connection, "CHI", name="Chicharrón", unit="bag", step=Decimal(1), stock=Decimal(0))
    second = other_customer(chat, 2)
    await chat.says("1 kg de aguacates y una botella de ron")
    await second.says("un aguacate y un chicharrón")
    await second.says("y tienen aguacates?")
    chat.clock.advance(hours=30)
    await second.says("1 kilo de aguacate")
    assert counts(list(await asked.lost_demand(lupita))) == [
        ("not_carried", "aguacate", None, 2, 3),
        ("sold_out", "chicharron", "CHI", 1, 1),
        ("not_sellable", "ron", None, 1, 1),
    ]
    assert await asked.lost_demand(agua) == []


async def test_demand_that_was_dismissed_is_shown_no_more(chat: Chat, asked: AskedPhrases, lupita: Company):
    await chat.says("1 kg de aguacates y 2 veladoras")
    await asked.dismiss(lupita, "el aguacate", None, OWNER)
    await other_customer(chat, 2).says("un kilo de aguacates")
    assert [each.example for each in await asked.lost_demand(lupita)] == ["veladoras"]


async def test_what_was_asked_for_can_be_put_on_sale(
    chat: Chat, asked: AskedPhrases, companies: Companies, lupita: Company
):
    await chat.says("1 kg de aguacates")
    product = {"name": "Aguacate hass", "price": "24", "unit": "kg", "category": "Verduras"}
    report = await asked.put_on_sale(lupita, "aguacates", product, OWNER)
    assert (report.imported, report.updated) == (1, 0)
    assert "1 kg Aguacate hass · $24.00" in told(await chat.says("1 kg de aguacates"))
    assert await asked.lost_demand(lupita) == []
    [entry, *_] = await companies.log_of("abarrotes_lupita", 5)
    assert (entry.action, entry.description) == ("lost_demand_on_sale", "aguacates: Aguacate hass")


async def test_a_price_nobody_can_read_changes_nothing(chat: Chat, asked: AskedPhrases, lupita: Company):
    await chat.says("1 kg de aguacates")
    with pytest.raises(Invalid):
        await asked.put_on_sale(lupita, "aguacates", {"price": "carísimo"}, OWNER)
    assert [each.example for each in await asked.lost_demand(lupita)] == ["aguacates"]


async def test_nothing_can_be_decided_about_words_nobody_used(asked: AskedPhrases, lupita: Company):
    for decision in (
        asked.accept(lupita, "aguacates", "ABA-001", OWNER),
        asked.reject(lupita, "aguacates", None, OWNER),
        asked.dismiss(lupita, "aguacates", None, OWNER),
        asked.put_on_sale(lupita, "aguacates", {"price": "24"}, OWNER),
    ):
        with pytest.raises(NotFound) as refusal:
            await decision
        assert refusal.value.code == "phrase_not_found"
