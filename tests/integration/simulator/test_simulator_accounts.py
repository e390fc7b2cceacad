"""What happens around the messages: signing up, registering, tokens, templates judged, numbers that fall ill."""

import asyncio
from typing import Any

import pytest
from simulated_shop import GROCER, LUPITA, SECRET, Answer, Receiver, Shop, open_shop
from tests.fakes.clock import FakeClock

BODY = {"type": "BODY", "text": "Hola {{1}}, ya va", "example": {"body_text": [["Lupita"]]}}
TEMPLATE = {"name": "en_camino", "language": "es_MX", "category": "UTILITY", "components": [BODY]}
SENT_TEMPLATE = {
    "name": "en_camino",
    "language": {"code": "es_MX"},
    "components": [{"type": "body", "parameters": [{"type": "text", "text": "Lupita"}]}],
}


async def order(shop: Shop, path: str, **body: Any) -> Answer:
    answer = await shop.call("POST", path, json=body)
    assert answer.status == 200, answer.body
    return answer


async def create(shop: Shop, **changes: Any) -> Answer:
    return await shop.call("POST", "/v25.0/9001/message_templates", json={**TEMPLATE, **changes})


async def send_template(shop: Shop) -> Answer:
    frame = {"messaging_product": "whatsapp", "to": "+5215512345678", "type": "template", "template": SENT_TEMPLATE}
    return await shop.call("POST", "/v25.0/1001/messages", json=frame)


async def news(shop: Shop, field: str) -> Any:
    def found() -> list[Any]:
        return [hook for hook in shop.receiver.webhooks if hook.change["field"] == field]

    await shop.receiver.until(lambda: bool(found()))
    return found()[-1].value


async def test_the_code_of_a_signup_becomes_a_token_of_that_shop_only_once_and_for_30_seconds(shop: Shop) -> None:
    exchange = f"/v25.0/oauth/access_token?client_id=1&client_secret={SECRET}&code="
    code = (await shop.call("POST", "/sim/signups?phone_number_id=1001")).body["code"]
    token = (await shop.call("GET", exchange + code)).body["access_token"]

    assert (await shop.call("GET", "/v25.0/1001", token=token)).status == 200
    assert (await shop.call("GET", "/v25.0/2001", token=token)).body["error"]["error_subcode"] == 33
    assert (await shop.call("GET", exchange + code)).code == 100
    late = (await shop.call("POST", "/sim/signups?phone_number_id=1001")).body["code"]
    shop.clock.advance(seconds=31)
    assert (await shop.call("GET", exchange + late)).code == 100
    assert (await shop.call("GET", exchange.replace(SECRET, "guess") + code)).code == 101


async def test_the_apps_own_token_inspects_tokens_and_does_nothing_else(shop: Shop) -> None:
    query = f"client_id=1&client_secret={SECRET}&grant_type=client_credentials"
    token = (await shop.call("GET", f"/v25.0/oauth/access_token?{query}", token=None)).body["access_token"]

    facts = await shop.call("GET", "/v25.0/debug_token?input_token=grocer-token", token=token)
    assert facts.body["data"]["granular_scopes"][0]["target_ids"] == ["9001"]
    assert (await shop.call("GET", "/v25.0/1001", token=token)).code == 190


async def test_an_expired_token_says_so(shop: Shop) -> None:
    await order(shop, "/sim/tokens/grocer-token/expire")

    refused = await shop.send()
    assert (refused.status, refused.code, refused.body["error"]["error_subcode"]) == (401, 190, 463)
    assert not (await shop.call("GET", "/v25.0/debug_token?input_token=grocer-token", token="water-token")).body[
        "data"
    ]["is_valid"]


async def test_a_number_is_registered_with_its_pin_ten_times_at_most(shop: Shop) -> None:
    async def register(pin: str) -> Answer:
        return await shop.call("POST", "/v25.0/1001/register", json={"messaging_product": "whatsapp", "pin": pin})

    assert (await shop.call("POST", "/v25.0/1001/deregister")).status == 200
    assert (await shop.send()).code == 133010
    assert (await register("123456")).status == 200
    assert (await shop.send()).status == 200
    assert (await register("654321")).code == 133005
    assert (await register("12345")).code == 131009
    for _ in range(8):
        await register("123456")
    assert (await register("123456")).code == 133016


@pytest.mark.parametrize(("status", "code"), [("BANNED", 131031), ("RESTRICTED", 368), ("DISCONNECTED", 133010)])
async def test_a_number_in_trouble_sends_nothing_and_its_health_says_why(shop: Shop, status: str, code: int) -> None:
    await order(shop, "/sim/numbers/1001/standing", status=status)

    assert (await shop.send()).code == code
    facts = (await shop.call("GET", "/v25.0/1001?fields=status,health_status")).body
    assert (facts["status"], facts["health_status"]["can_send_message"]) == (status, "BLOCKED")
    assert facts["health_status"]["entities"][0]["errors"][0]["error_code"] == code
    frame = {"messaging_product": "whatsapp", "to": "+5215512345678", "text": {"body": "Hola"}}
    assert (await shop.call("POST", "/v25.0/2001/messages", token="water-token", json=frame)).status == 200


