"""Whatever is posted to the webhook: never a 500, a problem with a stable code, and nothing valid lost."""

import json
from typing import Any

import aiohttp
import pytest
from tests.acceptance.conftest import NewPerson
from tests.acceptance.people import words
from tests.acceptance.stage import GROCER, VERIFY_TOKEN, Stage
from tests.builders.webhooks import SECRET, message, webhook

from marchante.channels.whatsapp.signature import sign

MEGABYTE = 1024 * 1024


async def problem(answer: aiohttp.ClientResponse) -> tuple[int, str]:
    """Status and code of a problem document."""
    assert answer.headers["content-type"] == "application/problem+json"
    document = await answer.json(content_type=None)
    assert document["status"] == answer.status
    assert document["type"] == f"urn:marchante:problem:{document['code']}"
    assert document["detail"]
    return answer.status, document["code"]


def nested(depth: int) -> bytes:
    return b'{"object":"whatsapp_business_account","entry":' + b"[" * depth + b"]" * depth + b"}"


NOT_JSON = {
    "nothing": b"",
    "no JSON": b"hola",
    "half a JSON": b'{"entry": [',
    "bytes that are no text": b"\xff\xfe{}",
}
NOT_OBJECTS = {
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "a list in a list, for ever": b"[" * 9_000 + b"]" * 9_000,
}
NOT_WEBHOOKS = {**NOT_JSON, **NOT_OBJECTS}


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON.keys())
async def test_what_is_not_json_is_refused_with_a_code(shared_stage: Stage, body: bytes) -> None:
    assert await problem(await shared_stage.post(body)) == (400, "not_json")


@pytest.mark.parametrize("body", NOT_OBJECTS.values(), ids=NOT_OBJECTS.keys())
async def test_json_that_is_no_object_is_refused_with_a_code(shared_stage: Stage, body: bytes) -> None:
    assert await problem(await shared_stage.post(body)) == (400, "not_an_object")


@pytest.mark.parametrize("depth", [100, 1_000, 100_000])
async def test_endless_nesting_is_taken_without_an_error(shared_stage: Stage, depth: int) -> None:
    body = b'{"object":"whatsapp_business_account","entry":' + b"[" * depth + b"]" * depth + b"}"
    assert (await shared_stage.post(body)).status == 200


def value(**fields: Any) -> dict[str, Any]:
    return {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": "1",
                "changes": [{"field": "messages", "value": {"metadata": {"phone_number_id": GROCER}, **fields}}],
            }
        ],
    }


