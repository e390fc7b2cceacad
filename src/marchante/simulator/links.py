"""Files a send names by an address: Meta fetches them after it has accepted the message."""

from collections.abc import Iterator
from typing import Any

import aiohttp

from marchante.simulator.attachments import MEDIA_KEYS

_SECONDS = 5.0
_OK = 200


async def unreachable_link(request: dict[str, Any]) -> tuple[int, str] | None:
    """The failure of a message whose file nobody gets, as its status will tell it; None when all are there."""
    links = list(_links(request))
    if not links:
        return None
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        for link in links:
            try:
                async with session.get(link) as answer:
                    if answer.status != _OK:
                        return 131053, f"Downloading media from weblink failed with http code {answer.status}"
            except (aiohttp.ClientError, TimeoutError, ValueError):
                return 131053, "Downloading media from weblink failed: the address cannot be reached"
    return None


def _links(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _links(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in MEDIA_KEYS and isinstance(item, dict) and isinstance(item.get("link"), str):
                yield item["link"]
            else:
                yield from _links(item)
