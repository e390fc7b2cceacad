"""What the Graph API accepts, refuses and reports later."""

import aiohttp
import pytest
from simulated_shop import GROCER, LUPITA, Receiver, Shop, open_shop
from tests.fakes.clock import FakeClock


async def test_an_accepted_message_is_answered_with_the_wa_id_and_a_wamid(shop: Shop) -> None:
    answer = await shop.send("+525512345678")

    assert answer.status == 200
    assert answer.body["messaging_product"] == "whatsapp"
    assert answer.body["contacts"] == [{"input": "+525512345678", "wa_id": "5215512345678", "user_id": "MX.100"}]
    assert answer.wamid.startswith("wamid.")


async def test_statuses_follow_in_order_and_echo_our_own_id(shop: Shop) -> None:
    await shop.customer_writes()
    wamid = (await shop.send(biz_opaque_callback_data="outbox-7")).wamid
    await shop.receiver.status(wamid, "delivered")
    await shop.call("POST", f"/phone/api/chats/{LUPITA.wa_id}/1001/seen")
    read = await shop.receiver.status(wamid, "read")

    statuses = shop.receiver.statuses()
    assert [status["status"] for status in statuses] == ["sent", "delivered", "read"]
    assert {status["biz_opaque_callback_data"] for status in statuses} == {"outbox-7"}
    assert {status["recipient_id"] for status in statuses} == {LUPITA.wa_id}
    assert [status.get("pricing", {}).get("type") for status in statuses] == [
        "free_customer_service",
        "free_customer_service",
        None,
    ]
    assert read["timestamp"] == str(int(shop.clock.now().timestamp()))


async def test_a_chat_seen_before_delivery_is_read_right_after(shop: Shop) -> None:
    await shop.customer_writes()
    await shop.order_fault("delay", seconds=0)
    wamid = (await shop.send()).wamid
    await shop.call("POST", f"/phone/api/chats/{LUPITA.wa_id}/1001/seen")

    await shop.receiver.status(wamid, "read")


async def test_after_the_free_messages_of_the_month_the_rest_is_billed(receiver: Receiver, clock: FakeClock) -> None:
    async with open_shop(receiver, clock, free_service_messages=2) as shop:
        await shop.customer_writes()
        wamids = [(await shop.send()).wamid for _ in range(3)]
        types = [(await receiver.status(wamid, "sent"))["pricing"] for wamid in wamids]

    assert sorted(pricing["type"] for pricing in types) == [
        "free_customer_service",
        "free_customer_service",
        "regular",
    ]
    assert {(pricing["billable"], pricing["type"]) for pricing in types} == {
        (False, "free_customer_service"),
        (True, "regular"),
    }


async def test_without_a_payment_method_billed_messages_are_accepted_and_then_fail(
    receiver: Receiver, clock: FakeClock
) -> None:
    unpaid = {"phone_number_id": "3001", "waba_id": "9003", "display_phone": "+52 228 300 0001", "verified_name": "X"}
    async with open_shop(receiver, clock, free_service_messages=0) as shop:
        await shop.call("POST", "/sim/numbers", json={**unpaid, "tokens": ["t"], "payment_method": False})
        await shop.call("POST", f"/phone/api/chats/{LUPITA.wa_id}/3001/messages", json={"type": "text", "text": "x"})
        message = {"messaging_product": "whatsapp", "to": "+5215512345678", "text": {"body": "Hola"}}
        answer = await shop.call("POST", "/v25.0/3001/messages", token="t", json=message)
        failed = await receiver.status(answer.wamid, "failed")

    assert failed["errors"][0]["code"] == 131042


async def test_outside_the_24_hours_a_message_is_accepted_and_then_fails(shop: Shop) -> None:
    await shop.customer_writes()
    shop.clock.advance(hours=24)
    on_time = (await shop.send()).wamid
    await shop.receiver.status(on_time, "delivered")
    shop.clock.advance(seconds=1)
    late = await shop.send()

    failed = await shop.receiver.status(late.wamid, "failed")
    assert late.status == 200
    assert failed["errors"][0]["code"] == 131047
    assert "pricing" not in failed
    assert [status["status"] for status in shop.receiver.statuses() if status["id"] == late.wamid] == ["failed"]


async def test_a_customer_who_never_wrote_gets_templates_only(shop: Shop) -> None:
    text = (await shop.send()).wamid
    template = {"name": "pedido_listo", "language": {"code": "es_MX"}}
    body = {"messaging_product": "whatsapp", "to": "+5215512345678", "type": "template", "template": template}
    answer = await shop.call("POST", "/v25.0/1001/messages", json=body)

    assert (await shop.receiver.status(text, "failed"))["errors"][0]["code"] == 131047
    assert answer.body["messages"][0]["message_status"] == "accepted"
    assert (await shop.receiver.status(answer.wamid, "delivered"))["pricing"]["category"] == "utility"


