"""What tests tell a running simulator to happen: to numbers, tokens, templates and people."""

from typing import Any, Literal

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from marchante.simulator.config import SimulatedNumber
from marchante.simulator.core import Simulator
from marchante.simulator.message_templates import Template, checked_status
from marchante.simulator.standing import Health, NumberStatus


class StandingBody(BaseModel):
    """What changes of a number; see `Standing`. `throughput` HIGH is the upgrade to 1,000 messages a second."""

    status: NumberStatus | None = None
    quality: Literal["GREEN", "YELLOW", "RED", "UNKNOWN"] | None = None
    messaging_limit: str | None = Field(default=None, pattern="^TIER_")
    name_status: str | None = None
    health: Health | None = None
    health_error: dict[str, Any] | None = None
    catalog_id: str | None = None
    throughput: Literal["HIGH"] | None = None


class TemplateBody(BaseModel):
    """Meta's next word on a template; what is left out stays."""

    status: str | None = None
    reason: str = "NONE"
    category: Literal["MARKETING", "UTILITY"] | None = None
    quality: Literal["GREEN", "YELLOW", "RED", "UNKNOWN"] | None = None


class MoveBody(BaseModel):
    """A person's new number and, where the person has one, the new user id that comes with it."""

    wa_id: str = Field(pattern=r"^\d{7,15}$")
    user_id: str | None = None


def event_router(simulator: Simulator) -> APIRouter:
    """Routes under /sim that make something happen."""
    router = APIRouter(prefix="/sim")

    @router.post("/numbers/{phone_number_id}/standing")
    async def restand(phone_number_id: str, body: StandingBody) -> dict[str, bool]:
        number = _number(simulator, phone_number_id)
        simulator.events.restand(number, body.model_dump(exclude_unset=True, exclude={"throughput"}))
        if body.throughput is not None:
            simulator.events.upgrade(number)
        return {"success": True}

    @router.post("/signups")
    async def sign_up(phone_number_id: str) -> dict[str, str]:
        """The owner of the number finished Embedded Signup; the code lives 30 seconds."""
        return {"code": simulator.tokens.signed_up(_number(simulator, phone_number_id).phone_number_id)}

    @router.post("/tokens/{token}/expire")
    async def expire(token: str) -> dict[str, bool]:
        simulator.tokens.expire(token)
        return {"success": True}

    @router.post("/templates/{template_id}")
    async def judge(template_id: str, body: TemplateBody) -> dict[str, bool]:
        _judge(simulator, template_id, body)
        return {"success": True}

    @router.post("/customers/{wa_id}/phone")
    async def change_phone(wa_id: str, body: MoveBody) -> dict[str, str]:
        customer = simulator.store.customers.get(wa_id)
        if customer is None:
            raise HTTPException(404, "no such customer")
        return {"wa_id": simulator.events.change_phone(customer, body.wa_id, body.user_id).wa_id}

    return router


def _judge(simulator: Simulator, template_id: str, body: TemplateBody) -> None:
    if body.status is not None:
        simulator.reviews.decide(_template(simulator, template_id), checked_status(body.status), body.reason)
    if body.category is not None:
        simulator.reviews.move_to_category(_template(simulator, template_id), body.category)
    if body.quality is not None:
        simulator.reviews.rate(_template(simulator, template_id), body.quality)


def _number(simulator: Simulator, phone_number_id: str) -> SimulatedNumber:
    number = simulator.store.numbers.get(phone_number_id)
    if number is None:
        raise HTTPException(404, "no such number")
    return number


def _template(simulator: Simulator, template_id: str) -> Template:
    template = simulator.templates.by_id(template_id)
    if template is None:
        raise HTTPException(404, "no such template")
    return template
