"""Templates over Graph: list, create, edit."""

from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp

from marchante.channels.whatsapp.errors import read_failure
from marchante.channels.whatsapp.gateway import GraphGateway, read_object
from marchante.channels.whatsapp.ports import (
    Acknowledged,
    Fetched,
    Refused,
    RemoteTemplate,
    Unreachable,
)
from marchante.channels.whatsapp.template_definition import TemplateDefinition
from marchante.channels.whatsapp.transport import Answer, exchange
from marchante.channels.whatsapp.wire_json import dumps, identifier, mapping, sequence, text

_OK = 200
_FIELDS = "id,name,language,status,category,components,rejected_reason"
_PAGE = 200
# An account has 6,000 templates at the most.
_MOST_PAGES = 40
_JSON = {"Content-Type": "application/json"}


class GraphTemplates:
    """The real `TemplateGateway`."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, version: str) -> None:
        """As `GraphGateway`."""
        self._session = session
        self._graph = GraphGateway(session, base_url, version)

    async def list_templates(self, waba_id: str, token: str) -> Sequence[RemoteTemplate] | Refused | Unreachable:
        """All of them, page by page."""
        url, found = self._graph.url(waba_id, "message_templates"), list[RemoteTemplate]()
        parameters = {"fields": _FIELDS, "limit": str(_PAGE)}
        for _ in range(_MOST_PAGES):
            page = await self._graph.fetch(url, token, parameters)
            if not isinstance(page, Fetched):
                return page
            found += filter(None, map(_template, sequence(page.fields.get("data"))))
            after = _next_page(page.fields)
            if after is None:
                return found
            parameters = parameters | {"after": after}
        return Unreachable("too_many_pages")

    async def create_template(
        self, waba_id: str, token: str, definition: TemplateDefinition
    ) -> RemoteTemplate | Refused | Unreachable:
        """Meta says at once what it thinks of it, usually PENDING."""
        url = self._graph.url(waba_id, "message_templates")
        fields = await self._post(url, token, definition.as_created())
        if not isinstance(fields, dict):
            return fields
        created = _template({"name": definition.name, "language": definition.language, **fields})
        return created or Unreachable("unreadable_answer")

    async def edit_template(
        self, template_id: str, token: str, definition: TemplateDefinition
    ) -> Acknowledged | Refused | Unreachable:
        fields = await self._post(self._graph.url(template_id), token, {"components": definition.components()})
        return Acknowledged() if isinstance(fields, dict) else fields

    async def _post(self, url: str, token: str, body: Mapping[str, Any]) -> dict[str, Any] | Refused | Unreachable:
        answer = await exchange(self._session, "POST", url, token, data=dumps(dict(body)), headers=_JSON)
        if not isinstance(answer, Answer):
            return Unreachable(answer.reason)
        if answer.status != _OK:
            return Refused(read_failure(answer.status, answer.body))
        fields = read_object(answer)
        return Unreachable("unreadable_answer") if fields is None else fields


def _next_page(fields: Mapping[str, Any]) -> str | None:
    paging = mapping(fields.get("paging"))
    return identifier(mapping(paging.get("cursors")).get("after")) if paging.get("next") else None


def _template(entry: Any) -> RemoteTemplate | None:
    fields = mapping(entry)
    template_id, name, language = (
        identifier(fields.get("id")),
        text(fields.get("name")),
        text(fields.get("language")),
    )
    if template_id is None or not name or not language:
        return None
    reason = text(fields.get("rejected_reason"))
    parts = [mapping(part) for part in sequence(fields.get("components"))]
    return RemoteTemplate(
        id=template_id,
        name=name,
        language=language,
        status=(text(fields.get("status")) or "PENDING").upper(),
        category=(text(fields.get("category")) or "UNKNOWN").upper(),
        body=_said(parts, "BODY") or "",
        footer=_said(parts, "FOOTER"),
        reason=None if reason in {"NONE", ""} else reason,
    )


def _said(parts: Sequence[Mapping[str, Any]], kind: str) -> str | None:
    return next((text(part.get("text")) for part in parts if str(part.get("type")).upper() == kind), None)
