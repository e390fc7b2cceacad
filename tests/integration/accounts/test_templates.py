"""Every company's templates are made what our definitions say, and what WhatsApp says of them is kept and told."""

import dataclasses
from datetime import timedelta

import pytest
from tests.builders.account_news import OTHER_WABA, WABA, came
from tests.builders.outbox import PLATFORM_TOKEN, alerts, change_number, number
from tests.fakes.account_gateway import AccountGateway

from marchante.accounts.events import AccountEvents
from marchante.accounts.templates import repository
from marchante.accounts.templates.sync import TemplateSync
from marchante.channels.whatsapp.template_definition import TemplateDefinition
from marchante.outbox.tokens import Tokens

EXAMPLES = (("folio", "A-0042"),)
READY = TemplateDefinition("pedido_listo", "El pedido {{folio}} ya está listo.", EXAMPLES)
PROMO = TemplateDefinition("campana", "Hoy hay mandarina.", (), category="MARKETING")


@pytest.fixture
def gateway():
    return AccountGateway()


@pytest.fixture
def synchronised(database, gateway, vault, clock):
    return lambda *definitions: TemplateSync(database, gateway, Tokens(vault, PLATFORM_TOKEN), clock, definitions)


@pytest.fixture
async def accounts(database, clock, lupita, agua):
    for name, waba in (("1001", WABA), ("2001", OTHER_WABA)):
        await change_number(database, name, waba_id=waba, templates_due_at=clock.now())


async def known(database, company):
    async with database.relay() as connection:
        found = await repository.of_company(connection, company.id)
    return {each.name: (each.status, each.category) for each in found}


async def codes(database):
    """By company: which account answers first is chance."""
    return sorted(((alert["code"], alert["company_id"]) for alert in await alerts(database)), key=lambda each: each[1])


async def test_a_new_company_gets_every_template_in_its_own_account(
    database, gateway, synchronised, accounts, lupita, agua
):
    assert await synchronised(READY, PROMO).sync_due() == 2
    for company in (lupita, agua):
        assert await known(database, company) == {
            "campana": ("PENDING", "MARKETING"),
            "pedido_listo": ("PENDING", "UTILITY"),
        }
    assert gateway.templates.keys() == {WABA, OTHER_WABA}
    assert await codes(database) == []


async def test_what_is_there_already_is_not_made_again_and_is_looked_at_once_a_day(
    database, gateway, synchronised, accounts, lupita, clock
):
    await synchronised(READY).sync_due()
    gateway.decide(WABA, status="APPROVED")
    gateway.calls.clear()
    assert await synchronised(READY).sync_due() == 0
    clock.advance(days=1)
    assert await synchronised(READY).sync_due() == 2
    assert {call[0] for call in gateway.calls} == {"list"}
    assert await known(database, lupita) == {"pedido_listo": ("APPROVED", "UTILITY")}


async def test_a_changed_definition_is_edited_at_the_next_start(
    database, gateway, synchronised, accounts, lupita, clock
):
    await synchronised(READY).sync_due()
    gateway.decide(WABA, status="APPROVED")
    changed = dataclasses.replace(READY, body="El pedido {{folio}} te espera.")
    after = synchronised(changed)
    assert await after.sync_due() == 0
    await after.notice_new_definitions()
    assert await after.sync_due() == 2
    assert gateway.templates[WABA]["pedido_listo"].body == "El pedido {{folio}} te espera."
    assert await known(database, lupita) == {"pedido_listo": ("PENDING", "UTILITY")}
    gateway.calls.clear()
    await synchronised(changed).notice_new_definitions()
    assert await synchronised(changed).sync_due() == 0


async def test_an_account_that_does_not_answer_is_asked_again_later_and_later_and_told(
    database, gateway, synchronised, accounts, lupita, agua, clock
):
    gateway.broken = True
    sync = synchronised(READY)
    await sync.sync_due()
    assert await codes(database) == [("templates_not_synced", lupita.id), ("templates_not_synced", agua.id)]
    first = (await number(database, "1001"))["templates_due_at"] - clock.now()
    clock.advance(minutes=5)
    await sync.sync_due()
    assert (await number(database, "1001"))["templates_due_at"] - clock.now() > first
    gateway.broken = False
    clock.advance(hours=1)
    await sync.sync_due()
    assert await codes(database) == []


async def test_a_template_that_cannot_be_made_is_missing_and_told(
    database, gateway, synchronised, accounts, lupita, agua
):
    gateway.refuses_to_create = True
    [done] = await synchronised(READY).sync_company(lupita.id)
    assert "pedido_listo" in (done.problem or "")
    assert await known(database, lupita) == {"pedido_listo": ("MISSING", "UTILITY")}
    assert ("template_unusable", lupita.id) in await codes(database)
    assert await known(database, agua) == {}


async def test_without_an_account_the_categories_are_known_all_the_same(database, gateway, synchronised, lupita):
    [done] = await synchronised(PROMO).sync_company(lupita.id)
    assert "waba_id" in (done.problem or "")
    assert await known(database, lupita) == {"campana": ("UNKNOWN", "MARKETING")}
    assert gateway.calls == []


@pytest.mark.parametrize("event", ["REJECTED", "PAUSED", "DISABLED"])
async def test_news_of_a_template_that_cannot_be_sent_alert_until_it_can(
    database, gateway, synchronised, accounts, lupita, clock, event
):
    await synchronised(READY).sync_due()
    events = AccountEvents(database, clock)
    told = {"message_template_name": "pedido_listo", "message_template_language": "es_MX", "event": event}
    await came(database, "message_template_status_update", told, clock.advance(minutes=1))
    await events.handle_pending()
    assert await codes(database) == [("template_unusable", lupita.id)]
    async with database.relay() as connection:
        assert await repository.is_unusable(connection, "1001", "pedido_listo")
        assert not await repository.is_unusable(connection, "2001", "otro")
    late = told | {"event": "APPROVED", "reason": "NONE"}
    await came(database, "message_template_status_update", late, clock.now() - timedelta(seconds=30))
    await events.handle_pending()
    assert await codes(database) == [("template_unusable", lupita.id)], "news that are older change nothing"
    await came(database, "message_template_status_update", late, clock.advance(hours=3))
    await events.handle_pending()
    assert await codes(database) == []
    assert (await known(database, lupita))["pedido_listo"][0] == "APPROVED"


async def test_a_template_moved_to_marketing_is_told_for_it_costs_more(
    database, gateway, synchronised, accounts, lupita, clock
):
    await synchronised(READY).sync_due()
    told = {
        "message_template_name": "pedido_listo",
        "message_template_language": "es_MX",
        "previous_category": "UTILITY",
        "new_category": "MARKETING",
    }
    await came(database, "template_category_update", told, clock.advance(minutes=1))
    await AccountEvents(database, clock).handle_pending()
    assert await codes(database) == [("template_category", lupita.id)]
    assert await known(database, lupita) == {"pedido_listo": ("PENDING", "MARKETING")}


async def test_a_shops_own_templates_are_its_own_business(database, synchronised, accounts, clock):
    await synchronised(READY).sync_due()
    told = {"message_template_name": "promo_de_la_tienda", "event": "REJECTED"}
    await came(database, "message_template_status_update", told, clock.advance(minutes=1))
    await AccountEvents(database, clock).handle_pending()
    assert await codes(database) == []
