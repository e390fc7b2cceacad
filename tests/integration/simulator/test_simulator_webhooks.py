"""What reaches the webhook, in which bytes, order and number."""

from typing import Any

import aiohttp
import pytest
from simulated_shop import CHEMA, LUPITA, Receiver, Shop, open_shop
from tests.fakes.clock import FakeClock

from marchante.simulator.config import RetryPolicy, SimulatedCustomer


async def test_the_signature_covers_exactly_the_escaped_bytes_that_arrive(shop: Shop) -> None:
    await shop.customer_writes("¿Tiene piña y jitomate? 🍍")
    (webhook,) = await shop.receiver.received(1)

    assert webhook.signed
    assert webhook.body.isascii()
    assert b"\\u00bfTiene pi\\u00f1a y jitomate? \\ud83c\\udf4d" in webhook.body
    assert webhook.headers["Content-Type"] == "application/json"
    assert webhook.value["messages"][0]["text"] == {"body": "¿Tiene piña y jitomate? 🍍"}


async def test_slashes_can_be_escaped_too_and_are_signed_as_sent(receiver: Receiver, clock: FakeClock) -> None:
    async with open_shop(receiver, clock, escape_slashes=True) as shop:
        await shop.customer_writes("1/2 kg")
        (webhook,) = await receiver.received(1)

    assert b"1\\/2 kg" in webhook.body
    assert webhook.signed


async def test_a_message_arrives_in_metas_envelope(shop: Shop) -> None:
    wamid = await shop.customer_writes("buenas")
    (webhook,) = await shop.receiver.received(1)

    assert webhook.payload == {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": "9001",
                "changes": [
                    {
                        "field": "messages",
                        "value": {
                            "messaging_product": "whatsapp",
                            "metadata": {"display_phone_number": "522281000001", "phone_number_id": "1001"},
                            "contacts": [
                                {"profile": {"name": "Lupita Peña 🥑"}, "wa_id": "5215512345678", "user_id": "MX.100"}
                            ],
                            "messages": [
                                {
                                    "from": "5215512345678",
                                    "from_user_id": "MX.100",
                                    "id": wamid,
                                    "timestamp": str(int(shop.clock.now().timestamp())),
                                    "type": "text",
                                    "text": {"body": "buenas"},
                                }
                            ],
                        },
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            {"type": "button_reply", "id": "ok:7", "title": "Confirmar", "context_wamid": "wamid.1"},
            {
                "type": "interactive",
                "interactive": {"type": "button_reply", "button_reply": {"id": "ok:7", "title": "Confirmar"}},
                "context": {"from": "522281000001", "id": "wamid.1"},
            },
        ),
        (
            {"type": "list_reply", "id": "p:1", "title": "Papa", "description": "$25", "context_wamid": "wamid.1"},
            {
                "type": "interactive",
                "interactive": {
                    "type": "list_reply",
                    "list_reply": {"id": "p:1", "title": "Papa", "description": "$25"},
                },
                "context": {"from": "522281000001", "id": "wamid.1"},
            },
        ),
        (
            {"type": "location", "latitude": 19.5, "longitude": -96.9, "name": "Casa"},
            {"type": "location", "location": {"latitude": 19.5, "longitude": -96.9, "name": "Casa"}},
        ),
        (
            {"type": "reaction", "emoji": "👍", "message_wamid": "wamid.1"},
            {"type": "reaction", "reaction": {"message_id": "wamid.1", "emoji": "👍"}},
        ),
        (
            {"type": "reaction", "emoji": "", "message_wamid": "wamid.1"},
            {"type": "reaction", "reaction": {"message_id": "wamid.1"}},
        ),
        (
            {"type": "button", "payload": "ver", "text": "Ver pedido"},
            {"type": "button", "button": {"payload": "ver", "text": "Ver pedido"}},
        ),
        (
            {"type": "contacts", "name": "Doña Mary", "phone": "+52 228 111 2233"},
            {
                "type": "contacts",
                "contacts": [
                    {
                        "name": {"formatted_name": "Doña Mary", "first_name": "Doña"},
                        "phones": [{"phone": "+52 228 111 2233", "wa_id": "522281112233", "type": "CELL"}],
                    }
                ],
            },
        ),
    ],
)
async def test_each_thing_a_customer_does_arrives_as_its_webhook_type(
    shop: Shop, written: dict[str, Any], expected: dict[str, Any]
) -> None:
    await shop.customer_does(written)
    await shop.receiver.received(1)

    (message,) = shop.receiver.messages()
    assert {key: message[key] for key in message if key not in {"from", "from_user_id", "id", "timestamp"}} == expected


