"""A WhatsApp that lives in the test: records what it is asked to send and answers what it was told to."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marchante.channels.whatsapp.errors import GraphFailure, read_failure
from marchante.channels.whatsapp.ports import (
    Accepted,
    Acknowledged,
    AcknowledgeOutcome,
    Downloaded,
    Fetched,
    FetchOutcome,
    MediaInfo,
    NeverSent,
    Refused,
    SendOutcome,
    Unreachable,
    Uploaded,
)
from marchante.channels.whatsapp.wire_json import dumps
from marchante.foundation.kernel.phone import digits


@dataclass(frozen=True, slots=True)
class SentFrame:
    """One POST that reached the fake."""

    phone_number_id: str
    token: str
    frame: dict[str, Any]


@dataclass(slots=True)
class FakeGateway:
    """Accepts every message with a fresh wamid unless `will` queued another outcome for the next sends.

    `sent` holds every frame that left, also those that were refused or ended in doubt; a `NeverSent` leaves no trace.
    """

    sent: list[SentFrame] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    typing: list[str] = field(default_factory=list)
    numbers: dict[str, dict[str, Any]] = field(default_factory=dict)
    subscribed: set[str] = field(default_factory=set)
    _next: deque[SendOutcome] = field(default_factory=deque)

    def will(self, *outcomes: SendOutcome) -> None:
        """The outcomes of the next sends, in order."""
        self._next.extend(outcomes)

    @property
    def frames(self) -> list[dict[str, Any]]:
        """The bodies of what left, in order."""
        return [sent.frame for sent in self.sent]

    async def send(self, phone_number_id: str, token: str, frame: Mapping[str, Any]) -> SendOutcome:
        outcome = self._next.popleft() if self._next else self._accept(frame)
        if not isinstance(outcome, NeverSent):
            self.sent.append(SentFrame(phone_number_id, token, dict(frame)))
        return outcome

    def _accept(self, frame: Mapping[str, Any]) -> Accepted:
        wamid = f"wamid.fake.{len(self.sent) + 1}"
        if "to" in frame:
            return Accepted(wamid, wa_id=digits(frame["to"]))
        return Accepted(wamid, user_id=frame["recipient"])

    async def mark_read(self, phone_number_id: str, token: str, wamid: str, *, typing: bool) -> AcknowledgeOutcome:
        (self.typing if typing else self.read).append(wamid)
        return Acknowledged()

    async def number_info(self, phone_number_id: str, token: str, fields: Sequence[str]) -> FetchOutcome:
        number = self.numbers.get(phone_number_id)
        if number is None:
            return Refused(graph_failure(100, subcode=33))
        return Fetched({name: number[name] for name in ("id", *fields) if name in number})

    async def subscribed_apps(self, waba_id: str, token: str) -> FetchOutcome:
        return Fetched({"data": [{"whatsapp_business_api_data": {"id": "1"}}] if waba_id in self.subscribed else []})

    async def subscribe(self, waba_id: str, token: str) -> AcknowledgeOutcome:
        self.subscribed.add(waba_id)
        return Acknowledged()


@dataclass(slots=True)
class FakeMedia:
    """Files by media id; an unknown one is refused the way Graph refuses it."""

    files: dict[str, Downloaded] = field(default_factory=dict)

    async def media_info(
        self, media_id: str, token: str, phone_number_id: str | None = None
    ) -> MediaInfo | Refused | Unreachable:
        file = self.files.get(media_id)
        if file is None:
            return Refused(graph_failure(100, subcode=33))
        return MediaInfo(f"https://lookaside.fbsbx.com/{media_id}", file.mime_type, None, len(file.content))

    async def download(self, url: str, token: str, limit: int) -> Downloaded | Refused | Unreachable:
        file = self.files.get(url.rpartition("/")[2])
        if file is None:
            return Refused(graph_failure(None, http_status=404))
        return file if len(file.content) <= limit else Unreachable("too_large")

    async def upload(
        self, phone_number_id: str, token: str, content: bytes, mime_type: str, filename: str
    ) -> Uploaded | Refused | Unreachable:
        media_id = f"{9000 + len(self.files)}"
        self.files[media_id] = Downloaded(content, mime_type)
        return Uploaded(media_id)


def graph_error(code: int, details: str = "", subcode: int | None = None) -> dict[str, Any]:
    """The body of a refusal, as Graph writes it."""
    error: dict[str, Any] = {
        "message": f"(#{code}) refused",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": details},
        "fbtrace_id": "Afake",
    }
    if subcode is not None:
        error["error_subcode"] = subcode
    return {"error": error}


def graph_failure(
    code: int | None, details: str = "", http_status: int = 400, subcode: int | None = None
) -> GraphFailure:
    """The failure a refusal with this code is read as: `FakeGateway().will(Refused(graph_failure(131056)))`."""
    body = b"" if code is None else dumps(graph_error(code, details, subcode))
    return read_failure(http_status, body)