async def test_a_ban_a_new_limit_and_a_new_throughput_are_told(shop: Shop) -> None:
    await order(shop, "/sim/numbers/1001/standing", status="BANNED")
    assert (await news(shop, "account_update"))["ban_info"]["waba_ban_state"] == "DISABLE"
    await order(shop, "/sim/numbers/1001/standing", messaging_limit="TIER_2K", throughput="HIGH")

    await shop.receiver.until(lambda: len(shop.receiver.webhooks) == 3)
    events = {hook.value["event"] for hook in shop.receiver.webhooks}
    assert events == {"DISABLED_UPDATE", "UPGRADE", "THROUGHPUT_UPGRADE"}
    assert (await shop.call("GET", "/v25.0/1001?fields=throughput")).body["throughput"] == {"level": "HIGH"}


async def test_a_template_waits_for_its_review_and_the_verdict_is_told(receiver: Receiver, clock: FakeClock) -> None:
    async with open_shop(receiver, clock, template_review_seconds=0.01) as shop:
        created = (await create(shop)).body
        assert created["status"] == "PENDING"
        told = await news(shop, "message_template_status_update")

        assert (told["event"], told["message_template_id"]) == ("APPROVED", int(created["id"]))
        assert (await send_template(shop)).status == 200


async def test_a_template_that_is_not_approved_cannot_be_sent(shop: Shop) -> None:
    template_id = (await create(shop)).body["id"]
    for status, code in (("PENDING", 132001), ("REJECTED", 132001), ("PAUSED", 132015), ("DISABLED", 132016)):
        await order(shop, f"/sim/templates/{template_id}", status=status, reason="ABUSIVE_CONTENT")
        assert (await send_template(shop)).code == code
    await order(shop, f"/sim/templates/{template_id}", status="APPROVED", quality="YELLOW", category="MARKETING")

    assert (await news(shop, "template_category_update"))["new_category"] == "MARKETING"
    assert (await news(shop, "message_template_quality_update"))["new_quality_score"] == "YELLOW"
    wamid = (await send_template(shop)).wamid
    assert (await shop.receiver.status(wamid, "sent"))["pricing"]["category"] == "marketing"


@pytest.mark.parametrize(
    ("components", "subcode"),
    [
        ([{**BODY, "text": "x" * 1025}], 2388040),
        ([{**BODY, "text": "{{1}} va"}], 2388299),
        ([{**BODY, "text": "va {{1}}"}], 2388299),
        ([{"type": "BODY", "text": "Hola {{1}}, ya va"}], 2388072),
        ([BODY, {"type": "HEADER", "format": "TEXT", "text": "x" * 61}], 2388040),
        ([BODY, {"type": "HEADER", "format": "PUZZLE"}], 2388047),
        ([BODY, {"type": "FOOTER", "text": "Hola {{1}} va"}], 2388073),
    ],
)
async def test_a_template_meta_would_not_take_is_refused_with_its_subcode(
    shop: Shop, components: list[Any], subcode: int
) -> None:
    refused = await create(shop, components=components)

    assert (refused.code, refused.body["error"]["error_subcode"]) == (100, subcode)


async def test_templates_are_listed_page_by_page(shop: Shop) -> None:
    for number in range(3):
        await create(shop, name=f"aviso_{number}")
    assert (await create(shop, name="aviso_0")).code == 100
    path = "/v25.0/9001/message_templates?limit=2&fields=name,status"
    first = (await shop.call("GET", path)).body
    after = first["paging"]["cursors"]["after"]
    second = (await shop.call("GET", f"{path}&after={after}")).body

    assert [template["name"] for template in first["data"]] == ["aviso_0", "aviso_1"]
    assert [set(template) for template in second["data"]] == [{"id", "name", "status"}]
    assert (await shop.call("GET", f"{path}&after=nonsense")).code == 131059
    assert (await shop.call("DELETE", "/v25.0/9001/message_templates?name=aviso_1")).status == 200
    assert (await shop.call("GET", "/v25.0/9001/message_templates?name=aviso_1")).body["data"] == []


async def test_an_answer_to_someone_from_an_advertisement_is_free_for_72_hours(
    receiver: Receiver, clock: FakeClock
) -> None:
    async with open_shop(receiver, clock, free_service_messages=0) as shop:
        await shop.customer_writes(advertisement="Ofertas de la semana")
        free = await receiver.status((await shop.send()).wamid, "sent")
        clock.advance(hours=72, seconds=1)
        await shop.customer_writes()
        billed = await receiver.status((await shop.send()).wamid, "sent")

    assert free["pricing"]["type"] == "free_entry_point"
    assert (billed["pricing"]["type"], billed["pricing"]["billable"]) == ("regular", True)


