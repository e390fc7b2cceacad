"""What is changed about a company is changed at once for those who serve it, and written down."""

import asyncio
import dataclasses
from decimal import Decimal

import pytest
from msgspec import structs
from tests.conftest import LUPITA

from marchante.companies import repository
from marchante.companies.domain import Plan
from marchante.companies.records import Establishment, LegalInformation, NewEstablishment
from marchante.foundation.kernel.errors import Conflict, Invalid, NotFound

SLUG = "abarrotes_lupita"


async def served(database, slug=SLUG):
    """What a turn knows of the company."""
    async with database.relay() as connection:
        return dict(await connection.fetchrow("SELECT * FROM relay.companies WHERE slug = $1", slug))


async def actions(companies, slug=SLUG):
    return [(entry.action, entry.description, entry.actor) for entry in await companies.log_of(slug)]


async def test_a_new_company_has_one_subscription_and_a_first_line_in_its_log(companies):
    (subscription,) = await companies.subscriptions(SLUG)
    assert (subscription.plan, subscription.active) == (Plan.COMPLETO, True)
    assert await actions(companies) == [("created", "Abarrotes Lupita, plan completo", "system")]


async def test_a_new_plan_ends_the_subscription_and_begins_another(companies, database):
    await companies.change_plan(SLUG, Plan.PREMIUM, "Ana")
    await companies.change_plan(SLUG, Plan.PREMIUM, "Ana")
    now, before = await companies.subscriptions(SLUG)
    assert (now.plan, now.active, before.plan, before.active) == (Plan.PREMIUM, True, Plan.COMPLETO, False)
    assert before.ends_at == now.starts_at
    assert (await companies.get(SLUG)).plan is Plan.PREMIUM
    assert await actions(companies) == [
        ("plan_changed", "completo → premium", "Ana"),
        ("created", "Abarrotes Lupita, plan completo", "system"),
    ]
    assert [(row.plan, row.active) for row in await companies.subscriptions("agua_clara")] == [(Plan.BASICO, True)]


async def test_suspending_twice_is_written_once(companies, database):
    for _ in range(2):
        await companies.suspend(SLUG, "Ana")
    assert (await served(database))["status"] == "suspended"
    await companies.resume(SLUG, "Ana")
    assert (await served(database))["status"] == "active"
    assert [action for action, *_ in await actions(companies)] == ["resumed", "suspended", "created"]
    assert (await served(database, "agua_clara"))["status"] == "active"


async def test_settings_are_changed_from_what_they_are_and_reach_the_turn(companies, database):
    before = await served(database)
    settings = await companies.change_settings(
        SLUG, lambda now: structs.replace(now, delivery_fee=Decimal("20.00")), "delivery_fee=20.00", "Ana"
    )
    assert settings.opening_hours == LUPITA.settings.opening_hours
    after = await served(database)
    assert after["settings"]["delivery_fee"] == "20.00"
    assert after["version"] == before["version"] + 1
    assert (await actions(companies))[0] == ("settings_changed", "delivery_fee=20.00", "Ana")
    await companies.change_settings(SLUG, lambda now: now, "nothing")
    assert await served(database) == after


async def test_the_shops_own_words_and_its_campaign_reach_the_turn(companies, database):
    await companies.change_prompt(SLUG, "  Transferencias a BBVA 0123.\nSucursal en Coatepec. ")
    await companies.change_campaign(SLUG, "Semana del aguacate: 20 % menos")
    after = await served(database)
    assert after["prompt_info"] == "Transferencias a BBVA 0123.\nSucursal en Coatepec."
    assert after["active_campaign"] == "Semana del aguacate: 20 % menos"
    company = await companies.get(SLUG)
    assert (company.prompt_info, company.active_campaign) == (after["prompt_info"], after["active_campaign"])
    await companies.change_campaign(SLUG, None)
    assert (await served(database))["active_campaign"] is None
    with pytest.raises(Invalid) as refused:
        await companies.change_prompt(SLUG, "x" * 4001)
    assert refused.value.code == "text_too_long"


@pytest.mark.parametrize("phone", ["228 100 0001", "+52 1 228 100 0001", "5212281000001"])
async def test_the_shops_own_number_is_no_owner_phone(companies, database, phone):
    before = await served(database)
    with pytest.raises(Invalid) as refused:
        await companies.change_owner_phone(SLUG, phone)
    assert refused.value.code == "owner_is_shop_number"
    assert await served(database) == before
    new = dataclasses.replace(LUPITA, slug="otra", phone_number_id="1002", owner_phone=phone)
    with pytest.raises(Invalid) as refused:
        await companies.create(new)
    assert refused.value.code == "owner_is_shop_number"