async def test_something_whatsapp_does_not_pass_on_arrives_as_unsupported(shop: Shop) -> None:
    await shop.customer_does({"type": "unsupported", "kind": "poll_creation"})
    await shop.receiver.received(1)

    (message,) = shop.receiver.messages()
    assert message["type"] == "unsupported"
    assert message["errors"][0]["code"] == 131051
    assert message["unsupported"] == {"type": "poll_creation"}


@pytest.mark.parametrize(
    ("kind", "mime_type"),
    [
        ("image", "image/png"),
        ("audio", "audio/ogg; codecs=opus"),
        ("video", "video/mp4"),
        ("sticker", "image/webp"),
        ("document", "application/pdf"),
    ],
)
async def test_a_file_arrives_by_id_and_can_be_fetched(shop: Shop, kind: str, mime_type: str) -> None:
    await shop.customer_does({"type": kind})
    await shop.receiver.received(1)

    media = shop.receiver.messages()[0][kind]
    assert media["mime_type"] == mime_type
    description = await shop.call("GET", f"/v25.0/{media['id']}?phone_number_id=1001")
    assert description.body["mime_type"] == mime_type
    path = description.body["url"].removeprefix(shop.running.url)
    content = await shop.call("GET", path)
    assert (content.status, len(content.body)) == (200, int(description.body["file_size"]))


async def test_a_user_without_visible_phone_arrives_by_user_id_only(shop: Shop) -> None:
    hidden = SimulatedCustomer("5215598765432", "Ana", "MX.200", username="ana.mx", hides_phone=True)
    added = {"wa_id": hidden.wa_id, "name": "Ana", "user_id": "MX.200", "username": "ana.mx", "hides_phone": True}
    await shop.call("POST", "/sim/customers", json=added)
    await shop.customer_writes("hola", wa_id=hidden.wa_id)
    await shop.receiver.received(1)

    (webhook,) = shop.receiver.webhooks
    assert hidden.wa_id.encode() not in webhook.body.split(b'"id":"wamid')[0]
    assert webhook.value["contacts"] == [{"profile": {"name": "Ana", "username": "ana.mx"}, "user_id": "MX.200"}]
    assert "from" not in webhook.value["messages"][0]
    answer = await shop.call(
        "POST",
        "/v25.0/1001/messages",
        json={"messaging_product": "whatsapp", "recipient": "MX.200", "type": "text", "text": {"body": "Hola"}},
    )
    assert answer.body["contacts"] == [{"input": "MX.200", "user_id": "MX.200"}]
    status = await shop.receiver.status(answer.wamid, "delivered")
    assert "recipient_id" not in status
    assert status["recipient_user_id"] == "MX.200"


async def test_a_webhook_comes_back_with_the_same_bytes_until_it_is_answered_200(shop: Shop) -> None:
    shop.receiver.answers.extend([500, 204, 302])
    await shop.customer_writes("¿hay tortillas?")
    webhooks = await shop.receiver.received(4)

    assert len({webhook.body for webhook in webhooks}) == 1
    assert len(webhooks) == 4
    (logged,) = (await shop.ask("/sim/webhooks"))["webhooks"]
    assert [attempt["answer"] for attempt in logged["attempts"]][:3] == [500, 204, 302]


async def test_an_undelivered_webhook_is_kept_and_can_be_retried_at_once(receiver: Receiver, clock: FakeClock) -> None:
    async with open_shop(receiver, clock, retry=RetryPolicy(base_seconds=3600, maximum_seconds=3600)) as shop:
        receiver.answers.append(503)
        await shop.customer_writes()
        await receiver.received(1)
        webhook = shop.running.simulator.delivery.log()[0]
        await webhook.attempted.wait()
        assert len((await shop.ask("/sim/webhooks?state=undelivered"))["webhooks"]) == 1

        assert (await shop.call("POST", "/sim/webhooks/retry")).body == {"pending": 1}
        await webhook.finished.wait()
        assert (await shop.ask("/sim/webhooks?state=undelivered"))["webhooks"] == []


