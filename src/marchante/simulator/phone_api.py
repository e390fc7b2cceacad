"""What the phone page calls."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Response
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import BaseModel, Field

from marchante.simulator.config import SimulatedCustomer, SimulatedNumber
from marchante.simulator.core import Simulator
from marchante.simulator.errors import GraphError
from marchante.simulator.identifiers import new_mexican_mobile, new_user_id, phone_digits
from marchante.simulator.written import Written, content_of

PAGE = Path(__file__).parent / "templates" / "phone.html"
_CHAT = "/chats/{wa_id}/{phone_number_id}"


class NewCustomer(BaseModel):
    name: str = Field(min_length=1, max_length=120)
    wa_id: str | None = None


def phone_router(simulator: Simulator) -> APIRouter:
    """The page and its API."""
    router = APIRouter(prefix="/phone")

    @router.get("")
    async def page() -> FileResponse:
        if not PAGE.exists():
            raise HTTPException(404, "La página del teléfono no está instalada.")
        return FileResponse(PAGE, media_type="text/html")

    @router.get("/api/state")
    async def state() -> dict[str, Any]:
        return {
            "numbers": [_number_row(number) for number in simulator.store.numbers.values()],
            "customers": [_customer_row(customer) for customer in simulator.store.customers.values()],
        }

    @router.post("/api/customers")
    async def add_customer(body: NewCustomer) -> dict[str, Any]:
        wa_id = new_mexican_mobile() if body.wa_id is None else phone_digits(body.wa_id)
        if wa_id is None or not 7 <= len(wa_id) <= 15:  # noqa: PLR2004
            raise HTTPException(422, "Eso no es un número de teléfono.")
        if simulator.store.customer_by_phone(wa_id) is not None:
            raise HTTPException(409, "Ese número ya es de otro cliente.")
        customer = SimulatedCustomer(wa_id=wa_id, name=body.name, user_id=new_user_id())
        simulator.store.add_customer(customer)
        return _customer_row(customer)

    @router.get("/api/media/{media_id}")
    async def media(media_id: str) -> Response:
        try:
            stored = simulator.media.get(media_id)
        except GraphError as error:
            raise HTTPException(404, "Ese archivo ya no existe.") from error
        return Response(stored.content, media_type=stored.mime_type)

    _chat_routes(router, simulator)
    return router


def _chat_routes(router: APIRouter, simulator: Simulator) -> None:
    @router.get(f"/api{_CHAT}")
    async def chat(wa_id: str, phone_number_id: str) -> dict[str, Any]:
        _parties(simulator, wa_id, phone_number_id)
        return {"entries": [entry.for_phone() for entry in simulator.store.chat((wa_id, phone_number_id))]}

    @router.get(f"/api{_CHAT}/stream")
    async def stream(wa_id: str, phone_number_id: str) -> StreamingResponse:
        _parties(simulator, wa_id, phone_number_id)
        events = simulator.streams.events((wa_id, phone_number_id))
        return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    @router.post(f"/api{_CHAT}/messages")
    async def write(wa_id: str, phone_number_id: str, body: Written) -> dict[str, str]:
        customer, number = _parties(simulator, wa_id, phone_number_id)
        kind, content = content_of(simulator, number, body)
        return {"wamid": simulator.phones.write(customer, number, kind, content, body.timestamp, body.omit)}

    @router.post(f"/api{_CHAT}/seen")
    async def seen(wa_id: str, phone_number_id: str) -> dict[str, bool]:
        _parties(simulator, wa_id, phone_number_id)
        simulator.phones.seen((wa_id, phone_number_id))
        return {"success": True}


def _parties(simulator: Simulator, wa_id: str, phone_number_id: str) -> tuple[SimulatedCustomer, SimulatedNumber]:
    customer = simulator.store.customers.get(wa_id)
    number = simulator.store.numbers.get(phone_number_id)
    if customer is None or number is None:
        raise HTTPException(404, "No hay tal cliente o tal tienda.")
    return customer, number


def _number_row(number: SimulatedNumber) -> dict[str, Any]:
    return {
        "phone_number_id": number.phone_number_id,
        "name": number.verified_name,
        "display_phone": number.display_phone,
    }


def _customer_row(customer: SimulatedCustomer) -> dict[str, Any]:
    return {"wa_id": customer.wa_id, "name": customer.name, "user_id": customer.user_id}
