"""The Postman collection is what the fixtures make of it, and a server answers every request in it as it says."""

import re
from collections.abc import Iterator
from typing import Any

from tests.acceptance.stage import VERIFY_TOKEN, Stage
from tests.fixtures.postman import COLLECTION, collection, text


def requests(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "request" in item:
        yield item
    for inner in item.get("item", []):
        yield from requests(inner)


def expected_status(item: dict[str, Any]) -> int:
    [test] = [event for event in item["event"] if event["listen"] == "test"]
    found = re.search(r"have\.status\((\d+)\)", "".join(test["script"]["exec"]))
    assert found is not None
    return int(found[1])


def test_the_collection_is_generated_from_the_fixtures() -> None:
    assert COLLECTION.read_text() == text(), "run: python -m tests.fixtures.postman"


async def test_every_request_of_the_collection_is_answered_as_it_says(stage: Stage) -> None:
    replayed = 0
    for item in requests(collection()):
        request = item["request"]
        if request["method"] == "POST":
            signed = any(event["listen"] == "prerequest" for event in item["event"])
            answer = await stage.post(request["body"]["raw"].encode(), None if signed else "")
            status = answer.status
        else:
            query = {
                pair["key"]: pair["value"].replace("{{verify_token}}", VERIFY_TOKEN) for pair in request["url"]["query"]
            }
            async with stage.http.get(f"{stage.url}/webhook", params=query) as answer:
                status = answer.status
        assert status == expected_status(item), item["name"]
        replayed += 1
    assert replayed > 100
