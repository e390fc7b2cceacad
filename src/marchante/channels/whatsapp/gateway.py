"""Graph over HTTP: messages, read receipts and what a number says about itself."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import aiohttp

from marchante.channels.whatsapp.errors import read_failure
from marchante.channels.whatsapp.messages import read_receipt
from marchante.channels.whatsapp.ports import (
    Accepted,
    Acknowledged,
    AcknowledgeOutcome,
    Fetched,
    FetchOutcome,
    InDoubt,
    NeverSent,
    Refused,
    SendOutcome,
    Unreachable,
)
from marchante.channels.whatsapp.transport import Answer, exchange, graph_session
from marchante.channels.whatsapp.wire_json import dumps, identifier, loads, mapping, sequence, text

_OK = 200
_GATEWAY_TIMEOUT = 504
_JSON = {"Content-Type": "application/json"}


class GraphGateway:
    """The real `MessageGateway` and `NumberGateway`. Holds no company data: number and token come with each call, so
    one gateway serves all companies over one pool of connections.
    """

    def __init__(self, session: aiohttp.ClientSession, base_url: str, version: str) -> None:
        """`session` comes from `graph_session`; `base_url` is WHATSAPP_API_URL, `version` WHATSAPP_API_VERSION."""
        self._session = session
        self._root = f"{base_url.rstrip('/')}/{version.strip('/')}"

    def url(self, *path: str) -> str:
        """The address of a Graph object."""
        return "/".join((self._root, *(quote(part, safe="") for part in path)))

    async def send(self, phone_number_id: str, token: str, frame: Mapping[str, Any]) -> SendOutcome:
        """POST one frame. Never raises for what Meta or the network does."""
        answer = await self._post(self.url(phone_number_id, "messages"), token, frame)
        if not isinstance(answer, Answer):
            return answer
        if answer.status != _OK:
            return _refusal(answer)
        return _accepted(answer)

    async def mark_read(self, phone_number_id: str, token: str, wamid: str, *, typing: bool) -> AcknowledgeOutcome:
        """Blue ticks and, with `typing`, the typing indicator."""
        answer = await self._post(self.url(phone_number_id, "messages"), token, read_receipt(wamid, typing=typing))
        if not isinstance(answer, Answer):
            return answer
        return Acknowledged() if answer.status == _OK else _refusal(answer)

    async def number_info(self, phone_number_id: str, token: str, fields: Sequence[str]) -> FetchOutcome:
        """Those fields of a phone number, in Meta's names."""
        return await self.fetch(self.url(phone_number_id), token, {"fields": ",".join(fields)})

    async def subscribed_apps(self, waba_id: str, token: str) -> FetchOutcome:
        """The apps that get the webhooks of an account."""
        return await self.fetch(self.url(waba_id, "subscribed_apps"), token)

    async def subscribe(self, waba_id: str, token: str) -> AcknowledgeOutcome:
        """Our app gets them from now on."""
        answer = await self._post(self.url(waba_id, "subscribed_apps"), token, {})
        if not isinstance(answer, Answer):
            return answer
        return Acknowledged() if answer.status == _OK else _refusal(answer)

    async def fetch(self, url: str, token: str, parameters: Mapping[str, str] | None = None) -> FetchOutcome:
        """GET any Graph object by the address `url()` gives."""
        answer = await exchange(self._session, "GET", url, token, params=parameters)
        if not isinstance(answer, Answer):
            return Unreachable(answer.reason)
        if answer.status != _OK:
            return Refused(read_failure(answer.status, answer.body))
        fields = read_object(answer)
        return Unreachable("unreadable_answer") if fields is None else Fetched(fields)

    async def _post(self, url: str, token: str, body: Mapping[str, Any]) -> Answer | NeverSent | InDoubt:
        return await exchange(self._session, "POST", url, token, data=dumps(dict(body)), headers=_JSON)


@asynccontextmanager
async def open_gateway(base_url: str, version: str, connections: int = 100) -> AsyncIterator[GraphGateway]:
    """A gateway with its own session, closed at the end."""
    async with graph_session(connections) as session:
        yield GraphGateway(session, base_url, version)


def read_object(answer: Answer) -> dict[str, Any] | None:
    """The JSON object of an answer, or None."""
    try:
        value = loads(answer.body)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _refusal(answer: Answer) -> Refused | InDoubt:
    failure = read_failure(answer.status, answer.body)
    if answer.status == _GATEWAY_TIMEOUT and failure.code is None:
        # A proxy gave up waiting: Graph behind it may well have taken the message.
        return InDoubt("gateway_timeout")
    return Refused(failure)


def _accepted(answer: Answer) -> SendOutcome:
    fields = read_object(answer) or {}
    if "error" in fields:
        return Refused(read_failure(answer.status, answer.body))
    messages, contacts = sequence(fields.get("messages")), sequence(fields.get("contacts"))
    message = mapping(messages[0]) if messages else {}
    contact = mapping(contacts[0]) if contacts else {}
    wamid = identifier(message.get("id"))
    if wamid is None:
        return InDoubt("unreadable_answer")
    return Accepted(
        wamid=wamid,
        wa_id=identifier(contact.get("wa_id")),
        user_id=identifier(contact.get("user_id")),
        message_status=text(message.get("message_status")),
    )
