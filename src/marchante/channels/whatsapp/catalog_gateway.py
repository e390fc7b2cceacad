"""A shop's Meta catalog over Graph: what it holds, and changes in batches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from marchante.channels.whatsapp.errors import read_failure
from marchante.channels.whatsapp.gateway import GraphGateway, read_object
from marchante.channels.whatsapp.ports import Fetched, Refused, Unreachable
from marchante.channels.whatsapp.transport import Answer, exchange
from marchante.channels.whatsapp.wire_json import dumps, identifier, mapping, sequence, text

_OK = 200
_PAGE = 1_000
_MOST_PAGES = 100
_SECONDS = 60.0
_MOST_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class BatchTaken:
    """Meta works on it. `refused` are the items it will not take, with its reason, by sku."""

    refused: Mapping[str, str]


class GraphCatalog:
    """The real `MetaCatalog`."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, version: str) -> None:
        """As `GraphGateway`."""
        self._session = session
        self._graph = GraphGateway(session, base_url, version)

    async def listed(self, catalog_id: str, token: str) -> frozenset[str] | Refused | Unreachable:
        """The skus it holds now, page by page."""
        skus: set[str] = set()
        after = ""
        for _ in range(_MOST_PAGES):
            query = {"fields": "retailer_id", "limit": str(_PAGE), **({"after": after} if after else {})}
            page = await self._graph.fetch(self._graph.url(catalog_id, "products"), token, query)
            if not isinstance(page, Fetched):
                return page
            items = [mapping(item) for item in sequence(page.fields.get("data"))]
            skus |= {sku for item in items if (sku := text(item.get("retailer_id")))}
            paging = mapping(page.fields.get("paging"))
            after = identifier(mapping(paging.get("cursors")).get("after")) or ""
            if not after or not paging.get("next"):
                return frozenset(skus)
        return Unreachable("too_many_pages")

    async def change(
        self, catalog_id: str, token: str, requests: Sequence[Mapping[str, Any]]
    ) -> BatchTaken | Refused | Unreachable:
        """One batch. Repeating one that got lost changes nothing: every item is written as it is to be."""
        body = {"item_type": "PRODUCT_ITEM", "allow_upsert": True, "requests": [dict(each) for each in requests]}
        answer = await exchange(
            self._session,
            "POST",
            self._graph.url(catalog_id, "items_batch"),
            token,
            limit=_MOST_BYTES,
            total_seconds=_SECONDS,
            data=dumps(body),
            headers={"Content-Type": "application/json"},
        )
        if not isinstance(answer, Answer):
            return Unreachable(answer.reason)
        if answer.status != _OK:
            return Refused(read_failure(answer.status, answer.body))
        taken = read_object(answer)
        return Unreachable("unreadable_answer") if taken is None else BatchTaken(_refused(taken))


def _refused(taken: Mapping[str, Any]) -> dict[str, str]:
    refused: dict[str, str] = {}
    for item in map(mapping, sequence(taken.get("validation_status"))):
        reasons = [text(mapping(error).get("message")) for error in sequence(item.get("errors"))]
        sku = text(item.get("retailer_id"))
        if sku and any(reasons):
            refused[sku] = "; ".join(reason for reason in reasons if reason)
    return refused
