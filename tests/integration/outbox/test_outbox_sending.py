"""Messages leave once, in order, with what Meta needs to tell us about them."""

from collections.abc import Callable

from tests.builders import outbox
from tests.builders.outbox import PLATFORM_TOKEN, send_all
from tests.fakes.clock import FakeClock
from tests.fakes.scripted_gateway import ScriptedGateway

from marchante.companies.domain import Company
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.secrets import Vault
from marchante.outbox.sender import Sender

ANA, BETO = "5212281000001", "5212281000002"


async def test_a_queued_message_leaves_with_our_id_and_is_recorded_as_sent(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    [id_] = await outbox.queued(database, [outbox.text_to(lupita, ANA, "¡Hola!", clock.now())], clock.now())

    await send_all(sender)

    [posted] = gateway.posted
    assert posted.frame == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": f"+{ANA}",
        "biz_opaque_callback_data": f"o:{id_}",
        "type": "text",
        "text": {"body": "¡Hola!", "preview_url": False},
    }
    assert (posted.phone_number_id, posted.token) == ("1001", PLATFORM_TOKEN)
    row = await outbox.row(database, id_)
    assert (row["status"], row["wamid"], row["wa_id"]) == ("sent", f"wamid.1.{ANA}", ANA)
    assert (row["attempts"], row["sent_at"], row["possible_duplicate"]) == (1, clock.now(), False)


async def test_messages_to_one_person_leave_in_the_order_they_were_queued_and_one_at_a_time(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    words = [f"mensaje {number}" for number in range(5)]
    await outbox.queued(database, [outbox.text_to(lupita, ANA, said, clock.now()) for said in words], clock.now())

    assert await sender.tick() == 1
    await send_all(sender)

    assert gateway.texts() == words
    assert gateway.most_under_way == 1


async def test_different_people_are_served_side_by_side(
    database: Database, lupita: Company, sender: Sender, gateway: ScriptedGateway, clock: FakeClock
) -> None:
    people = [f"52122810{number:05}" for number in range(10)]
    await outbox.queued(database, [outbox.text_to(lupita, phone, "hola", clock.now()) for phone in people], clock.now())

    assert await sender.tick() == 10
    await sender.settle()

    assert sorted(posted.to for posted in gateway.posted) == people


async def test_two_senders_on_one_database_send_everything_once(
    database: Database,
    lupita: Company,
    agua: Company,
    new_sender: Callable[..., Sender],
    gateway: ScriptedGateway,
    clock: FakeClock,
) -> None:
    one, two = new_sender(), new_sender()
    messages = [
        outbox.text_to(company, phone, f"{company.slug} {phone} {number}", clock.now())
        for number in range(3)
        for company in (lupita, agua)
        for phone in (ANA, BETO)
    ]
    await outbox.queued(database, messages, clock.now())

    while await one.tick() + await two.tick():
        await one.settle()
        await two.settle()

    assert sorted(gateway.texts()) == sorted(message.payload["text"]["body"] for message in messages)
    assert {row["status"] for row in await outbox.rows(database)} == {"sent"}


async def test_a_number_with_its_own_token_uses_it(
    database: Database,
    lupita: Company,
    agua: Company,
    sender: Sender,
    gateway: ScriptedGateway,
    clock: FakeClock,
    vault: Vault,
) -> None:
    await outbox.change_number(database, "2001", token_ciphertext=vault.seal("the token of agua"))
    await outbox.queued(
        database, [outbox.text_to(company, ANA, "hola", clock.now()) for company in (lupita, agua)], clock.now()
    )

    await send_all(sender)

    assert {(posted.phone_number_id, posted.token) for posted in gateway.posted} == {
        ("1001", PLATFORM_TOKEN),
        ("2001", "the token of agua"),
    }
