"""What the synchronisation needs from Meta."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from marchante.channels.whatsapp.catalog_gateway import BatchTaken
from marchante.channels.whatsapp.ports import Refused, Unreachable


class MetaCatalog(Protocol):
    """A catalog of a company's own in Meta's Commerce Manager."""

    async def listed(self, catalog_id: str, token: str) -> frozenset[str] | Refused | Unreachable:
        """The skus it holds now."""
        ...

    async def change(
        self, catalog_id: str, token: str, requests: Sequence[Mapping[str, Any]]
    ) -> BatchTaken | Refused | Unreachable:
        """Write and delete up to 5,000 items; repeating a batch changes nothing."""
        ...
