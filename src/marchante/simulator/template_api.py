"""Templates of an account in the Graph API."""

import base64
import binascii
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from marchante.simulator.core import Simulator
from marchante.simulator.errors import GraphError
from marchante.simulator.graph_api import authorised_account, json_object, wanted_fields
from marchante.simulator.message_templates import MOST_TEMPLATES, Template


class _Listing(BaseModel):
    """What a list of templates can be asked for; `status`, `language` and `category` may hold several by commas."""

    name: str | None = None
    status: str | None = None
    language: str | None = None
    category: str | None = None
    fields: str | None = None
    summary: str | None = None
    limit: int = 25
    after: str | None = None

    def takes(self, template: Template) -> bool:
        """Meta finds a template by any part of its name."""
        return (self.name is None or self.name in template.name) and all(
            wanted is None or value in wanted.replace('"', "").strip("[]").split(",")
            for wanted, value in (
                (self.status, template.status),
                (self.language, template.language),
                (self.category, template.category),
            )
        )


def template_router(simulator: Simulator) -> APIRouter:
    """/{version}/{waba_id}/message_templates."""
    router = APIRouter()

    @router.get("/{version}/{object_id}/message_templates")
    async def listed(
        version: str, object_id: str, request: Request, wanted: Annotated[_Listing, Query()]
    ) -> dict[str, Any]:
        authorised_account(simulator, version, object_id, request)
        templates = simulator.templates.of_account(object_id)
        found = [template for template in templates if wanted.takes(template)]
        page = _page(found, wanted)
        if wanted.summary is not None:
            page["summary"] = {
                "total_count": len(found),
                "message_template_count": len(templates),
                "message_template_limit": MOST_TEMPLATES,
                "are_translations_complete": False,
            }
        return page

    @router.post("/{version}/{object_id}/message_templates")
    async def create(version: str, object_id: str, request: Request) -> dict[str, Any]:
        authorised_account(simulator, version, object_id, request)
        wanted, now = json_object(await request.body()), simulator.clock().timestamp()
        template = simulator.templates.create(object_id, wanted, now)
        simulator.reviews.begin(template)
        return {"id": template.id, "status": template.status, "category": template.category}

    @router.delete("/{version}/{object_id}/message_templates")
    async def delete(
        version: str, object_id: str, request: Request, name: str | None = None, hsm_id: str | None = None
    ) -> dict[str, bool]:
        authorised_account(simulator, version, object_id, request)
        simulator.templates.delete(object_id, name=name, template_id=hsm_id)
        return {"success": True}

    return router


def _page(found: list[Template], wanted: _Listing) -> dict[str, Any]:
    begin = 0 if wanted.after is None else _offset(wanted.after)
    end = begin + max(1, wanted.limit)
    page: dict[str, Any] = {
        "data": [wanted_fields(template.for_graph(), wanted.fields) for template in found[begin:end]]
    }
    if page["data"]:
        page["paging"] = {"cursors": {"before": _cursor(begin), "after": _cursor(end)}}
    return page


def _cursor(offset: int) -> str:
    return base64.b64encode(str(offset).encode()).decode()


def _offset(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True))
    except (binascii.Error, ValueError) as error:
        raise GraphError(131059, "The cursor is not one of this list") from error
