"""Catalogs in the Graph API."""

from typing import Any

from fastapi import APIRouter, Request

from marchante.simulator.core import Simulator
from marchante.simulator.errors import unknown_object
from marchante.simulator.graph_api import authorised, json_object, wanted_fields


def commerce_router(simulator: Simulator) -> APIRouter:
    """/{version}/{catalog_id}/…; a catalog exists once a number is told to use it (`/sim/numbers/…/standing`)."""
    router = APIRouter()

    @router.post("/{version}/{catalog_id}/items_batch")
    async def items_batch(version: str, catalog_id: str, request: Request) -> dict[str, Any]:
        _authorise(simulator, version, catalog_id, request)
        return simulator.catalogs.change(catalog_id, json_object(await request.body()))

    @router.get("/{version}/{catalog_id}/products")
    async def products(
        version: str, catalog_id: str, request: Request, fields: str | None = None, limit: int = 25, after: int = 0
    ) -> dict[str, Any]:
        _authorise(simulator, version, catalog_id, request)
        items, end = simulator.catalogs.listed(catalog_id), after + max(1, limit)
        paging: dict[str, Any] = {"cursors": {"before": str(after), "after": str(end)}}
        if end < len(items):
            paging["next"] = f"{simulator.public_url}/{version}/{catalog_id}/products?after={end}"
        return {"data": [wanted_fields(item, fields) for item in items[after:end]], "paging": paging}

    @router.get("/{version}/{catalog_id}/check_batch_request_status")
    async def batch_status(version: str, catalog_id: str, request: Request, handle: str) -> dict[str, Any]:
        _authorise(simulator, version, catalog_id, request)
        errors = simulator.catalogs.handles.get(handle)
        if errors is None:
            raise unknown_object(handle, "get")
        return {"data": [{"handle": handle, "status": "finished", "errors_total_count": errors}]}

    return router


def _authorise(simulator: Simulator, version: str, catalog_id: str, request: Request) -> None:
    token = authorised(simulator, version, request)
    numbers = [number for number in simulator.store.numbers.values() if token in number.tokens]
    if catalog_id not in {simulator.standings.of(number.phone_number_id).catalog_id for number in numbers}:
        raise unknown_object(catalog_id)