async def test_messages_of_one_chat_arrive_as_they_were_written(shop: Shop) -> None:
    for number in range(20):
        await shop.customer_writes(str(number))
    await shop.receiver.received(20)

    assert [message["text"]["body"] for message in shop.receiver.messages()] == [str(number) for number in range(20)]


async def test_a_slow_chat_does_not_hold_up_another(shop: Shop) -> None:
    shop.receiver.answers.extend([500] * 5)
    await shop.customer_writes("de Lupita")
    await shop.customer_writes("de Chema", wa_id=CHEMA.wa_id)
    await shop.receiver.until(
        lambda: {message["from"] for message in shop.receiver.messages()} >= {LUPITA.wa_id, CHEMA.wa_id}
    )


async def test_the_handshake_tells_whether_the_webhook_knows_the_token(shop: Shop) -> None:
    assert (await shop.call("POST", "/sim/verify-subscription")).body == {"verified": True}
    shop.receiver.verify_token = "another"
    assert (await shop.call("POST", "/sim/verify-subscription")).body == {"verified": False}


async def test_any_payload_can_be_signed_and_delivered(shop: Shop) -> None:
    await shop.call("POST", "/sim/webhooks", json={"object": "whatsapp_business_account", "entry": [], "x": "ñ"})
    (webhook,) = await shop.receiver.received(1)

    assert webhook.signed
    assert webhook.payload["x"] == "ñ"


async def test_what_the_shopkeeper_types_in_the_app_arrives_as_an_echo(shop: Shop) -> None:
    echo = {"phone_number_id": "1001", "wa_id": LUPITA.wa_id, "text": "Ahorita te lo llevo"}
    wamid = (await shop.call("POST", "/sim/echoes", json=echo)).body["wamid"]
    (webhook,) = await shop.receiver.received(1)

    assert webhook.change["field"] == "smb_message_echoes"
    (echoed,) = webhook.value["message_echoes"]
    assert (echoed["id"], echoed["to"], echoed["from"]) == (wamid, LUPITA.wa_id, "522281000001")
    assert (await shop.ask("/sim/messages"))["messages"] == []


async def test_duplicates_carry_the_same_message_twice(shop: Shop) -> None:
    await shop.order_fault("duplicate_webhooks", times=1)
    wamid = await shop.customer_writes()
    webhooks = await shop.receiver.received(2)

    assert webhooks[0].body == webhooks[1].body
    assert [message["id"] for message in shop.receiver.messages()] == [wamid, wamid]


async def test_a_message_can_be_overtaken_by_the_next_one(shop: Shop) -> None:
    await shop.order_fault("reorder_webhooks", times=1, match={"type": "text"})
    first = await shop.customer_writes("primero")
    second = await shop.customer_writes("segundo")
    await shop.receiver.received(2)

    assert [message["id"] for message in shop.receiver.messages()] == [second, first]


async def test_a_message_can_be_back_dated(shop: Shop) -> None:
    await shop.customer_writes("de ayer", timestamp=1_795_000_000)
    await shop.receiver.received(1)

    assert shop.receiver.messages()[0]["timestamp"] == "1795000000"


async def test_a_chat_of_nobody_is_not_found(shop: Shop) -> None:
    answer = await shop.call("POST", "/phone/api/chats/1/1001/messages", json={"type": "text", "text": "x"})

    assert answer.status == 404


async def test_a_webhook_that_is_down_does_not_stop_the_phone(receiver: Receiver, clock: FakeClock) -> None:
    async with open_shop(receiver, clock, webhook_url="http://127.0.0.1:9/webhook") as shop:
        await shop.customer_writes()
        webhook = shop.running.simulator.delivery.log()[0]
        await webhook.attempted.wait()

        assert webhook.attempts[0].answer == aiohttp.ClientConnectorError.__name__
