"""The pieces of the bench: what customers write, HTTP in the small, statuses on their way back, percentiles."""

import json
import os
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.channels.whatsapp.signature import HEADER, sign, verify
from marchante.channels.whatsapp.wire import MessageItem, StatusItem, parse_webhook
from marchante.conversations.actions import decode
from marchante.entrypoints.bench import cpu
from marchante.entrypoints.bench.figures import Load, LoadResult, Spread
from marchante.entrypoints.bench.http import HttpMessage, Messages, answer, request
from marchante.entrypoints.bench.people import TAP, TEXT, Person, next_words, numbers_of, webhook
from marchante.entrypoints.bench.stub import Reports, Sent, Stub

SECRET = "a secret"
NUMBERS = numbers_of(0)


def test_half_of_what_customers_write_are_texts_and_a_quarter_confirms_what_was_offered() -> None:
    written = [next_words(Person(place), visit, "confirm:3:142.00") for place in range(8) for visit in range(4)]
    kinds = Counter(words.kind for words in written)
    assert kinds == {TEXT: 16, TAP: 16}
    taps = [json.loads(f"{{{words.content}}}")["interactive"] for words in written if words.kind == TAP]
    assert sum(tap["type"] == "button_reply" for tap in taps) == 8
    assert all(decode(tap[tap["type"]]["id"]) is not None for tap in taps)


def test_who_was_offered_nothing_taps_the_menu() -> None:
    words = next_words(Person(0), 1, None)
    assert words.kind == TAP
    assert "confirm" not in words.content


@given(place=st.integers(0, 99_999), visit=st.integers(0, 1000), companies=st.integers(1, 200))
def test_a_webhook_of_the_bench_is_one_message_of_its_customer(place: int, visit: int, companies: int) -> None:
    person = Person(place, companies)
    parsed = parse_webhook(webhook(person, next_words(person, visit, "confirm:3:142.00"), "wamid.X"))
    [item] = parsed.items
    assert isinstance(item, MessageItem)
    assert parsed.malformed == ()
    assert (item.sender.phone, item.sender.bsuid) == (person.wa_id, person.bsuid)
    assert item.phone_number_id in numbers_of(person.company)
    assert person.company < companies
    assert item.waits == ('"text"' in next_words(person, visit, None).content)


@given(bodies=st.lists(st.binary(max_size=300), min_size=1, max_size=5), cut=st.integers(1, 200))
def test_messages_are_found_however_the_stream_is_cut(bodies: list[bytes], cut: int) -> None:
    stream = b"".join(request("/webhook", "127.0.0.1:1", body, sign(SECRET, body)) for body in bodies)
    messages, found = Messages(), list[HttpMessage]()
    for begin in range(0, len(stream), cut):
        found += messages.feed(stream[begin : begin + cut])
    assert [message.body for message in found] == bodies
    assert {message.target for message in found} == {b"/webhook"}
    header = found[0].head.decode().split(f"{HEADER}: ")[1].split("\r\n")[0]
    assert verify([SECRET], bodies[0], header) == SECRET


def test_an_answer_has_its_status_and_a_head_without_length_has_no_body() -> None:
    [ok, empty] = Messages().feed(answer(b"{}") + b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
    assert (ok.status, ok.body) == (200, b"{}")
    assert (empty.status, empty.body) == (503, b"")


def test_each_message_comes_back_as_sent_then_delivered_then_read() -> None:
    reports = Reports()
    reports.sent.append(Sent(NUMBERS[0], "wamid.A", "5212280000001", "o:7"))
    seen: list[tuple[str, str | None, bool]] = []
    while (body := reports.next_body()) is not None:
        [item] = parse_webhook(body).items
        assert isinstance(item, StatusItem)
        seen.append((item.status, item.callback_data, item.pricing is not None))
    assert seen == [("sent", "o:7", False), ("delivered", "o:7", True), ("read", "o:7", False)]


def test_a_webhook_of_statuses_stays_below_what_meta_puts_into_one() -> None:
    reports = Reports()
    reports.sent.extend(Sent(NUMBERS[n % 4], f"wamid.{n}", "5212280000001", f"o:{n}") for n in range(2_000))
    counts = []
    while (body := reports.next_body()) is not None:
        counts.append(len(parse_webhook(body).items))
    assert sum(counts) == 6_000
    assert max(counts) <= 1_000


async def test_the_stub_answers_with_a_wamid_of_its_own_each_time() -> None:
    stub = Stub("127.0.0.1", 1, SECRET, 0)
    frame = b'{"to":"+5212280000001","biz_opaque_callback_data":"o:7","type":"text"}'

    answers = [stub.accept(NUMBERS[0], frame) for _ in range(2)]
    first, second = (json.loads(whole.split(b"\r\n\r\n")[1])["messages"][0]["id"] for whole in answers)
    assert first != second


def test_percentiles_are_of_what_was_measured() -> None:
    spread = Spread.of([number / 1000 for number in range(1, 101)])
    assert (spread.count, spread.p50, spread.p95, spread.p99, spread.worst) == (100, 51, 96, 100, 100)
    assert Spread.of([]).count == 0


@pytest.mark.parametrize(
    ("changed", "sustained"),
    [
        ({}, True),
        ({"unanswered": 1}, False),
        ({"refused": 1}, False),
        ({"unsent": 1}, False),
        ({"answered_in_time": 700}, False),
    ],
)
def test_a_rate_is_sustained_when_all_is_answered_and_nothing_piles_up(
    changed: dict[str, int], sustained: bool
) -> None:
    nothing = Spread.of([])
    counts = {"refused": 0, "extra_replies": 0, "unanswered": 0, "unsent": 0, "answered_in_time": 950} | changed
    result = LoadResult(
        seconds=10,
        sent=1_000,
        texts=500,
        replied=1_000,
        drain_seconds=0.8,
        webhook=nothing,
        tap_reply=nothing,
        text_reply=nothing,
        by_second=[],
        cpu_seconds=1.0,
        **counts,
    )
    assert result.is_sustained(100) is sustained


def test_only_a_closed_loop_has_seconds_that_do_not_count() -> None:
    assert Load(15).lead_in == 3
    assert Load(15, rate=100).lead_in == 0


def test_the_cpu_of_a_process_grows_with_its_work() -> None:
    before = cpu.cpu_seconds(cpu.snapshot(), os.getpid())
    until = time.process_time() + 0.2
    while time.process_time() < until:
        pass
    assert cpu.cpu_seconds(cpu.snapshot(), os.getpid()) - before >= 0.1
