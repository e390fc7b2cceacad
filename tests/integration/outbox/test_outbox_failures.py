"""A refusal holds up what it must and nothing else."""

from datetime import timedelta

import pytest
from tests.builders import outbox
from tests.builders.outbox import send_all, text_to
from tests.fakes.clock import FakeClock
from tests.fakes.graph import graph_failure
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.channels.whatsapp.ports import NeverSent, Refused, SendOutcome
from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.outbox.sender import Sender

ANA, BETO = "5212281000001", "5212281000002"


def refused(code: int | None, status: int = 400) -> Refused:
    return Refused(graph_failure(code, "the details", status))


@pytest.mark.parametrize("trouble", [refused(131000, 500), refused(None, 502), NeverSent("connect_refused")])
async def test_a_passing_fault_is_repeated_after_a_moment_and_the_next_message_waits_for_it(
    database: Database,
    lupita: Company,
    sender: Sender,
    gateway: ScriptedGateway,
    clock: FakeClock,
    trouble: SendOutcome,
) -> None:
    gateway.will(ANA, trouble)
    words = ["uno", "dos"]
    await outbox.queued(database, [text_to(lupita, ANA, said, clock.now()) for said in words], clock.now())

    await send_all(sender)
    assert [row["status"] for row in await outbox.rows(database)] == ["queued", "queued"]
    clock.advance(seconds=1)
    await send_all(sender)

    assert gateway.texts()[-2:] == words
    assert [(row["status"], row["attempts"]) for row in await outbox.rows(database)] == [("sent", 2), ("sent", 1)]
    assert await outbox.alerts(database) == []


async def test_too_many_messages_to_one_person_hold_up_only_that_person(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, refused(131056), refused(131056))
    messages = [text_to(lupita, phone, said, clock.now()) for said in ("uno", "dos") for phone in (ANA, BETO)]
    await outbox.queued(database, messages, clock.now())

    await send_all(sender)
    assert gateway.texts(BETO) == ["uno", "dos"]
    clock.advance(seconds=5.9)
    await send_all(sender)
    assert gateway.texts(ANA) == ["uno"]
    clock.advance(seconds=0.1)
    await send_all(sender)
    assert gateway.texts(ANA) == ["uno", "uno"]
    clock.advance(seconds=30)
    await send_all(sender)

    assert gateway.texts(ANA) == ["uno", "uno", "uno", "dos"]
    assert (await outbox.number(database, "1001"))["blocked_until"] is None


@pytest.mark.parametrize("trouble", [refused(130429), refused(80007), refused(None, 429)])
async def test_a_throttled_number_rests_and_the_others_go_on(
    database: Database,
    lupita: Company,
    agua: Company,
    sender: Sender,
    gateway: ScriptedGateway,
    clock: FakeClock,
    trouble: SendOutcome,
) -> None:
    gateway.will("number:1001", trouble)
    await outbox.queued(database, [text_to(lupita, ANA, "primero", clock.now())], clock.now())
    await send_all(sender)
    await outbox.queued(
        database, [text_to(company, BETO, company.slug, clock.now()) for company in (lupita, agua)], clock.now()
    )

    await send_all(sender)
    assert gateway.texts(BETO) == [agua.slug]
    assert (await outbox.number(database, "1001"))["blocked_until"] == clock.now() + timedelta(seconds=2)
    clock.advance(seconds=2)
    await send_all(sender)

    assert gateway.texts() == ["primero", agua.slug, "primero", lupita.slug]
    assert (await outbox.number(database, "1001"))["blocked_until"] is None


