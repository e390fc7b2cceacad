"""What Meta tells of accounts and people, from the other side: the simulator does it, and the product acts."""

from typing import Any

import pytest
from tests.acceptance.conftest import NewPerson
from tests.acceptance.people import words
from tests.acceptance.phones import Phone
from tests.acceptance.stage import GROCER, NUMBERS, WATER, Stage

from marchante.simulator.config import SimulatedCustomer

ACCOUNTS = {number.phone_number_id: number.waba_id for number in NUMBERS}


@pytest.fixture
async def accounts(stage: Stage) -> Stage:
    for number, waba in ACCOUNTS.items():
        await stage.relay(
            "UPDATE relay.numbers SET waba_id = $2, ask_due_at = $3, templates_due_at = $3 WHERE phone_number_id = $1",
            number,
            waba,
            stage.clock.now(),
        )
    return stage


async def open_alerts(stage: Stage) -> list[str]:
    rows = await stage.relay("SELECT code FROM relay.alerts WHERE resolved_at IS NULL ORDER BY id")
    return [row["code"] for row in rows]


async def comes_to(stage: Stage, codes: list[str]) -> None:
    async def as_expected() -> bool:
        return await open_alerts(stage) == codes

    await stage.after_a_while(as_expected)


async def test_templates_are_made_approved_paused_and_back_with_an_alert_in_between(accounts: Stage) -> None:
    stage, care = accounts, accounts.marchante.accounts
    assert await care.templates.sync_due() == 2
    made = {(each.waba_id, each.name): each for each in stage.simulator.templates.all()}
    assert {waba for waba, _ in made} == set(ACCOUNTS.values())

    async def statuses() -> dict[str, int]:
        rows = await stage.relay("SELECT status, count(*) AS many FROM relay.templates GROUP BY 1")
        return {row["status"]: row["many"] for row in rows}

    async def all_approved() -> bool:
        return await statuses() == {"APPROVED": len(made)}

    await stage.after_a_while(all_approved)
    stage.clock.advance(minutes=1)
    stage.simulator.reviews.decide(made[ACCOUNTS[GROCER], "pedido_listo"], "PAUSED")
    await comes_to(stage, ["template_unusable"])
    stage.clock.advance(hours=3)
    stage.simulator.reviews.decide(made[ACCOUNTS[GROCER], "pedido_listo"], "APPROVED")
    await comes_to(stage, [])
    stage.simulator.reviews.move_to_category(made[ACCOUNTS[WATER], "pedido_listo"], "MARKETING")
    await comes_to(stage, ["template_category"])


async def test_a_banned_account_falls_silent_and_the_other_shop_goes_on(accounts: Stage, someone: NewPerson) -> None:
    stage = accounts
    lupe, at_the_other = someone(), someone(WATER)
    stage.simulator.events.restand(NUMBERS[0], {"status": "BANNED"})
    await comes_to(stage, ["account_banned"])
    assert await lupe.says("hola") == []
    assert len(await at_the_other.says("hola")) == 1
    [waiting] = await stage.relay("SELECT phone_number_id FROM relay.outbox WHERE status = 'queued'")
    assert waiting["phone_number_id"] == GROCER


async def test_an_upgraded_number_is_asked_and_sends_faster(accounts: Stage) -> None:
    stage, care = accounts, accounts.marchante.accounts
    assert await care.numbers.ask_due() == 2
    stage.clock.advance(hours=1)
    stage.simulator.events.upgrade(NUMBERS[0])

    async def is_high() -> bool:
        await care.numbers.ask_due()
        rows = await stage.relay("SELECT throughput FROM relay.numbers WHERE phone_number_id = $1", GROCER)
        return bool(rows[0]["throughput"] == "HIGH")

    await stage.after_a_while(is_high)


@pytest.mark.parametrize("hides_phone", [True, False])
async def test_a_person_who_moves_to_another_number_goes_on_with_the_order(stage: Stage, hides_phone: bool) -> None:
    """Told twice, by a message and by news of the account, in whatever order."""
    name = {"username": "ana.lopez"} if hides_phone else {}
    ana = SimulatedCustomer("5212287791001", "Ana", user_id="MX.111", hides_phone=hides_phone, **name)
    phone = Phone(stage.simulator, ana, NUMBERS[0])

    async def answered() -> dict[str, Any]:
        before = len(phone.entries)
        await stage.until(lambda: stage.relay("SELECT FROM relay.inbox_messages WHERE handled_at IS NULL"))
        await stage.passes(seconds=1)
        [answer] = phone.entries[before:]
        return answer.body

    phone.text("2 cocas de 600, paso por ellas")
    assert "$42.00" in words(await answered())
    moved = stage.simulator.events.change_phone(ana, "5212287791002", "MX.222")

    async def known() -> bool:
        rows = await stage.rows(GROCER, "SELECT value FROM customer_identities WHERE retired_at IS NULL ORDER BY 1")
        values = [row["value"] for row in rows if row["value"] != "ana.lopez"]
        return values == (["MX.222"] if hides_phone else ["+522287791002", "MX.222"])

    await stage.after_a_while(known)
    phone = Phone(stage.simulator, moved, NUMBERS[0])
    phone.text("sí")
    assert "registrado" in words(await answered())
    assert await stage.rows(GROCER, "SELECT count(*) AS many FROM customers") == [{"many": 1}]
    assert await stage.rows(GROCER, "SELECT count(*) AS many FROM orders") == [{"many": 1}]