async def test_the_window_of_one_number_does_not_open_another(shop: Shop) -> None:
    await shop.customer_writes()
    message = {"messaging_product": "whatsapp", "to": "+5215512345678", "text": {"body": "Hola"}}
    answer = await shop.call("POST", "/v25.0/2001/messages", token="water-token", json=message)

    assert (await shop.receiver.status(answer.wamid, "failed"))["errors"][0]["code"] == 131047


async def test_46_messages_at_once_to_one_person_are_one_too_many(shop: Shop) -> None:
    await shop.customer_writes()
    answers = [await shop.send() for _ in range(46)]

    assert [answer.status for answer in answers] == [200] * 45 + [400]
    assert answers[-1].code == 131056
    shop.clock.advance(seconds=6)
    assert (await shop.send()).status == 200
    assert (await shop.send()).code == 131056


async def test_81_messages_in_one_second_are_one_too_many_for_a_standard_number(shop: Shop) -> None:
    answers = [await shop.send(f"+52331{number:07}") for number in range(81)]

    assert [answer.status for answer in answers] == [200] * 80 + [400]
    assert answers[-1].code == 130429


async def test_without_pacing_there_is_no_limit(receiver: Receiver, clock: FakeClock) -> None:
    async with open_shop(receiver, clock, pacing=False) as shop:
        assert {(await shop.send()).status for _ in range(50)} == {200}


async def test_a_strict_simulator_does_not_reach_strangers(receiver: Receiver, clock: FakeClock) -> None:
    async with open_shop(receiver, clock, strict_recipients=True) as shop:
        answer = await shop.send("+523312345679")

        assert answer.status == 200
        assert (await receiver.status(answer.wamid, "failed"))["errors"][0]["code"] == 131026


@pytest.mark.parametrize("token", [None, "nobody's token"])
async def test_a_bad_token_is_answered_401_code_190(shop: Shop, token: str | None) -> None:
    answer = await shop.call("POST", "/v25.0/1001/messages", token=token, json={})

    assert (answer.status, answer.code) == (401, 190)


@pytest.mark.parametrize("phone_number_id", ["2001", "4040"])
async def test_anothers_number_looks_like_one_that_does_not_exist(shop: Shop, phone_number_id: str) -> None:
    answer = await shop.call("POST", f"/v25.0/{phone_number_id}/messages", json={})

    assert (answer.status, answer.code, answer.body["error"]["error_subcode"]) == (400, 100, 33)


@pytest.mark.parametrize("body", [b"{", b"[]", b"", b'{"text":"\xff"}', b'{"text":"\\ud83d"}'])
async def test_a_body_that_is_no_json_object_is_refused(shop: Shop, body: bytes) -> None:
    answer = await shop.call("POST", "/v25.0/1001/messages", data=body)

    assert (answer.status, answer.code) == (400, 100)


async def test_a_path_without_version_is_refused(shop: Shop) -> None:
    assert (await shop.call("POST", "/latest/1001/messages", json={})).code == 2500


async def test_refusals_are_kept_with_their_reason_and_nothing_is_sent(shop: Shop) -> None:
    answer = await shop.send(text="x" * 4097)

    assert answer.code == 131009
    (refusal,) = (await shop.ask("/sim/refusals"))["refusals"]
    assert refusal["phone_number_id"] == "1001"
    assert refusal["to"] == "+5215512345678"
    assert "text.body" in refusal["error"]["error_data"]["details"]
    assert (await shop.ask("/sim/messages"))["messages"] == []


async def test_accepted_messages_are_listed_by_number_and_person(shop: Shop) -> None:
    await shop.send("+5215512345678", "para Lupita")
    await shop.send("+523312345678", "para Chema")

    found = (await shop.ask("/sim/messages?phone_number_id=1001&to=%2B525512345678"))["messages"]
    assert [message["body"]["text"]["body"] for message in found] == ["para Lupita"]
    assert (await shop.ask("/sim/messages?phone_number_id=2001"))["messages"] == []


async def test_forgetting_what_was_sent_keeps_the_window_open(shop: Shop) -> None:
    await shop.customer_writes()
    await shop.send()
    await shop.call("DELETE", "/sim/messages")
    assert (await shop.ask("/sim/messages"))["messages"] == []

    await shop.receiver.status((await shop.send()).wamid, "delivered")


async def test_a_number_tells_the_fields_it_is_asked_for(shop: Shop) -> None:
    fields = "verified_name,throughput,platform_type,status"
    answer = await shop.call("GET", f"/v25.0/1001?fields={fields}")

    assert answer.body == {
        "verified_name": GROCER.verified_name,
        "throughput": {"level": "STANDARD"},
        "platform_type": "CLOUD_API",
        "status": "CONNECTED",
        "id": "1001",
    }
    assert (await shop.call("GET", "/v25.0/1001?fields=favourite_colour")).code == 100
    assert (await shop.call("GET", "/v25.0/2001")).body["error"]["error_subcode"] == 33


