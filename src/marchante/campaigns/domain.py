"""The campaign of a company: a few words, perhaps with a picture, said with the first answer of a visit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Whoever comes back within this time has seen it.
_SEEN_FOR = timedelta(hours=6)
# Characters shown: it rides on another message and must not crowd it out.
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Campaign:
    """`picture`: an https address or `media:…`; None for words only."""

    text: str
    picture: str | None = None


def active_campaign(text: str | None, picture: str) -> Campaign | None:
    """What is announced now; None without words."""
    words = (text or "").strip()
    return Campaign(words[:_SHOWN], picture.strip() or None) if words else None


def is_due(campaign: Campaign | None, *, wanted: bool, shown_at: datetime | None, at: datetime) -> bool:
    """Once a visit, and never to somebody who wants no promotions."""
    return campaign is not None and wanted and (shown_at is None or at - shown_at > _SEEN_FOR)