ODD: dict[str, Any] = {
    "no entries": {"object": "whatsapp_business_account"},
    "entries of the wrong type": {"entry": {"a": 1}},
    "changes of the wrong type": {"entry": [{"changes": "x"}]},
    "messages of the wrong type": value(messages={"a": 1}),
    "a message that is a number": value(messages=[7, None, [], "x"]),
    "a message without anything": value(messages=[{}]),
    "a timestamp of words": value(
        messages=[{"from": "5212280000001", "id": "wamid.O1", "timestamp": "ayer", "type": "text"}]
    ),
    "a timestamp out of any calendar": value(
        messages=[{"from": "5212280000001", "id": "wamid.O2", "timestamp": "99999999999999999", "type": "text"}]
    ),
    "an endless id": value(
        messages=[{"from": "5212280000001", "id": "w" * 100_000, "timestamp": "1795449600", "type": "text"}]
    ),
    "a sender of another type": value(messages=[{"from": {"a": 1}, "id": "wamid.O3", "timestamp": "1795449600"}]),
    "NUL in every field": value(
        contacts=[{"profile": {"name": "\0"}, "wa_id": "\0"}],
        messages=[{"from": "\0", "id": "\0", "timestamp": "\0", "type": "\0", "\0": "\0"}],
    ),
    "lone surrogates in every field": value(
        contacts=[{"profile": {"name": "\ud83d"}, "wa_id": "\ud83d"}],
        messages=[{"from": "\ud83d", "id": "\ud83d", "timestamp": "1", "type": "\ud83d", "text": {"body": "\udc00"}}],
    ),
    "NUL as the number": {
        "entry": [{"changes": [{"value": {"metadata": {"phone_number_id": "\0"}, "messages": [{"id": "1"}]}}]}]
    },
    "a surrogate as the number": {
        "entry": [
            {"changes": [{"field": "messages", "value": {"metadata": {"phone_number_id": "\ud800"}, "statuses": [{}]}}]}
        ]
    },
    "statuses of the wrong type": value(statuses=[{"id": 1, "status": [], "timestamp": {}}]),
    "a number no company has": {
        "entry": [{"changes": [message("9999", "5212280000001", "wamid.O4", "hola")]}],
    },
    "huge numbers": value(messages=[{"from": 10**400, "id": 1e308, "timestamp": -1}]),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
async def test_an_odd_part_costs_nothing_valid_beside_it(
    shared_stage: Stage, somebody: NewPerson, odd: dict[str, Any]
) -> None:
    lupe = somebody()
    good = message(GROCER, lupe.phone, shared_stage.wamid(), "hola", at=shared_stage.clock.now())
    entries = odd.get("entry")
    beside = entries if isinstance(entries, list) else [entries]
    body = json.dumps(
        {"object": "whatsapp_business_account", "entry": [*beside, {"id": "1", "changes": [good]}]}
    ).encode()
    assert (await shared_stage.post(body)).status == 200
    await shared_stage.passes(seconds=1)
    assert len(lupe.heard) == 1


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
async def test_an_odd_body_alone_is_taken_without_an_error(shared_stage: Stage, odd: dict[str, Any]) -> None:
    assert (await shared_stage.post(json.dumps(odd).encode())).status == 200


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
async def test_an_odd_body_without_a_good_signature_is_refused(shared_stage: Stage, odd: dict[str, Any]) -> None:
    body = json.dumps(odd).encode()
    assert await problem(await shared_stage.post(body, "sha256=" + "0" * 64)) == (401, "bad_signature")


@pytest.mark.parametrize("body", NOT_WEBHOOKS.values(), ids=NOT_WEBHOOKS.keys())
async def test_what_is_no_webhook_and_not_signed_either_is_refused_for_its_signature(
    shared_stage: Stage, body: bytes
) -> None:
    assert await problem(await shared_stage.post(body, sign("another secret", body))) == (401, "bad_signature")


@pytest.mark.parametrize("signature", ["", "sha256=", "sha1=abc", "sha256=" + "Z" * 64, "ñ", "0" * 10_000])
async def test_a_signature_that_is_none_is_refused(shared_stage: Stage, signature: str) -> None:
    body = webhook([message(GROCER, "5212280000002", "wamid.S1", "hola")])
    assert await problem(await shared_stage.post(body, signature)) == (401, "bad_signature")
    assert await shared_stage.relay("SELECT FROM relay.inbox_messages WHERE wamid = 'wamid.S1'") == []


async def test_a_webhook_without_a_signature_is_refused(shared_stage: Stage) -> None:
    body = webhook([message(GROCER, "5212280000002", "wamid.S2", "hola")])
    async with shared_stage.http.post(f"{shared_stage.url}/webhook", data=body) as answer:
        assert await problem(answer) == (401, "bad_signature")


async def test_a_body_changed_by_one_byte_is_refused(shared_stage: Stage) -> None:
    body = webhook([message(GROCER, "5212280000002", "wamid.S3", "hola")])
    assert await problem(await shared_stage.post(body.replace(b"hola", b"Hola"), sign(SECRET, body))) == (
        401,
        "bad_signature",
    )


async def test_a_body_of_three_megabytes_is_taken_whole(shared_stage: Stage, somebody: NewPerson) -> None:
    lupe = somebody()
    good = message(GROCER, lupe.phone, shared_stage.wamid(), "hola", at=shared_stage.clock.now())
    filler = {"field": "history", "value": {"words": "ñ" * (MEGABYTE // 2)}}
    body = webhook([good], extra=[filler])
    assert 3 * MEGABYTE <= len(body) < 3.1 * MEGABYTE
    assert (await shared_stage.post(body)).status == 200
    await shared_stage.passes(seconds=1)
    assert len(lupe.heard) == 1


async def test_a_body_larger_than_any_webhook_is_refused(shared_stage: Stage) -> None:
    answer = await shared_stage.post(b'{"entry": "' + b"x" * (4 * MEGABYTE) + b'"}')
    assert await problem(answer) == (413, "body_too_large")


async def test_the_longest_text_with_nul_and_surrogates_is_understood_as_text(somebody: NewPerson) -> None:
    lupe = somebody()
    [answer] = await lupe.says("hola \0 \ud83d " + "a" * 4000)
    assert "Lupe" in words(answer)


@pytest.mark.parametrize("path", ["/webhook", "/api/webhook"])
async def test_the_handshake_gives_the_challenge_back_raw(shared_stage: Stage, path: str) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444"}
    async with shared_stage.http.get(shared_stage.url + path, params=query) as answer:
        assert (answer.status, await answer.text()) == (200, "1158201444")
        assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"hub.mode": "subscribe", "hub.verify_token": "another", "hub.challenge": "1"},
        {"hub.mode": "subscribe", "hub.challenge": "1"},
        {"hub.mode": "unsubscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1"},
        {"hub.mode": "subscribe", "hub.verify_token": "ñ\ud83d\0"[:1], "hub.challenge": "1"},
    ],
)
async def test_a_handshake_that_is_not_ours_is_refused(shared_stage: Stage, query: dict[str, str]) -> None:
    async with shared_stage.http.get(f"{shared_stage.url}/webhook", params=query) as answer:
        assert await problem(answer) == (403, "bad_verify_token")


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("PUT", "/webhook", (405, "method_not_allowed")),
        ("DELETE", "/webhook", (405, "method_not_allowed")),
        ("GET", "/nowhere", (404, "not_found")),
        ("POST", "/health/live", (405, "method_not_allowed")),
    ],
)
async def test_an_address_or_method_we_do_not_have_is_a_problem_document(
    shared_stage: Stage, method: str, path: str, expected: tuple[int, str]
) -> None:
    async with shared_stage.http.request(method, shared_stage.url + path) as answer:
        assert await problem(answer) == expected
