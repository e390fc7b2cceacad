"""The loop that looks after accounts: it works, waits for a database that is away, and stops when it is told."""

import asyncio

from tests.builders.account_news import WABA, came, outcomes
from tests.builders.outbox import PLATFORM_TOKEN, change_number, number
from tests.fakes.account_gateway import AccountGateway

from marchante.accounts.events import AccountEvents
from marchante.accounts.numbers.asking import NumberCare
from marchante.accounts.numbers.free_messages import FreeMessages
from marchante.accounts.service import AccountCare
from marchante.accounts.templates.sync import TemplateSync
from marchante.channels.whatsapp.template_definition import TemplateDefinition
from marchante.outbox.tokens import Tokens

READY = TemplateDefinition("pedido_listo", "Ya está listo.", ())


async def until(condition):
    async with asyncio.timeout(10):
        while not await condition():  # noqa: ASYNC110 - the condition lives in the database
            await asyncio.sleep(0.01)


async def test_a_new_company_is_looked_after_by_itself(database, vault, clock, lupita, agua):
    gateway = AccountGateway(numbers={"1001": {"quality_rating": "GREEN"}})
    tokens = Tokens(vault, PLATFORM_TOKEN)
    due = {"waba_id": WABA, "ask_due_at": clock.now(), "templates_due_at": clock.now()}
    await change_number(database, "1001", **due)
    care = AccountCare(
        AccountEvents(database, clock),
        NumberCare(database, gateway, tokens, clock),
        TemplateSync(database, gateway, tokens, clock, [READY]),
        FreeMessages(database, clock),
    )
    running = asyncio.create_task(care.run())

    async def looked_after():
        return (await number(database, "1001"))["templates_version"] == care.templates.version

    await until(looked_after)
    assert (await number(database, "1001"))["quality"] == "GREEN"
    assert gateway.templates[WABA].keys() == {"pedido_listo"}

    await came(database, "account_review_update", {"decision": "APPROVED"}, clock.now())
    care.wake()

    async def handled():
        return await outcomes(database) == ["kept"]

    await until(handled)
    await care.stop()
    await asyncio.wait_for(running, 5)


async def test_a_fault_of_ours_in_asking_stops_neither_the_rest_nor_the_process(database, vault, clock, lupita, agua):
    gateway = AccountGateway(faults=[RuntimeError("a fault of ours")])
    tokens = Tokens(vault, PLATFORM_TOKEN)
    await change_number(database, "1001", waba_id=WABA, ask_due_at=clock.now(), templates_due_at=clock.now())
    care = AccountCare(
        AccountEvents(database, clock),
        NumberCare(database, gateway, tokens, clock),
        TemplateSync(database, gateway, tokens, clock, [READY]),
        FreeMessages(database, clock),
    )
    running = asyncio.create_task(care.run())

    async def compared():
        return (await number(database, "1001"))["templates_version"] == care.templates.version

    await until(compared)
    assert gateway.faults == []
    assert not running.done()
    await care.stop()
    await asyncio.wait_for(running, 5)
