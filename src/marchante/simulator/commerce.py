"""Catalogs of the shops at Meta: items written in batches and listed."""

from dataclasses import dataclass, field
from typing import Any

from marchante.simulator.errors import GraphError
from marchante.simulator.identifiers import new_trace_id
from marchante.simulator.limits.node import Node

_MOST_OF_A_BATCH = 5_000
_METHODS = ("CREATE", "UPDATE", "DELETE")
_REQUIRED = ("title", "description", "availability", "condition", "price", "link", "image_link", "brand")
_AVAILABILITY = ("in stock", "out of stock", "available for order", "discontinued")
_TITLE = 200


@dataclass(slots=True)
class MetaCatalogs:
    """Items by catalog and retailer id, as they were last written; batches are carried out at once."""

    items: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    handles: dict[str, int] = field(default_factory=dict)

    def change(self, catalog_id: str, request: dict[str, Any]) -> dict[str, Any]:
        """The answer of items_batch. Raises GraphError 100 for a batch that is none."""
        if request.get("item_type") != "PRODUCT_ITEM":
            raise GraphError(100, "Param item_type must be PRODUCT_ITEM")
        wanted = Node(request).children("requests", 1, _MOST_OF_A_BATCH)
        catalog = self.items.setdefault(catalog_id, {})
        refused = []
        for each in wanted:
            each.choice("method", *_METHODS)
            retailer_id = each.child("data").text("id", 100)
            errors = _carry_out(catalog, retailer_id, each.value["method"], each.value["data"])
            if errors:
                messages = [{"message": message} for message in errors]
                refused.append({"retailer_id": retailer_id, "errors": messages, "warnings": []})
        handle = new_trace_id()
        self.handles[handle] = len(refused)
        return {"handles": [handle], "validation_status": refused}

    def listed(self, catalog_id: str) -> list[dict[str, Any]]:
        items = self.items.get(catalog_id, {})
        return [{"id": f"{place}", "retailer_id": sku, **item} for place, (sku, item) in enumerate(items.items(), 1)]


def _carry_out(catalog: dict[str, dict[str, Any]], retailer_id: str, method: str, data: dict[str, Any]) -> list[str]:
    """What is wrong with one item; nothing when it was done."""
    if method == "DELETE":
        return [] if catalog.pop(retailer_id, None) is not None else ["The item does not exist"]
    item = {**catalog.get(retailer_id, {}), **{key: value for key, value in data.items() if key != "id"}}
    errors = [f"A required field is missing: {key}" for key in _REQUIRED if not item.get(key)]
    if item.get("availability") not in _AVAILABILITY:
        errors.append("The availability is not valid")
    if len(str(item.get("title", ""))) > _TITLE:
        errors.append("The title is too long")
    if not str(item.get("image_link", "")).startswith(("https://", "http://")):
        errors.append("The image_link is not an address")
    if not errors:
        catalog[retailer_id] = item
    return errors
