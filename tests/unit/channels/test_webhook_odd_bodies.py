"""Whatever a body holds, parsing does not raise, and one bad item never costs the others."""

import json
import random
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.fixtures.webhooks import NAMES, tree, webhook

from marchante.channels.whatsapp.accounts import decode_account
from marchante.channels.whatsapp.inbound import UnsupportedMessage, decode_message
from marchante.channels.whatsapp.wire import (
    AccountItem,
    EchoItem,
    Identity,
    MessageItem,
    NotAWebhook,
    StatusItem,
    customer_key,
    decode_identity,
    decode_status,
    parse_webhook,
)

RECEIVED = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
# Written into the JSON after it is made: no JSON library writes these.
WRITTEN = {
    '"@deep@"': b"[" * 3000 + b"]" * 3000,
    '"@deep objects@"': b'{"a":' * 3000 + b"1" + b"}" * 3000,
    '"@rather deep@"': b"[" * 400 + b"]" * 400,
    '"@huge@"': b"9" * 6000,
    '"@infinite@"': b"1e999",
    '"@nan@"': b"NaN",
    '"@surrogate@"': b'"\\ud83d"',
    '"@control@"': b'"\x01"',
    '"@latin@"': b'"\xe1"',
}
ODD = st.sampled_from([json.loads(key) for key in WRITTEN]) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\x00"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def places(value, path=()):
    """Every place in a JSON value, as the container and the key in it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield value, key
        yield from places(item)


def written(body):
    text = json.dumps(body)
    data = text.encode()
    for key, odd in WRITTEN.items():
        data = data.replace(key.encode(), odd)
    return data


@st.composite
def damaged_webhooks(draw):
    body = tree(draw(st.sampled_from(NAMES)))
    for _ in range(draw(st.integers(1, 4))):
        found = list(places(body))
        if not found:
            break
        container, key = found[draw(st.integers(0, len(found) - 1))]
        match draw(st.sampled_from(["drop", "replace", "wrap", "repeat"])):
            case "drop":
                del container[key]
            case "replace":
                container[key] = draw(ODD)
            case "wrap":
                container[key] = [container[key]]
            case "repeat" if isinstance(container, list):
                container.append(container[key])
    return written(body)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged_webhooks())
def test_a_damaged_webhook_is_read_as_far_as_it_goes(body):
    parsed = parse_webhook(body, RECEIVED)
    for item in parsed.items:
        assert json.loads(item.raw) is not None
        assert len(item.dedupe_key) == 16
        if isinstance(item, AccountItem):
            assert decode_account(item.raw)
        if isinstance(item, StatusItem):
            assert decode_status(item.raw).identity == item.identity
        if isinstance(item, MessageItem | EchoItem):
            person = item.sender if isinstance(item, MessageItem) else item.recipient
            assert customer_key(decode_identity(item.raw)) == customer_key(person)
            message = decode_message(item.raw)
            assert message.envelope.wamid == item.wamid
            assert abs((message.envelope.at - item.timestamp).total_seconds()) < 1
            repr(message).encode()  # no lone surrogate is left
            assert "\\x00" not in repr(message)


@settings(deadline=None)
@given(st.binary())
@example(b"")
@example(b"null")
@example(b"[1]")
@example(b'"text"')
@example(b"{")
@example(b'{"entry":[' + b"[" * 100_000)
@example(b"\xff\xfe{}")
def test_a_body_that_is_no_json_object_is_refused_with_a_code(body):
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return
    with pytest.raises(NotAWebhook) as refusal:
        parse_webhook(body, RECEIVED)
    assert refusal.value.code in {"not_json", "not_an_object"}


@given(st.binary() | damaged_webhooks())
@settings(max_examples=100, deadline=None)
def test_any_stored_bytes_decode_to_something(raw):
    message = decode_message(raw)
    assert isinstance(message, UnsupportedMessage)
    assert isinstance(decode_identity(raw), Identity)


@pytest.mark.parametrize("odd", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("name", ["batch/two_companies"])
def test_an_odd_value_in_one_message_leaves_the_others_untouched(name, odd):
    body = tree(name)
    body["entry"][0]["changes"][0]["value"]["messages"][0]["text"] = "@odd@"
    parsed = parse_webhook(json.dumps(body).encode().replace(b'"@odd@"', odd), RECEIVED)
    whole = parse_webhook(webhook(name), RECEIVED)
    assert [item.dedupe_key for item in parsed.items] == [item.dedupe_key for item in whole.items]
    assert [item.raw for item in parsed.items[1:]] == [item.raw for item in whole.items[1:]]
    assert isinstance(decode_message(parsed.items[0].raw), UnsupportedMessage)


def test_deeply_nested_items_leave_their_neighbours_readable():
    body = tree("malformed/one_bad_message_between_two_good")
    body["entry"][0]["changes"][0]["value"]["messages"][1] = "@deep objects@"
    parsed = parse_webhook(written(body), RECEIVED)
    assert [decode_message(item.raw).body for item in parsed.items] == ["a", "b"]
    assert [part.reason for part in parsed.malformed] == ["no_id"]


def test_brackets_inside_texts_are_not_nesting():
    body = tree("text/plain")
    body["entry"][0]["changes"][0]["value"]["messages"][0]["text"]["body"] = 'di "[' * 200 + "\\"
    body["entry"][0]["changes"][0]["value"]["extra"] = "@deep@"
    message = decode_message(parse_webhook(written(body), RECEIVED).items[0].raw)
    assert message.body == 'di "[' * 200 + "\\"


def test_a_byte_order_mark_is_no_obstacle():
    assert len(parse_webhook(b"\xef\xbb\xbf" + webhook("text/plain"), RECEIVED).items) == 1


def test_a_full_batch_is_read_whole():
    body = tree("text/plain")
    value = body["entry"][0]["changes"][0]["value"]
    shuffled = random.Random(7)
    phones = [f"52155000{number:05d}" for number in range(1000)]
    value["messages"] = [value["messages"][0] | {"id": f"wamid.{phone}", "from": phone} for phone in phones]
    value["contacts"] = [{"wa_id": phone, "profile": {"name": f"name of {phone}"}} for phone in phones]
    shuffled.shuffle(value["contacts"])
    items = parse_webhook(json.dumps(body).encode(), RECEIVED).items
    assert [(item.sender.phone, item.sender.profile_name) for item in items] == [
        (phone, f"name of {phone}") for phone in phones
    ]
