"""Faults a test can order."""

import time

import aiohttp
import pytest
from simulated_shop import CHEMA, Shop


@pytest.mark.parametrize(("code", "status"), [(131000, 500), (130429, 400), (131016, 500), (131057, 500), (190, 401)])
async def test_an_error_is_answered_as_often_as_ordered(shop: Shop, code: int, status: int) -> None:
    await shop.order_fault("error", code=code, times=2)
    answers = [await shop.send() for _ in range(3)]

    assert [answer.status for answer in answers] == [status, status, 200]
    assert answers[0].code == code
    assert len((await shop.ask("/sim/messages"))["messages"]) == 1
    assert len((await shop.ask("/sim/refusals"))["refusals"]) == 2


async def test_an_error_can_come_later_as_a_failed_status(shop: Shop) -> None:
    await shop.order_fault("error", code=131049, asynchronous=True, times=1)
    wamid = (await shop.send()).wamid

    assert (await shop.receiver.status(wamid, "failed"))["errors"][0]["code"] == 131049


async def test_a_fault_for_one_form_of_a_number_lets_the_other_form_pass(shop: Shop) -> None:
    await shop.order_fault("error", code=131030, match={"to_exact": "+523312345678"})

    assert (await shop.send("+523312345678")).code == 131030
    assert (await shop.send("+5213312345678")).body["contacts"][0]["wa_id"] == CHEMA.wa_id


async def test_a_broken_proxy_answers_html(shop: Shop) -> None:
    await shop.order_fault("http", status=502, times=1)
    answer = await shop.send()

    assert answer.status == 502
    assert b"Bad Gateway" in answer.body
    assert (await shop.ask("/sim/messages"))["messages"] == []


async def test_a_connection_cut_after_accepting_loses_the_answer_not_the_message(shop: Shop) -> None:
    await shop.customer_writes()
    await shop.order_fault("close_after_accept", times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await shop.send(biz_opaque_callback_data="outbox-9")

    await shop.receiver.until(lambda: "delivered" in [status["status"] for status in shop.receiver.statuses()])
    assert {status["biz_opaque_callback_data"] for status in shop.receiver.statuses()} == {"outbox-9"}
    assert len((await shop.ask("/sim/messages"))["messages"]) == 1


async def test_a_connection_cut_before_accepting_sends_nothing(shop: Shop) -> None:
    await shop.order_fault("close_before_accept", times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await shop.send()

    assert (await shop.ask("/sim/messages"))["messages"] == []


async def test_a_slow_answer_comes_after_the_message_is_accepted(shop: Shop) -> None:
    await shop.order_fault("delay", seconds=0.3, times=1)
    started = time.monotonic()
    assert (await shop.send()).status == 200

    assert time.monotonic() - started >= 0.3


async def test_statuses_can_stay_away(shop: Shop) -> None:
    await shop.customer_writes()
    await shop.order_fault("suppress_statuses", times=1)
    silent = (await shop.send()).wamid
    loud = (await shop.send()).wamid
    await shop.receiver.status(loud, "delivered")

    assert silent not in {status["id"] for status in shop.receiver.statuses()}
    (first, _) = (await shop.ask("/sim/messages"))["messages"]
    assert first["status"] == "delivered"


async def test_statuses_can_come_twice(shop: Shop) -> None:
    await shop.customer_writes()
    await shop.order_fault("duplicate_webhooks", times=1, match={"to": "+5215512345678"})
    await shop.send()
    await shop.receiver.until(lambda: len(shop.receiver.statuses()) == 4)

    assert sorted(status["status"] for status in shop.receiver.statuses()) == ["delivered", "delivered", "sent", "sent"]


async def test_statuses_can_come_backwards(shop: Shop) -> None:
    await shop.customer_writes()
    await shop.order_fault("reorder_webhooks", times=1)
    await shop.send()
    await shop.receiver.until(lambda: len(shop.receiver.statuses()) == 2)

    assert [status["status"] for status in shop.receiver.statuses()] == ["delivered", "sent"]


async def test_read_can_come_without_delivered(shop: Shop) -> None:
    await shop.customer_writes()
    await shop.order_fault("skip_delivered", times=1)
    wamid = (await shop.send()).wamid
    read = await shop.receiver.status(wamid, "read")

    assert [status["status"] for status in shop.receiver.statuses()] == ["sent", "read"]
    assert read["pricing"]["category"] == "service"


async def test_statuses_can_arrive_before_the_answer(shop: Shop) -> None:
    await shop.customer_writes()
    await shop.order_fault("status_before_answer", times=1)
    await shop.send()

    assert [status["status"] for status in shop.receiver.statuses()] == ["sent", "delivered"]


async def test_an_unknown_kind_of_fault_is_refused(shop: Shop) -> None:
    assert (await shop.call("POST", "/sim/faults", json={"kind": "earthquake"})).status == 422
    assert (await shop.call("POST", "/sim/faults", json={"kind": "error", "match": {"number": "1"}})).status == 422


async def test_faults_can_be_listed_and_taken_back(shop: Shop) -> None:
    await shop.order_fault("error", code=131000)
    assert [fault["kind"] for fault in (await shop.ask("/sim/faults"))["faults"]] == ["error"]
    await shop.call("DELETE", "/sim/faults")

    assert (await shop.send()).status == 200
