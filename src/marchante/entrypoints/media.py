"""Files put together: where they are kept and who may open them. What serves, sends and imports them starts here."""

from marchante.media.store import ObjectStoreMedia, open_store
from marchante.settings import Settings


def media_url(settings: Settings) -> str:
    """MEDIA_URL, else a folder beside the embedded database."""
    return settings.media_url or (settings.data_folder / "media").as_uri()


def media_store(settings: Settings) -> ObjectStoreMedia:
    """Raises MediaMisconfigured for a MEDIA_URL that names no place."""
    return open_store(media_url(settings), region=settings.aws_region, endpoint=settings.aws_endpoint_url)
