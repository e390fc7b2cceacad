"""What the rest of the product needs from WhatsApp, and every way a call can end.

The four outcomes of a send are the whole point: only `NeverSent` may be repeated blindly, and `InDoubt` must wait for a
status, because Meta has no idempotency key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from marchante.channels.whatsapp.errors import GraphFailure
from marchante.channels.whatsapp.template_definition import TemplateDefinition


@dataclass(frozen=True, slots=True)
class Accepted:
    """Meta took the message; whether it arrives, statuses tell. `wa_id` may be another form of the number than the one
    given, `user_id` is the BSUID. `message_status` comes with templates only.
    """

    wamid: str
    wa_id: str | None = None
    user_id: str | None = None
    message_status: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Meta answered no: nothing was sent."""

    failure: GraphFailure


@dataclass(frozen=True, slots=True)
class NeverSent:
    """The request never left: safe to repeat. `reason` is a short code for logs and metrics."""

    reason: str


@dataclass(frozen=True, slots=True)
class InDoubt:
    """The request left and no readable answer came: the customer may have the message."""

    reason: str


SendOutcome = Accepted | Refused | NeverSent | InDoubt


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Done; there is nothing else to know."""


AcknowledgeOutcome = Acknowledged | Refused | NeverSent | InDoubt


@dataclass(frozen=True, slots=True)
class Fetched:
    """The object that was asked for, in Meta's words."""

    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No readable answer to a question that changes nothing: ask again later."""

    reason: str


FetchOutcome = Fetched | Refused | Unreachable


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """Where a file can be fetched during the next 5 minutes. `size` in bytes."""

    url: str
    mime_type: str | None
    sha256: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class Downloaded:
    content: bytes
    mime_type: str | None


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The id is valid for 30 days, for the number it was uploaded to."""

    media_id: str


@dataclass(frozen=True, slots=True)
class RemoteTemplate:
    """A template as Meta has it. `body` and `footer` are what it says; `reason` why it was rejected, if it was."""

    id: str
    name: str
    language: str
    status: str
    category: str
    body: str
    footer: str | None = None
    reason: str | None = None


class MessageGateway(Protocol):
    """Sends from a number of ours. No method raises for what Meta or the network does."""

    async def send(self, phone_number_id: str, token: str, frame: Mapping[str, Any]) -> SendOutcome:
        """POST one `messages.frame(...)`."""
        ...

    async def mark_read(self, phone_number_id: str, token: str, wamid: str, *, typing: bool) -> AcknowledgeOutcome:
        """Blue ticks and, with `typing`, "escribiendo…". Best effort."""
        ...


class NumberGateway(Protocol):
    """Asks about a number of ours, and whether we hear of its account."""

    async def number_info(self, phone_number_id: str, token: str, fields: Sequence[str]) -> FetchOutcome:
        """`fields` in Meta's names, such as `throughput` or `platform_type`."""
        ...

    async def subscribed_apps(self, waba_id: str, token: str) -> FetchOutcome:
        """`data` lists the apps that get the webhooks of this account."""
        ...

    async def subscribe(self, waba_id: str, token: str) -> AcknowledgeOutcome:
        """From now on our app gets them. Only for an account without any app: it undoes where webhooks were sent to."""
        ...


class TemplateGateway(Protocol):
    """The templates of a shop's account. No method raises for what Meta or the network does."""

    async def list_templates(self, waba_id: str, token: str) -> Sequence[RemoteTemplate] | Refused | Unreachable: ...

    async def create_template(
        self, waba_id: str, token: str, definition: TemplateDefinition
    ) -> RemoteTemplate | Refused | Unreachable: ...

    async def edit_template(
        self, template_id: str, token: str, definition: TemplateDefinition
    ) -> Acknowledged | Refused | Unreachable:
        """Meta looks at it anew: it is pending until it is approved again."""
        ...


class MediaGateway(Protocol):
    """Files of customers, and files for them."""

    async def media_info(
        self, media_id: str, token: str, phone_number_id: str | None = None
    ) -> MediaInfo | Refused | Unreachable: ...

    async def download(self, url: str, token: str, limit: int) -> Downloaded | Refused | Unreachable:
        """The file at a `MediaInfo.url`; Unreachable("too_large") above `limit` bytes."""
        ...

    async def upload(
        self, phone_number_id: str, token: str, content: bytes, mime_type: str, filename: str
    ) -> Uploaded | Refused | Unreachable: ...