async def test_an_owner_phone_is_kept_with_its_country_code_and_hidden_in_the_log(companies, database):
    assert await companies.change_owner_phone(SLUG, "(228) 100 0055") == "522281000055"
    assert (await served(database))["owner_phone"] == "522281000055"
    assert (await actions(companies))[0] == ("owner_phone_changed", "********0055", "system")
    assert await companies.change_owner_phone(SLUG, None) is None


async def test_legal_information_keeps_what_it_was(companies, database):
    assert await companies.legal_information(SLUG) == LegalInformation()
    await companies.change_legal(SLUG, {"owner_name": "Guadalupe Rojas", "rfc": "rogl840229ab1"})
    await companies.change_legal(SLUG, {"owner_phone": "228 100 0099"})
    await companies.change_legal(SLUG, {"owner_phone": "2281000099"})
    assert await companies.legal_information(SLUG) == LegalInformation(
        owner_name="Guadalupe Rojas", owner_phone="522281000099", rfc="ROGL840229AB1"
    )
    assert [line[:2] for line in (await actions(companies))[:-1]] == [
        ("legal_information_changed", "owner_phone"),
        ("legal_information_changed", "owner_name, rfc"),
    ]
    async with database.relay() as connection:
        rows = await connection.fetch("SELECT owner_phone, active FROM platform.company_legal_information ORDER BY id")
    assert [tuple(row) for row in rows] == [(None, False), ("522281000099", True)]
    assert await companies.legal_information("agua_clara") == LegalInformation()


async def test_branches_live_in_the_companys_own_schema(companies, database):
    new = NewEstablishment(
        "Centro", "Av. Xalapa 12", phone="2281000002", latitude=Decimal("19.543210"), longitude=Decimal("-96.920000")
    )
    added = await companies.add_establishment(SLUG, new, "Ana")
    assert await companies.establishments(SLUG) == [
        Establishment(
            added, "Centro", "Av. Xalapa 12", "522281000002", None, Decimal("19.543210"), Decimal("-96.920000")
        )
    ]
    assert await companies.establishments("agua_clara") == []
    with pytest.raises(Conflict) as refused:
        await companies.add_establishment(SLUG, NewEstablishment("CENTRO", "Otra 1"))
    assert refused.value.code == "establishment_exists"
    await companies.remove_establishment(SLUG, added, "Ana")
    assert await companies.establishments(SLUG) == []
    with pytest.raises(NotFound) as missing:
        await companies.remove_establishment(SLUG, added)
    assert missing.value.code == "establishment_not_found"
    await companies.add_establishment(SLUG, NewEstablishment("centro", "Av. Xalapa 14"))
    assert [action for action, *_ in await actions(companies)][:3] == [
        "establishment_added",
        "establishment_removed",
        "establishment_added",
    ]


async def test_a_change_that_fails_leaves_no_line_in_the_log(companies, database, monkeypatch):
    async def broken(*_):
        raise RuntimeError("relay is away")

    monkeypatch.setattr(repository, "publish", broken)
    with pytest.raises(RuntimeError):
        await companies.change_plan(SLUG, Plan.PREMIUM)
    monkeypatch.undo()
    assert (await companies.get(SLUG)).plan is Plan.COMPLETO
    assert len(await companies.subscriptions(SLUG)) == 1
    assert [action for action, *_ in await actions(companies)] == ["created"]


async def test_two_changes_at_once_lose_neither(companies):
    await asyncio.gather(
        companies.change_settings(SLUG, lambda now: structs.replace(now, delivers=False), "delivers=false"),
        companies.change_settings(SLUG, lambda now: structs.replace(now, reminder_minutes=45), "reminder_minutes=45"),
        companies.change_plan(SLUG, Plan.PREMIUM),
        companies.change_plan(SLUG, Plan.BASICO),
    )
    company = await companies.get(SLUG)
    assert (company.settings.delivers, company.settings.reminder_minutes) == (False, 45)
    (active,) = [row for row in await companies.subscriptions(SLUG) if row.active]
    assert active.plan is company.plan


async def test_a_company_that_does_not_exist_is_named(companies):
    for attempt in (
        companies.change_plan("nadie", Plan.BASICO),
        companies.establishments("nadie"),
        companies.log_of("nadie"),
        companies.suspend("nadie"),
    ):
        with pytest.raises(NotFound) as missing:
            await attempt
        assert missing.value.code == "company_not_found"
