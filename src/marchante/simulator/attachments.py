"""Files inside messages: a send can name them at its top, in a header, in a card or in a template."""

from collections.abc import Iterator
from typing import Any

MEDIA_KEYS = frozenset({"image", "video", "audio", "document", "sticker"})
PREVIEW_PATH = "/phone/api/media/"


def media_ids(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every media id of a message, with the path of the object that holds it."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from media_ids(item, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            name = f"{path}.{key}" if path else key
            if _names_file(key, item):
                yield name, str(item["id"])
            else:
                yield from media_ids(item, name)


def with_previews(value: Any) -> Any:
    """A copy in which every file named by its id says where the phone page finds it (`preview_url`)."""
    if isinstance(value, list):
        return [with_previews(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: {**item, "preview_url": f"{PREVIEW_PATH}{item['id']}"} if _names_file(key, item) else with_previews(item)
        for key, item in value.items()
    }


def _names_file(key: str, value: Any) -> bool:
    return key in MEDIA_KEYS and isinstance(value, dict) and "id" in value
