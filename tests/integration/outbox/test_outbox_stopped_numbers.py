"""A number Meta refuses stops alone, keeps its messages, and goes on when it is repaired."""

from collections.abc import Callable

import pytest
from tests.builders import outbox
from tests.builders.outbox import send_all, text_to
from tests.fakes.clock import FakeClock
from tests.fakes.graph import graph_failure
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.channels.whatsapp.ports import Refused
from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.secrets import Vault
from marchante.outbox.numbers_report import number_states
from marchante.outbox.sender import Sender
from marchante.outbox.service import Outbox

ANA, BETO = "5212281000001", "5212281000002"


def refused(code: int) -> Refused:
    return Refused(graph_failure(code, "the details"))


@pytest.fixture
def outbox_service(database: Database, gateway: ScriptedGateway, vault: Vault, clock: FakeClock) -> Outbox:
    return Outbox(database, gateway, vault, clock, "the token of the platform")


@pytest.mark.parametrize("code", [190, 368, 131031, 131042])
async def test_a_refused_number_stops_keeps_its_messages_and_tells_a_person(
    database: Database,
    lupita: Company,
    agua: Company,
    sender: Sender,
    gateway: ScriptedGateway,
    clock: FakeClock,
    code: int,
) -> None:
    gateway.will("number:1001", refused(code))
    messages = [text_to(company, phone, phone, clock.now()) for phone in (ANA, BETO) for company in (lupita, agua)]
    await outbox.queued(database, messages[:1], clock.now())
    await send_all(sender)
    await outbox.queued(database, messages[1:], clock.now())
    clock.advance(minutes=5)
    await send_all(sender)

    assert {(posted.phone_number_id, posted.to) for posted in gateway.posted} == {
        ("1001", ANA),
        ("2001", ANA),
        ("2001", BETO),
    }
    number = await outbox.number(database, "1001")
    assert (number["stopped_code"], number["stopped_reason"]) == (code, "the details")
    assert number["stopped_at"] is not None
    assert {row["status"] for row in await outbox.rows(database) if row["phone_number_id"] == "1001"} == {"queued"}
    [alert] = await outbox.alerts(database)
    assert (alert["code"], alert["severity"], alert["company_id"]) == ("number_stopped", "critical", lupita.id)


async def test_a_number_that_was_repaired_sends_what_had_waited(
    database: Database,
    lupita: Company,
    sender: Sender,
    gateway: ScriptedGateway,
    clock: FakeClock,
    vault: Vault,
    outbox_service: Outbox,
) -> None:
    gateway.will("number:1001", refused(190))
    await outbox.queued(database, [text_to(lupita, ANA, said, clock.now()) for said in ("uno", "dos")], clock.now())
    await send_all(sender)

    await outbox.change_number(database, "1001", token_ciphertext=vault.seal("a new token"))
    await outbox_service.resume_number("1001")
    await send_all(sender)

    assert gateway.texts() == ["uno", "uno", "dos"]
    assert gateway.posted[-1].token == "a new token"
    assert await outbox.alerts(database) == []


async def test_a_number_stopped_by_somebody_else_sends_nothing(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    await outbox.queued(database, [text_to(lupita, ANA, "uno", clock.now())], clock.now())
    await send_all(sender)
    await outbox.change_number(database, "1001", stopped_at=clock.now(), stopped_code=131031)

    await outbox.queued(database, [text_to(lupita, ANA, "dos", clock.now())], clock.now())
    await send_all(sender)
    clock.advance(seconds=60)
    await send_all(sender)

    assert gateway.texts() == ["uno"]


async def test_without_a_token_nothing_is_marked_and_a_person_is_told(
    database: Database,
    lupita: Company,
    agua: Company,
    new_sender: Callable[..., Sender],
    gateway: ScriptedGateway,
    clock: FakeClock,
    vault: Vault,
) -> None:
    await outbox.change_number(database, "2001", token_ciphertext=vault.seal("the token of agua"))
    await outbox.queued(
        database, [text_to(company, ANA, company.slug, clock.now()) for company in (lupita, agua)], clock.now()
    )
    sender = new_sender(platform_token="")
    await send_all(sender)
    await sender.tick()

    assert gateway.texts() == [agua.slug]
    assert [row["attempts"] for row in await outbox.rows(database)] == [0, 1]
    [alert] = await outbox.alerts(database)
    assert (alert["code"], alert["data"]["phone_number_id"]) == ("number_without_token", "1001")
    await outbox.change_number(database, "1001", token_ciphertext=vault.seal("at last"))
    clock.advance(seconds=61)
    await send_all(sender)

    assert gateway.texts() == [agua.slug, lupita.slug]


async def test_the_operator_sees_which_number_is_stopped_and_what_waits(database: Database) -> None:
    async with database.relay() as connection:
        await connection.execute(
            "UPDATE relay.numbers SET stopped_at = now(), stopped_code = 190, stopped_reason = 'token expired' "
            "WHERE phone_number_id = '1001'"
        )
        states = {state.phone_number_id: state for state in await number_states(connection)}
    assert (states["1001"].company, states["1001"].stopped_code) == ("abarrotes_lupita", 190)
    assert states["2001"].stopped_at is None


async def test_a_number_from_which_nothing_gets_through_for_long_is_told_until_something_does(
    database: Database, lupita: Company, agua: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will("number:1001", *[Refused(graph_failure(131016, "down", 503))] * 40)
    phones = [f"52122810000{n:02}" for n in range(10, 18)]
    messages = [text_to(lupita, phone, "hola", clock.now()) for phone in phones]
    await outbox.queued(database, [*messages, text_to(agua, ANA, "hola", clock.now())], clock.now())
    for _ in range(9):
        await send_all(sender)
        assert await outbox.alerts(database) == []
        clock.advance(minutes=1)
    for _ in range(8):
        await send_all(sender)
        clock.advance(minutes=1)
    found = {alert["code"]: alert for alert in await outbox.alerts(database)}
    assert found.keys() == {"number_unreachable"}
    assert found["number_unreachable"]["company_id"] == lupita.id
    gateway._scripts.clear()
    clock.advance(minutes=10)
    await send_all(sender)
    assert "number_unreachable" not in {alert["code"] for alert in await outbox.alerts(database)}


async def test_a_missing_payment_method_is_told_in_words_an_owner_understands(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, refused(131042))
    await outbox.queued(database, [text_to(lupita, ANA, "hola", clock.now())], clock.now())
    await send_all(sender)
    [alert] = await outbox.alerts(database)
    assert "payment method" in alert["message"]