@pytest.mark.parametrize("stays_sent", [False, True])
async def test_what_nobody_pays_for_fails_or_stays_sent(receiver: Receiver, clock: FakeClock, stays_sent: bool) -> None:
    unpaid = {"phone_number_id": "3001", "waba_id": "9003", "display_phone": "+52 228 300 0001", "verified_name": "X"}
    async with open_shop(receiver, clock, free_service_messages=0, unpaid_stays_sent=stays_sent) as shop:
        await order(shop, "/sim/numbers", **unpaid, tokens=["t"], payment_method=False)
        frame = {"messaging_product": "whatsapp", "to": "+5215512345678", "type": "template", "template": SENT_TEMPLATE}
        wamid = (await shop.call("POST", "/v25.0/3001/messages", token="t", json=frame)).wamid
        told = await receiver.status(wamid, "sent" if stays_sent else "failed")
        await asyncio.sleep(0)

        assert [error["code"] for error in told.get("errors", [])] == ([] if stays_sent else [131042])
        assert [item["status"] for item in receiver.statuses()] == [told["status"]]


async def test_what_happens_at_once_can_arrive_in_one_body(shop: Shop) -> None:
    await shop.call("POST", "/sim/webhooks/hold")
    await shop.customer_writes("uno")
    await shop.call("POST", f"/phone/api/chats/{LUPITA.wa_id}/2001/messages", json={"type": "text", "text": "dos"})
    assert shop.receiver.webhooks == []
    await shop.call("POST", "/sim/webhooks/release")
    (batch,) = await shop.receiver.received(1)

    texts = [
        change["value"]["messages"][0]["text"]["body"]
        for entry in batch.payload["entry"]
        for change in entry["changes"]
    ]
    assert (sorted(texts), batch.signed) == (["dos", "uno"], True)


@pytest.mark.parametrize("query", ["signature=none", "signature=wrong", "signature=right&cut=3"])
async def test_what_meta_never_signed_can_be_posted(shop: Shop, query: str) -> None:
    shop.receiver.answers.append(401)
    answer = await shop.call("POST", f"/sim/webhooks/forged?{query}", json={"object": "x", "entry": []})

    assert answer.body == {"answer": 401}
    assert "X-Hub-Signature-256" not in shop.receiver.webhooks[0].headers or not shop.receiver.webhooks[0].signed
    assert not (await shop.call("POST", "/sim/verify-subscription?verify_token=guess")).body["verified"]


async def test_a_moved_person_is_told_to_the_shops_and_reached_by_the_new_number(shop: Shop) -> None:
    await shop.customer_writes()
    await order(shop, f"/sim/customers/{LUPITA.wa_id}/phone", wa_id="5215599990000", user_id="MX.200")
    await shop.receiver.until(lambda: len(shop.receiver.webhooks) >= 3)

    (system,) = [message for message in shop.receiver.messages() if message["type"] == "system"]
    assert (system["from"], system["system"]["wa_id"]) == (LUPITA.wa_id, "5215599990000")
    change = (await news(shop, "user_id_update"))["user_id_update"][0]["user_id"]
    assert change == {"previous": "MX.100", "current": "MX.200"}
    answer = await shop.send("+525599990000")
    assert answer.body["contacts"][0] == {"input": "+525599990000", "wa_id": "5215599990000", "user_id": "MX.200"}


@pytest.mark.parametrize("part", ["contacts", "profile_name", "from"])
async def test_meta_sometimes_leaves_parts_out(shop: Shop, part: str) -> None:
    await shop.customer_writes(omit=[part])
    (webhook,) = await shop.receiver.received(1)
    (message,) = webhook.value["messages"]
    missing = {
        "contacts": "contacts" not in webhook.value,
        "profile_name": "profile" not in webhook.value.get("contacts", [{}])[0],
        "from": "from" not in message,
    }
    assert missing[part]
    assert message["from_user_id"] == "MX.100"


async def test_a_blocked_person_is_neither_heard_nor_written_to(shop: Shop) -> None:
    await shop.customer_writes()
    await shop.receiver.received(1)
    await order(shop, "/v25.0/1001/block_users", messaging_product="whatsapp", block_users=[{"user": LUPITA.wa_id}])
    await shop.customer_writes("¿hola?")

    assert (await shop.send()).code == 130403
    assert len(shop.receiver.messages()) == 1
    assert (await shop.call("GET", f"/v25.0/{GROCER.phone_number_id}/block_users")).body["data"][0][
        "wa_id"
    ] == LUPITA.wa_id


@pytest.mark.parametrize("code", [4, 130429, 131000, 131016, 131057, 132068, 133004, 2494100])
async def test_writing_to_its_number_plays_a_documented_error(shop: Shop, code: int) -> None:
    refused = await shop.send(f"+1555{code:07d}")
    assert refused.code == code
    accepted = await shop.send(f"+1556{code:07d}")
    assert (await shop.receiver.status(accepted.wamid, "failed"))["errors"][0]["code"] == code
