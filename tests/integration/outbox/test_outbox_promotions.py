"""Promotions never leave for who wants none; everything else does."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.builders import outbox
from tests.builders.outbox import send_all, status_came, text_to
from tests.builders.people import wrote
from tests.fakes.clock import FakeClock
from tests.fakes.graph import graph_failure
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.accounts import people
from marchante.accounts.events import AccountEvents
from marchante.accounts.templates import repository as templates
from marchante.accounts.templates.domain import unasked
from marchante.channels.whatsapp.messages import payload
from marchante.channels.whatsapp.ports import Refused
from marchante.channels.whatsapp.template_definition import TemplateDefinition
from marchante.companies.domain import Company
from marchante.customers.domain import ContactIdentity
from marchante.foundation.database.connection import Database
from marchante.outbox.domain import NewMessage
from marchante.outbox.sender import Sender
from marchante.outbox.statuses import StatusApplier

ANA, BETO = "5212281000001", "5212281000002"
PROMO = TemplateDefinition("campana", "Hoy hay mandarina.", (), category="MARKETING")
READY = TemplateDefinition("pedido_listo", "Ya está listo.", ())


def sent_as(definition: TemplateDefinition, company: Company, phone: str, clock: FakeClock, **more: Any) -> NewMessage:
    message = text_to(company, phone, "x", clock.now(), window_until=None)
    return replace(message, author="system", type="template", payload=payload(definition.filled()), **more)


@pytest.fixture(autouse=True)
async def _known(database: Database, lupita: Company, agua: Company) -> None:
    async with database.relay() as connection:
        for company in (lupita, agua):
            for definition in (PROMO, READY):
                await templates.keep(connection, unasked(definition, company.id, ""))


async def says_baja(
    database: Database, company: Company, clock: FakeClock, *, alta: bool = False, **identity: str
) -> None:
    known = await wrote(database, company, ContactIdentity(**identity), clock)
    async with database.company(company.schema) as connection:
        await people.choose_marketing(connection, company.id, known.id, wanted=alta, at=clock.now())


async def test_a_promotion_is_cancelled_for_who_wants_none_at_that_shop_only(
    database: Database, lupita: Company, agua: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    await says_baja(database, lupita, clock, wa_id=ANA)
    messages = [
        sent_as(PROMO, lupita, ANA, clock),
        sent_as(READY, lupita, ANA, clock),
        sent_as(PROMO, lupita, BETO, clock),
        sent_as(PROMO, agua, ANA, clock),
    ]
    ids = await outbox.queued(database, messages, clock.now())
    await send_all(sender)
    assert await outbox.statuses_of(database, ids) == ["cancelled", "sent", "sent", "sent"]
    assert (await outbox.row(database, ids[0]))["error_detail"] == "the customer wants no promotions"
    assert await outbox.alerts(database) == []


async def test_who_wants_promotions_again_gets_them(
    database: Database, lupita: Company, sender: Sender, clock: FakeClock
) -> None:
    await says_baja(database, lupita, clock, wa_id=ANA)
    await says_baja(database, lupita, clock, wa_id=ANA, alta=True)
    [id_] = await outbox.queued(database, [sent_as(PROMO, lupita, ANA, clock)], clock.now())
    await send_all(sender)
    assert await outbox.statuses_of(database, [id_]) == ["sent"]


async def test_the_wish_is_found_also_when_the_person_has_another_key_by_now(
    database: Database, lupita: Company, sender: Sender, clock: FakeClock
) -> None:
    await says_baja(database, lupita, clock, wa_id=ANA)
    other_key = sent_as(PROMO, lupita, ANA, clock, customer_key="b:MX.1", recipient_bsuid="MX.1")
    [id_] = await outbox.queued(database, [other_key], clock.now())
    await send_all(sender)
    assert await outbox.statuses_of(database, [id_]) == ["cancelled"]


async def test_a_refusal_for_want_of_consent_is_remembered_and_is_nobodys_trouble(
    database: Database,
    lupita: Company,
    sender: Sender,
    statuses: StatusApplier,
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    for phone in (ANA, BETO):
        await wrote(database, lupita, ContactIdentity(wa_id=phone), clock)
    gateway.will(ANA, Refused(graph_failure(131050, "User opted out")))
    ids = await outbox.queued(database, [sent_as(PROMO, lupita, phone, clock) for phone in (ANA, BETO)], clock.now())
    await send_all(sender)
    wamid = (await outbox.row(database, ids[1]))["wamid"]
    error = {"code": 131050, "title": "User opted out", "error_data": {"details": "stopped"}}
    await status_came(database, "1001", wamid, "failed", clock.now(), errors=[error])
    await statuses.apply_pending()
    assert await AccountEvents(database, clock).handle_pending() == 2
    async with database.company(lupita.schema) as connection:
        assert await connection.fetchval("SELECT count(*) FROM customers WHERE marketing_stopped") == 2
    assert await outbox.alerts(database) == []


async def test_no_window_closes_for_a_template(
    database: Database, lupita: Company, sender: Sender, clock: FakeClock
) -> None:
    late = sent_as(READY, lupita, ANA, clock)
    [id_] = await outbox.queued(database, [replace(late, window_until=clock.now() - timedelta(hours=1))], clock.now())
    await send_all(sender)
    assert await outbox.statuses_of(database, [id_]) == ["sent"]


async def test_a_refused_template_makes_its_account_be_compared_again(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, Refused(graph_failure(132015, "Template is paused")))
    await outbox.queued(database, [sent_as(READY, lupita, ANA, clock)], clock.now())
    await send_all(sender)
    assert (await outbox.number(database, "1001"))["templates_due_at"] == clock.now()
    assert (await outbox.number(database, "2001"))["templates_due_at"] != clock.now()
    [alert] = await outbox.alerts(database)
    assert (alert["code"], alert["severity"]) == ("message_failed", "critical")