async def test_an_account_can_be_subscribed_and_its_token_inspected(shop: Shop) -> None:
    assert (await shop.call("GET", "/v25.0/9001/subscribed_apps")).body == {"data": []}
    assert (await shop.call("POST", "/v25.0/9001/subscribed_apps")).body == {"success": True}
    assert len((await shop.call("GET", "/v25.0/9001/subscribed_apps")).body["data"]) == 1
    facts = (await shop.call("GET", "/v25.0/debug_token?input_token=grocer-token")).body["data"]
    assert facts["is_valid"]
    assert facts["granular_scopes"][0]["target_ids"] == ["9001"]
    assert (await shop.call("GET", "/v25.0/9002/subscribed_apps")).body["error"]["error_subcode"] == 33
    (number,) = (await shop.call("GET", "/v25.0/9001/phone_numbers")).body["data"]
    assert number["id"] == "1001"


async def test_a_template_is_checked_once_the_account_has_templates(shop: Shop) -> None:
    created = {
        "name": "aviso",
        "language": "es_MX",
        "category": "MARKETING",
        "components": [{"type": "BODY", "text": "Hola"}],
    }
    assert (await shop.call("POST", "/v25.0/9001/message_templates", json=created)).body["status"] == "APPROVED"
    listed = (await shop.call("GET", "/v25.0/9001/message_templates")).body["data"]
    assert [template["name"] for template in listed] == ["aviso"]
    frame = {"messaging_product": "whatsapp", "to": "+5215512345678", "type": "template"}

    unknown = await shop.call(
        "POST", "/v25.0/1001/messages", json={**frame, "template": {"name": "otro", "language": {"code": "es_MX"}}}
    )
    known = await shop.call(
        "POST", "/v25.0/1001/messages", json={**frame, "template": {"name": "aviso", "language": {"code": "es_MX"}}}
    )

    assert (unknown.status, unknown.code) == (404, 132001)
    assert (await shop.receiver.status(known.wamid, "sent"))["pricing"]["category"] == "marketing"


async def test_an_uploaded_file_can_be_sent_by_its_own_number_only(shop: Shop) -> None:
    form = aiohttp.FormData({"messaging_product": "whatsapp", "type": "application/pdf"})
    form.add_field("file", b"%PDF-1.4", filename="catalogo.pdf", content_type="application/pdf")
    media_id = (await shop.call("POST", "/v25.0/1001/media", data=form)).body["id"]
    frame = {"messaging_product": "whatsapp", "to": "+5215512345678", "type": "document", "document": {"id": media_id}}

    assert (await shop.call("POST", "/v25.0/1001/messages", json=frame)).status == 200
    refused = await shop.call("POST", "/v25.0/2001/messages", token="water-token", json=frame)
    assert (refused.status, refused.code) == (400, 100)
    shop.clock.advance(days=30)
    assert (await shop.call("POST", "/v25.0/1001/messages", json=frame)).code == 100


async def test_a_file_url_works_for_five_minutes_and_with_the_token(shop: Shop) -> None:
    await shop.customer_does({"type": "image"})
    await shop.receiver.received(1)
    path = shop.receiver.messages()[0]["image"]["url"].removeprefix(shop.running.url)

    assert (await shop.call("GET", path)).status == 200
    assert (await shop.call("GET", path, token="nobody's")).status == 401
    shop.clock.advance(minutes=5, seconds=2)
    assert (await shop.call("GET", path)).status == 404


async def test_a_deleted_file_is_gone(shop: Shop) -> None:
    await shop.customer_does({"type": "image"})
    await shop.receiver.received(1)
    media_id = shop.receiver.messages()[0]["image"]["id"]

    assert (await shop.call("DELETE", f"/v25.0/{media_id}", token="water-token")).body["error"]["error_subcode"] == 33
    assert (await shop.call("DELETE", f"/v25.0/{media_id}")).body == {"success": True}
    assert (await shop.call("GET", f"/v25.0/{media_id}")).body["error"]["error_subcode"] == 33


@pytest.mark.parametrize("mime_type", ["application/zip", "image/gif"])
async def test_a_file_type_meta_does_not_take_is_refused(shop: Shop, mime_type: str) -> None:
    form = aiohttp.FormData({"messaging_product": "whatsapp", "type": mime_type})
    form.add_field("file", b"x", filename="x", content_type=mime_type)

    assert (await shop.call("POST", "/v25.0/1001/media", data=form)).code == 100


async def test_a_file_that_meta_cannot_fetch_fails_the_message_later(receiver: Receiver, clock: FakeClock) -> None:
    async with open_shop(receiver, clock, fetch_links=True) as shop:
        await shop.customer_writes()
        frame = {"messaging_product": "whatsapp", "to": "+5215512345678", "type": "image"}
        there, gone = f"{shop.running.url}/phone/static/art/icon.svg", f"{shop.running.url}/phone/static/gone.png"
        wamids = [
            (await shop.call("POST", "/v25.0/1001/messages", json={**frame, "image": {"link": link}})).wamid
            for link in (there, gone)
        ]
        await receiver.status(wamids[0], "delivered")
        failed = await receiver.status(wamids[1], "failed")

    assert failed["errors"][0]["code"] == 131053
    assert "404" in failed["errors"][0]["error_data"]["details"]
