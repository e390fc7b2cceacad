"""What tests and the demo tell a running simulator: numbers, customers, faults; and what they ask it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field

from marchante.simulator.config import SimulatedCustomer, SimulatedNumber, Throughput
from marchante.simulator.core import Simulator
from marchante.simulator.delivery import encode, sign
from marchante.simulator.faults import FaultKind, Match
from marchante.simulator.identifiers import match_key, phone_digits


class NumberBody(BaseModel):
    """A shop's number to add or replace."""

    phone_number_id: str
    waba_id: str
    display_phone: str
    verified_name: str
    tokens: list[str]
    throughput: Throughput = "STANDARD"
    platform_type: str = "CLOUD_API"
    is_on_biz_app: bool = False
    payment_method: bool = True


class CustomerBody(BaseModel):
    """A customer to add or replace."""

    wa_id: str = Field(pattern=r"^\d{7,15}$")
    name: str
    user_id: str | None = None
    username: str | None = None
    hides_phone: bool = False


class EchoBody(BaseModel):
    """What a person at the shop writes in the WhatsApp Business app of a number in coexistence."""

    phone_number_id: str
    wa_id: str
    text: str = Field(min_length=1, max_length=4096)


class MatchBody(BaseModel):
    """Which messages a fault meets; see `Match`."""

    model_config = ConfigDict(extra="forbid")

    phone_number_id: str | None = None
    to: str | None = None
    to_exact: str | None = None
    type: str | None = None
    contains: str | None = None


class FaultBody(BaseModel):
    """A fault. Every other key is an option of its kind.

    error: code, details, subcode, status, asynchronous. http: status, body, content_type. delay: seconds,
    before_accept. duplicate_webhooks: copies.
    """

    model_config = ConfigDict(extra="allow")

    kind: FaultKind
    match: MatchBody = Field(default_factory=MatchBody)
    times: int | None = Field(default=None, ge=1)
    after: int = Field(default=0, ge=0)
    chance: float = Field(default=1.0, gt=0, le=1)


def control_router(simulator: Simulator) -> APIRouter:
    """Everything under /sim."""
    router = APIRouter(prefix="/sim")

    @router.post("/numbers")
    async def add_number(body: NumberBody) -> dict[str, str]:
        simulator.store.add_number(SimulatedNumber(**{**body.model_dump(), "tokens": tuple(body.tokens)}))
        return {"phone_number_id": body.phone_number_id}

    @router.post("/customers")
    async def add_customer(body: CustomerBody) -> dict[str, str]:
        try:
            customer = SimulatedCustomer(**body.model_dump())
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        simulator.store.add_customer(customer)
        return {"wa_id": body.wa_id}

    @router.post("/echoes")
    async def write_by_hand(body: EchoBody) -> dict[str, str]:
        customer = simulator.store.customers.get(body.wa_id)
        number = simulator.store.numbers.get(body.phone_number_id)
        if customer is None or number is None:
            raise HTTPException(404, "no such customer or number")
        return {"wamid": simulator.phones.write_by_hand(customer, number, body.text)}

    _fault_routes(router, simulator)
    _record_routes(router, simulator)
    _webhook_routes(router, simulator)
    return router


def _fault_routes(router: APIRouter, simulator: Simulator) -> None:
    faults = simulator.sending.faults

    @router.post("/faults")
    async def add_fault(body: FaultBody) -> dict[str, int]:
        fault = faults.add(
            body.kind,
            Match(**body.match.model_dump()),
            times=body.times,
            after=body.after,
            chance=body.chance,
            options=dict(body.model_extra or {}),
        )
        return {"id": fault.id}

    @router.get("/faults")
    async def list_faults() -> dict[str, Any]:
        return {"faults": [fault.for_tests() for fault in faults.all()]}

    @router.delete("/faults")
    async def clear_faults(fault_id: Annotated[int | None, Query(alias="id")] = None) -> dict[str, bool]:
        faults.clear(fault_id)
        return {"success": True}


def _record_routes(router: APIRouter, simulator: Simulator) -> None:
    @router.get("/messages")
    async def accepted(phone_number_id: str | None = None, to: str | None = None) -> dict[str, Any]:
        wanted = None if to is None else match_key(phone_digits(to) or to)
        found = [
            entry.for_tests()
            for entry in simulator.store.sent_by_shops()
            if phone_number_id in {None, entry.phone_number_id} and wanted in {None, match_key(entry.wa_id)}
        ]
        return {"messages": found}

    @router.delete("/messages")
    async def forget() -> dict[str, bool]:
        simulator.store.forget_sent()
        simulator.refusals.clear()
        return {"success": True}

    @router.get("/refusals")
    async def refusals(phone_number_id: str | None = None) -> dict[str, Any]:
        found = [
            refusal.for_tests() for refusal in simulator.refusals if phone_number_id in {None, refusal.phone_number_id}
        ]
        return {"refusals": found}


def _webhook_routes(router: APIRouter, simulator: Simulator) -> None:
    @router.get("/webhooks")
    async def deliveries(state: Literal["all", "delivered", "undelivered"] = "all") -> dict[str, Any]:
        wanted = {"all": (True, False), "delivered": (True,), "undelivered": (False,)}[state]
        return {"webhooks": [hook.for_tests() for hook in simulator.delivery.log() if hook.delivered in wanted]}

    @router.post("/webhooks")
    async def send_any(payload: Annotated[dict[str, Any], Body()], copies: int = 1) -> dict[str, str]:
        """Sign and deliver any payload: what no phone can write (number changes, batches, account events)."""
        return {"id": simulator.delivery.post(payload, copies=copies).id}

    @router.post("/webhooks/forged")
    async def forge(
        payload: Annotated[dict[str, Any], Body()],
        signature: Literal["none", "wrong", "right"] = "wrong",
        cut: Annotated[int, Query(ge=0)] = 0,
    ) -> dict[str, Any]:
        """Post once what a receiver must refuse: unsigned, wrongly signed, or cut short by `cut` bytes."""
        body = encode(payload)
        secret = simulator.config.app_secret if signature == "right" else "another secret"
        signed = None if signature == "none" else sign(secret, body)
        return {"answer": await simulator.delivery.forge(body[: len(body) - cut], signed)}

    @router.post("/webhooks/hold")
    async def hold() -> dict[str, bool]:
        """Gather what happens from now on; `/sim/webhooks/release` delivers it in one body."""
        simulator.delivery.hold()
        return {"success": True}

    @router.post("/webhooks/release")
    async def release() -> dict[str, str | None]:
        batch = simulator.delivery.release()
        return {"id": None if batch is None else batch.id}

    @router.post("/webhooks/retry")
    async def retry() -> dict[str, int]:
        return {"pending": simulator.delivery.retry_now()}

    @router.post("/verify-subscription")
    async def verify(verify_token: str | None = None) -> dict[str, bool]:
        return {"verified": await simulator.delivery.verify_subscription(verify_token)}
