"""The fake WhatsApp of our tests keeps the same contract as the real gateway."""

from collections.abc import AsyncIterator
from typing import Any, Protocol

import pytest
from tests.fakes.graph import FakeGateway, graph_error, graph_failure
from tests.fakes.graph_server import HANG_UP, StubGraph, stub_graph

from marchante.channels.whatsapp.errors import Action
from marchante.channels.whatsapp.gateway import GraphGateway, open_gateway
from marchante.channels.whatsapp.messages import Recipient, Text, to_wire
from marchante.channels.whatsapp.ports import (
    Accepted,
    Acknowledged,
    Fetched,
    InDoubt,
    MessageGateway,
    NeverSent,
    NumberGateway,
    Refused,
)

TO_PHONE = to_wire(Text("Hola"), Recipient("5215500000001"), callback_data="out:7")
TO_BSUID = to_wire(Text("Hola"), Recipient(bsuid="MX.1"))
CLOSED = "http://127.0.0.1:9"  # the discard port: nothing listens there


class Both(MessageGateway, NumberGateway, Protocol):
    pass


class Setting(Protocol):
    """A gateway and what the far end does next."""

    gateway: Both

    def accepts(self, frame: dict[str, Any]) -> None: ...
    def refuses(self, code: int) -> None: ...
    def dies_after_receiving(self) -> None: ...
    def is_down(self) -> None: ...
    def knows(self, phone_number_id: str, fields: dict[str, Any]) -> None: ...
    def left(self) -> int: ...


class FakeSetting:
    def __init__(self) -> None:
        self.fake = self.gateway = FakeGateway()

    def accepts(self, frame: dict[str, Any]) -> None:
        pass

    def refuses(self, code: int) -> None:
        self.fake.will(Refused(graph_failure(code)))

    def dies_after_receiving(self) -> None:
        self.fake.will(InDoubt("connection_lost"))

    def is_down(self) -> None:
        self.fake.will(NeverSent("connect_refused"))

    def knows(self, phone_number_id: str, fields: dict[str, Any]) -> None:
        self.fake.numbers[phone_number_id] = fields

    def left(self) -> int:
        return len(self.fake.sent)


class RealSetting:
    def __init__(self, stub: StubGraph, gateway: GraphGateway) -> None:
        self.stub = stub
        self.gateway = gateway

    def accepts(self, frame: dict[str, Any]) -> None:
        if "to" in frame:
            contact = {"input": frame["to"], "wa_id": frame["to"].removeprefix("+")}
        else:
            contact = {"input": frame["recipient"], "user_id": frame["recipient"]}
        self.stub.answers({"contacts": [contact], "messages": [{"id": f"wamid.{len(self.stub.received)}"}]})

    def refuses(self, code: int) -> None:
        self.stub.answers(graph_error(code), status=400)

    def dies_after_receiving(self) -> None:
        self.stub.script.append(HANG_UP)

    def is_down(self) -> None:
        self.gateway._root = f"{CLOSED}/v25.0"

    def knows(self, phone_number_id: str, fields: dict[str, Any]) -> None:
        self.stub.answers(fields)

    def left(self) -> int:
        return len(self.stub.received)


@pytest.fixture(params=["fake", "real"])
async def setting(request: pytest.FixtureRequest) -> AsyncIterator[Setting]:
    if request.param == "fake":
        yield FakeSetting()
        return
    async with stub_graph() as stub, open_gateway(stub.url, "v25.0") as gateway:
        yield RealSetting(stub, gateway)


async def test_an_accepted_message_has_an_id_and_names_whom_it_reached(setting):
    setting.accepts(TO_PHONE)
    accepted = await setting.gateway.send("1001", "token", TO_PHONE)
    assert isinstance(accepted, Accepted)
    assert accepted.wamid
    assert (accepted.wa_id, accepted.user_id, accepted.message_status) == ("5215500000001", None, None)


async def test_a_message_to_a_bsuid_names_the_bsuid(setting):
    setting.accepts(TO_BSUID)
    accepted = await setting.gateway.send("1001", "token", TO_BSUID)
    assert isinstance(accepted, Accepted)
    assert (accepted.wa_id, accepted.user_id) == (None, "MX.1")


async def test_two_messages_have_two_ids(setting):
    wamids = set()
    for _ in range(2):
        setting.accepts(TO_PHONE)
        wamids.add((await setting.gateway.send("1001", "token", TO_PHONE)).wamid)
    assert len(wamids) == 2


async def test_a_refusal_says_what_to_do(setting):
    setting.refuses(131056)
    refused = await setting.gateway.send("1001", "token", TO_PHONE)
    assert isinstance(refused, Refused)
    assert (refused.failure.code, refused.failure.action) == (131056, Action.WAIT_PAIR)
    assert setting.left() == 1


async def test_a_message_that_left_without_an_answer_is_in_doubt(setting):
    setting.dies_after_receiving()
    assert await setting.gateway.send("1001", "token", TO_PHONE) == InDoubt("connection_lost")
    assert setting.left() == 1


async def test_a_message_that_never_left_is_known_not_to_have_left(setting):
    setting.is_down()
    assert await setting.gateway.send("1001", "token", TO_PHONE) == NeverSent("connect_refused")
    assert setting.left() == 0


async def test_a_read_receipt_is_acknowledged(setting):
    if isinstance(setting, RealSetting):
        setting.stub.answers({"success": True})
    assert await setting.gateway.mark_read("1001", "token", "wamid.1", typing=True) == Acknowledged()


async def test_a_number_tells_about_itself(setting):
    setting.knows("1001", {"id": "1001", "throughput": {"level": "HIGH"}})
    assert await setting.gateway.number_info("1001", "token", ["throughput"]) == Fetched(
        {"id": "1001", "throughput": {"level": "HIGH"}}
    )


async def test_a_number_out_of_reach_of_the_token_stops_that_number(setting):
    if isinstance(setting, RealSetting):
        setting.stub.answers(graph_error(100, subcode=33), status=400)
    refused = await setting.gateway.number_info("404", "token", ["throughput"])
    assert isinstance(refused, Refused)
    assert refused.failure.action is Action.STOP_NUMBER


async def test_an_account_is_heard_once_it_is_subscribed(setting):
    app = {"whatsapp_business_api_data": {"id": "1"}}
    if isinstance(setting, RealSetting):
        for answer in ({"data": []}, {"success": True}, {"data": [app]}):
            setting.stub.answers(answer)
    assert await setting.gateway.subscribed_apps("9001", "token") == Fetched({"data": []})
    assert await setting.gateway.subscribe("9001", "token") == Acknowledged()
    assert await setting.gateway.subscribed_apps("9001", "token") == Fetched({"data": [app]})
    if isinstance(setting, RealSetting):
        assert [(request.method, request.path) for request in setting.stub.received] == [
            ("GET", "/v25.0/9001/subscribed_apps"),
            ("POST", "/v25.0/9001/subscribed_apps"),
            ("GET", "/v25.0/9001/subscribed_apps"),
        ]
