"""Every documented webhook is read, and nothing in it gets lost."""

import json
from collections import Counter
from datetime import UTC, datetime

import pytest
from tests.fixtures.webhooks import NAMES, tree, webhook

from marchante.channels.whatsapp.wire import AccountItem, EchoItem, MessageItem, StatusItem, parse_webhook

RECEIVED = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
WELL_FORMED = [name for name in NAMES if not name.startswith("malformed/")]


def said(body):
    """Every message, echo, status, error list and account value in a body, as text that can be counted."""
    found = Counter()
    for entry in body["entry"]:
        for change in entry["changes"]:
            value = change["value"]
            parts = [part for name in ("messages", "message_echoes", "statuses") for part in value.get(name, [])]
            if change["field"] == "messages":
                parts += [value["errors"]] if "errors" in value else []
            elif not parts:
                parts = [value]
            found.update(json.dumps(part, sort_keys=True) for part in parts)
    return found


def kept(item):
    raw = json.loads(item.raw)
    match item:
        case MessageItem() | EchoItem():
            part = raw["message"]
        case StatusItem():
            part = raw["status"]
        case AccountItem(field="messages.errors"):
            part = raw["value"]["errors"]
        case _:
            part = raw["value"]
    return json.dumps(part, sort_keys=True)


@pytest.mark.parametrize("name", WELL_FORMED)
def test_every_documented_webhook_is_read_with_nothing_lost(name):
    body = parse_webhook(webhook(name), RECEIVED)
    assert body.malformed == ()
    assert Counter(map(kept, body.items)) == said(tree(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_item_survives_storage_as_ascii_and_has_its_place(name):
    body = parse_webhook(webhook(name), RECEIVED)
    everything = [*body.items, *body.malformed]
    assert sorted(part.position for part in everything) == list(range(len(everything)))
    assert all(part.raw.isascii() and len(part.dedupe_key) == 16 for part in everything)


@pytest.mark.parametrize("name", NAMES)
def test_a_repeated_delivery_has_the_same_keys(name):
    first, later = parse_webhook(webhook(name), RECEIVED), parse_webhook(webhook(name), datetime.now(UTC))
    assert [item.dedupe_key for item in first.items] == [item.dedupe_key for item in later.items]
    assert [part.dedupe_key for part in first.malformed] == [part.dedupe_key for part in later.malformed]


def test_no_two_different_webhooks_share_a_key():
    owners = {}
    for name in NAMES:
        if name.startswith("malformed/"):
            continue
        for item in parse_webhook(webhook(name), RECEIVED).items:
            owners.setdefault(item.dedupe_key, set()).add((type(item), name))
    assert [names for names in owners.values() if len(names) > 1] == []


MALFORMED = {
    "contact_of_somebody_else": (1, []),
    "entry_is_null": (1, ["no_changes"]),
    "message_is_a_number": (0, ["not_an_object"] * 4),
    "messages_is_an_object": (0, ["messages_not_a_list"]),
    "no_entry": (0, ["no_entry"]),
    "one_bad_message_between_two_good": (2, ["no_id"]),
    "status_without_id": (1, ["no_id"]),
    "type_and_object_disagree": (1, []),
    "unreadable_timestamp": (1, []),
    "value_is_a_list": (1, ["no_value"]),
    "without_phone_number_id": (0, ["no_phone_number_id"]),
    "without_sender": (0, ["no_person"]),
}


def test_every_malformed_fixture_is_expected_below():
    assert {name.partition("/")[2] for name in NAMES if name.startswith("malformed/")} == set(MALFORMED)


@pytest.mark.parametrize(("name", "expected"), MALFORMED.items())
def test_a_bad_part_is_kept_and_costs_none_of_the_others(name, expected):
    body = parse_webhook(webhook(f"malformed/{name}"), RECEIVED)
    assert (len(body.items), [part.reason for part in body.malformed]) == expected


def test_a_part_without_id_is_kept_whole_with_its_number():
    body = parse_webhook(webhook("malformed/one_bad_message_between_two_good"), RECEIVED)
    part = body.malformed[0]
    assert (part.phone_number_id, part.waba_id, part.position) == ("1001", "700000000000001", 1)
    assert json.loads(part.raw)["message"]["text"]["body"] == "sin id"