async def test_when_nothing_gets_through_a_number_is_probed_one_message_at_a_time(
    database: Database, lupita: Company, agua: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    people = [f"52122810{number:05}" for number in range(10)]
    gateway.will("number:1001", *[refused(131000, 500)] * 11)
    await outbox.queued(database, [text_to(lupita, phone, "hola", clock.now()) for phone in people], clock.now())
    await send_all(sender)
    assert len(gateway.posted) == 10

    clock.advance(seconds=1)
    assert await sender.tick() == 1
    await sender.settle()
    assert await sender.tick() == 0
    await outbox.queued(database, [text_to(agua, ANA, "agua", clock.now())], clock.now())
    await send_all(sender)
    assert gateway.texts(ANA)[-1:] == ["agua"]
    clock.advance(seconds=2)
    await send_all(sender)

    assert {row["status"] for row in await outbox.rows(database)} == {"sent"}


@pytest.mark.parametrize("code", [100, 131008, 131051, 132001])
async def test_what_will_never_arrive_fails_where_a_person_sees_it_and_the_next_message_goes(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock, code: int
) -> None:
    gateway.will(ANA, refused(code))
    await outbox.queued(database, [text_to(lupita, ANA, said, clock.now()) for said in ("uno", "dos")], clock.now())

    await send_all(sender)

    failed, sent = await outbox.rows(database)
    assert (failed["status"], failed["error_code"], failed["error_detail"]) == ("failed", code, "the details")
    assert failed["failed_at"] == clock.now()
    assert sent["status"] == "sent"
    [alert] = await outbox.alerts(database)
    assert (alert["code"], alert["company_id"], alert["data"]["outbox_id"]) == (
        "message_failed",
        lupita.id,
        failed["id"],
    )


async def test_the_other_spelling_of_a_mexican_number_is_tried_once_and_at_once(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, refused(131030))
    gateway.will(BETO, refused(131026))
    gateway.will("522281000002", refused(131026))
    await outbox.queued(database, [text_to(lupita, phone, "hola", clock.now()) for phone in (ANA, BETO)], clock.now())

    await send_all(sender)

    assert sorted(posted.to for posted in gateway.posted) == sorted([ANA, "522281000001", BETO, "522281000002"])
    ana, beto = await outbox.rows(database)
    assert (ana["status"], ana["recipient_phone"]) == ("sent", "522281000001")
    assert (beto["status"], beto["error_code"]) == ("failed", 131026)


async def test_the_spelling_that_got_through_is_remembered_for_the_next_message(
    database: Database, lupita: Company, agua: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, refused(131030))
    for words in ("uno", "dos"):
        await outbox.queued(database, [text_to(lupita, ANA, words, clock.now())], clock.now())
        await send_all(sender)
    await outbox.queued(database, [text_to(agua, ANA, "tres", clock.now())], clock.now())
    await send_all(sender)
    assert [(posted.to, posted.text) for posted in gateway.posted] == [
        (ANA, "uno"),
        ("522281000001", "uno"),
        ("522281000001", "dos"),
        (ANA, "tres"),
    ]


async def test_a_bot_reply_queued_before_a_person_took_over_is_cancelled_and_the_persons_words_go(
    database: Database, lupita: Company, agua: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    before = [text_to(company, ANA, f"bot de {company.slug}", clock.now()) for company in (lupita, agua)]
    await outbox.queued(database, [*before, text_to(lupita, ANA, "otra del bot", clock.now())], clock.now())
    taken_over = clock.advance(seconds=1)
    async with database.relay() as connection:
        await connection.execute(
            "INSERT INTO relay.conversations (company_id, customer_key, human_since) VALUES ($1, $2, $3)",
            lupita.id,
            before[0].customer_key,
            taken_over,
        )
    person = text_to(lupita, ANA, "yo le ayudo", clock.now(), author="human")
    goodbye = text_to(lupita, ANA, "le paso con alguien", clock.now())
    await outbox.queued(database, [person, goodbye], clock.now())

    for _ in range(4):  # a cancelled message makes room for the next of its chat
        await send_all(sender)

    assert gateway.texts() == [f"bot de {agua.slug}", "yo le ayudo", "le paso con alguien"]
    statuses = [row["status"] for row in await outbox.rows(database) if row["company_id"] == lupita.id]
    assert statuses == ["cancelled", "cancelled", "sent", "sent"]


async def test_a_message_whose_window_closed_is_shown_as_failed_and_never_sent(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    template = text_to(lupita, BETO, "plantilla", clock.now(), window_until=None)
    [late, _] = await outbox.queued(database, [text_to(lupita, ANA, "tarde", clock.now()), template], clock.now())
    clock.advance(hours=24)

    await send_all(sender)

    assert gateway.texts() == ["plantilla"]
    row = await outbox.row(database, late)
    assert (row["status"], row["error_code"], row["attempts"]) == ("failed", 131047, 0)
    assert [alert["code"] for alert in await outbox.alerts(database)] == ["message_failed"]


async def test_many_failures_of_one_kind_are_one_alert(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    people = [f"52122810{number:05}" for number in range(7)]
    gateway.will("number:1001", *[refused(131047)] * 7)
    await outbox.queued(database, [text_to(lupita, phone, "hola", clock.now()) for phone in people], clock.now())

    await send_all(sender)

    [alert] = await outbox.alerts(database)
    assert alert["data"]["messages"] == 7


async def test_a_gateway_that_raises_leaves_the_message_in_doubt_and_the_sender_alive(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    gateway.will(ANA, RuntimeError("a bug"))
    await outbox.queued(database, [text_to(lupita, phone, "hola", clock.now()) for phone in (ANA, BETO)], clock.now())

    await send_all(sender)

    assert [row["status"] for row in await outbox.rows(database)] == ["in_doubt", "sent"]


async def test_a_message_that_names_nobody_fails_and_the_others_go(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    nobody = text_to(lupita, ANA, "a nadie", clock.now(), recipient_phone=None)
    await outbox.queued(database, [nobody, text_to(lupita, ANA, "a Ana", clock.now())], clock.now())

    await send_all(sender)

    assert gateway.texts() == ["a Ana"]
    assert [row["status"] for row in await outbox.rows(database)] == ["failed", "sent"]


async def test_somebody_known_only_by_a_user_id_is_addressed_by_it(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    message = text_to(lupita, ANA, "hola", clock.now(), recipient_phone=None, recipient_bsuid="MX.1349")
    await outbox.queued(database, [message], clock.now())

    await send_all(sender)

    assert gateway.posted[0].frame["recipient"] == "MX.1349"
    assert "to" not in gateway.posted[0].frame
