"""Media objects, alone or as the header of something else."""

from marchante.simulator.errors import invalid, missing
from marchante.simulator.limits.node import Node

_CAPTION = 1024
_KEYS: dict[str, tuple[str, ...]] = {
    "image": ("id", "link", "caption"),
    "video": ("id", "link", "caption"),
    "document": ("id", "link", "caption", "filename"),
    "audio": ("id", "link", "voice"),
    "sticker": ("id", "link"),
}


def check_media(media: Node, kind: str) -> None:
    """Exactly one of id and link, a caption of at most 1,024 characters where the type has one."""
    media.only(*_KEYS[kind])
    check_source(media)
    media.optional_text("caption", _CAPTION)
    media.optional_text("filename")
    media.boolean("voice")


def check_source(media: Node) -> None:
    """Exactly one of `id` and `link`."""
    if media.has("id") and media.has("link"):
        raise invalid(media.at("link"), "cannot be given together with 'id'")
    if media.has("id"):
        media.text("id")
    elif media.has("link"):
        media.web_address("link")
    else:
        raise missing(media.at("id"))
