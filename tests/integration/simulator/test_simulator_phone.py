"""What the phone page sees."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from simulated_shop import CHEMA, LUPITA, WATER, Receiver, Shop, open_shop
from tests.fakes.clock import FakeClock

from marchante.simulator.config import StatusDelays

CHAT = f"/phone/api/chats/{LUPITA.wa_id}/1001"


class Page:
    """An open chat page: reads the events of its stream one by one."""

    def __init__(self, content: aiohttp.StreamReader) -> None:
        self._content = content

    async def event(self, name: str) -> Any:
        """The data of the next event with this name."""
        async with asyncio.timeout(10):
            while True:
                head, _, data = (await self._content.readuntil(b"\n\n")).decode().strip().partition("\n")
                if head == f"event: {name}":
                    return json.loads(data.removeprefix("data: "))


@asynccontextmanager
async def open_page(shop: Shop) -> AsyncIterator[Page]:
    async with shop.http.get(f"{shop.running.url}{CHAT}/stream") as answer:
        assert answer.content_type == "text/event-stream"
        await answer.content.readuntil(b"\n\n")
        yield Page(answer.content)


async def test_the_page_learns_the_shops_and_the_customers(shop: Shop) -> None:
    assert await shop.ask("/phone/api/state") == {
        "numbers": [
            {"phone_number_id": "1001", "name": "Abarrotes Lupita", "display_phone": "+52 228 100 0001"},
            {"phone_number_id": "2001", "name": "Agua Clara", "display_phone": "+52 667 200 0001"},
        ],
        "customers": [
            {"wa_id": LUPITA.wa_id, "name": LUPITA.name, "user_id": "MX.100"},
            {"wa_id": CHEMA.wa_id, "name": "Chema", "user_id": None},
        ],
    }


async def test_the_page_and_everything_it_names_are_served(shop: Shop) -> None:
    page = await shop.call("GET", "/phone", token=None)
    assert page.status == 200
    named = re.findall(rb'(?:src|href)="(/phone/static/[^"#]+)', page.body)

    assert named
    for path in named:
        assert (await shop.call("GET", path.decode(), token=None)).status == 200, path


async def test_a_new_customer_gets_a_made_up_mexican_mobile(shop: Shop) -> None:
    created = (await shop.call("POST", "/phone/api/customers", json={"name": "Ana"})).body

    assert created["wa_id"].startswith("521")
    assert len(created["wa_id"]) == 13
    assert created in (await shop.ask("/phone/api/state"))["customers"]
    taken = await shop.call("POST", "/phone/api/customers", json={"name": "Eva", "wa_id": "+52 55 1234 5678"})
    assert taken.status == 409


async def test_a_chat_shows_both_sides_in_order(shop: Shop) -> None:
    asked = await shop.customer_writes("¿tiene pan?")
    await shop.receiver.received(1)
    answered = (await shop.send(text="Sí")).wamid
    await shop.receiver.status(answered, "delivered")

    entries = (await shop.ask(CHAT))["entries"]
    assert [(entry["direction"], entry["wamid"], entry["status"]) for entry in entries] == [
        ("out", asked, "delivered"),
        ("in", answered, "delivered"),
    ]
    assert entries[0]["body"]["text"] == {"body": "¿tiene pan?"}
    assert entries[1]["body"] == {"type": "text", "text": {"body": "Sí"}}
    assert entries[1]["at"] == shop.clock.now().timestamp()


async def test_an_open_page_sees_messages_ticks_typing_and_reading_as_they_happen(shop: Shop) -> None:
    async with open_page(shop) as page:
        asked = await shop.customer_writes("¿tiene pan?")
        assert (await page.event("entry"))["wamid"] == asked
        assert await page.event("status") == {"wamid": asked, "status": "delivered"}
        seen = {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": asked,
            "typing_indicator": {"type": "text"},
        }
        assert (await shop.call("POST", "/v25.0/1001/messages", json=seen)).body == {"success": True}
        assert await page.event("read") == {"wamid": asked}
        assert await page.event("typing") == {"until": shop.clock.now().timestamp() + 25}
        answered = (await shop.send(text="Sí")).wamid
        assert (await page.event("entry"))["body"]["text"] == {"body": "Sí"}
        assert await page.event("status") == {"wamid": answered, "status": "sent"}
        assert await page.event("status") == {"wamid": answered, "status": "delivered"}


async def test_a_failed_message_shows_why(shop: Shop) -> None:
    async with open_page(shop) as page:
        wamid = (await shop.send()).wamid
        failed = await page.event("status")

    assert (failed["wamid"], failed["status"], failed["error"]["code"]) == (wamid, "failed", 131047)


async def test_marking_one_message_as_read_marks_the_earlier_ones(shop: Shop) -> None:
    wamids = [await shop.customer_writes(str(number)) for number in range(3)]
    await shop.receiver.received(3)
    seen = {"messaging_product": "whatsapp", "status": "read", "message_id": wamids[1]}
    await shop.call("POST", "/v25.0/1001/messages", json=seen)

    statuses = [entry["status"] for entry in (await shop.ask(CHAT))["entries"]]
    assert statuses[:2] == ["read", "read"]
    assert statuses[2] != "read"


async def test_a_message_the_number_never_got_cannot_be_marked_as_read(shop: Shop) -> None:
    asked = await shop.customer_writes()
    seen = {"messaging_product": "whatsapp", "status": "read", "message_id": asked}

    assert (await shop.call("POST", "/v25.0/2001/messages", token="water-token", json=seen)).code == 100
    assert (await shop.call("POST", "/v25.0/1001/messages", json={**seen, "message_id": "wamid.x"})).code == 100
    assert (await shop.call("POST", "/v25.0/1001/messages", json={**seen, "status": "seen"})).code == 100


async def test_an_uploaded_file_comes_with_a_place_where_the_page_finds_it(shop: Shop) -> None:
    form = aiohttp.FormData({"messaging_product": "whatsapp", "type": "image/png"})
    form.add_field("file", b"PNG", filename="1.png", content_type="image/png")
    media_id = (await shop.call("POST", "/v25.0/1001/media", data=form)).body["id"]
    frame = {"messaging_product": "whatsapp", "to": "+5215512345678", "type": "image", "image": {"id": media_id}}
    await shop.call("POST", "/v25.0/1001/messages", json=frame)

    (entry,) = (await shop.ask(CHAT))["entries"]
    picture = await shop.call("GET", entry["body"]["image"]["preview_url"], token=None)
    assert picture.body == b"PNG"


async def test_a_simulator_stops_while_a_page_is_open(receiver: Receiver, clock: FakeClock) -> None:
    async with asyncio.timeout(5), aiohttp.ClientSession() as http, open_shop(receiver, clock) as shop:
        stream = await http.get(f"{shop.running.url}{CHAT}/stream")
        await stream.content.readuntil(b"\n\n")


async def test_chats_survive_a_restart(receiver: Receiver, clock: FakeClock, tmp_path: Path) -> None:
    journal = tmp_path / "chats.jsonl"
    async with open_shop(receiver, clock, journal=journal) as shop:
        ana = (await shop.call("POST", "/phone/api/customers", json={"name": "Ana"})).body
        await shop.customer_writes("¿tiene piña? 🍍")
        await shop.customer_does({"type": "image"})
        answered = (await shop.send(text="Sí", biz_opaque_callback_data="7")).wamid
        await receiver.status(answered, "delivered")
        added = {
            "phone_number_id": "3001",
            "waba_id": "9003",
            "display_phone": "+52 1",
            "verified_name": "X",
            "tokens": ["t"],
        }
        await shop.call("POST", "/sim/numbers", json=added)
        before = (await shop.ask(CHAT))["entries"]
    seen_before = len(receiver.webhooks)

    async with open_shop(receiver, clock, journal=journal) as shop:
        state = await shop.ask("/phone/api/state")
        after = (await shop.ask(CHAT))["entries"]
        media_id = after[1]["body"]["image"]["id"]
        media = await shop.call("GET", f"/v25.0/{media_id}")
        again = (await shop.send(text="¿Algo más?")).wamid
        await receiver.status(again, "delivered")

    assert [entry["wamid"] for entry in after] == [entry["wamid"] for entry in before]
    assert [(entry["body"], entry["status"]) for entry in after][2] == (before[2]["body"], "delivered")
    assert ana in state["customers"]
    assert [number["phone_number_id"] for number in state["numbers"]] == ["1001", "2001", "3001"]
    assert media.body["mime_type"] == "image/png"
    assert {status["id"] for webhook in receiver.webhooks[seen_before:] for status in webhook.value["statuses"]} == {
        again
    }


async def test_a_journal_of_another_version_and_of_other_shops_does_not_stop_the_start(
    receiver: Receiver, clock: FakeClock, tmp_path: Path
) -> None:
    journal = tmp_path / "chats.jsonl"
    async with open_shop(receiver, clock, journal=journal, delays=StatusDelays(sent=3600)) as shop:
        await shop.customer_writes()
        await shop.send()
    with journal.open("a") as file:
        file.write('{"event":"entry","data":{"colour":"green"}}\n{"event":"dream","data":{}}\n')

    async with open_shop(receiver, clock, journal=journal, numbers=(WATER,)) as shop:
        state = await shop.ask("/phone/api/state")

    assert [number["phone_number_id"] for number in state["numbers"]] == ["2001"]


async def test_a_webhook_nobody_took_is_delivered_after_a_restart(
    receiver: Receiver, clock: FakeClock, tmp_path: Path
) -> None:
    journal = tmp_path / "chats.jsonl"
    async with open_shop(receiver, clock, journal=journal, webhook_url="http://127.0.0.1:9/webhook") as shop:
        wamid = await shop.customer_writes("¿siguen abiertos?")
        await shop.running.simulator.delivery.log()[0].attempted.wait()
    assert receiver.webhooks == []

    async with open_shop(receiver, clock, journal=journal):
        await receiver.received(1)

    assert [message["id"] for message in receiver.messages()] == [wamid]
    assert receiver.webhooks[0].signed


async def test_a_message_accepted_just_before_a_restart_still_gets_its_statuses(
    receiver: Receiver, clock: FakeClock, tmp_path: Path
) -> None:
    journal = tmp_path / "chats.jsonl"
    async with open_shop(receiver, clock, journal=journal, delays=StatusDelays(sent=3600)) as shop:
        await shop.customer_writes()
        wamid = (await shop.send()).wamid

    async with open_shop(receiver, clock, journal=journal):
        await receiver.status(wamid, "delivered")
