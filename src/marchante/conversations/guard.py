"""Two bots talking to each other would never stop, and every answer costs money: fall silent in time."""

from datetime import datetime

import msgspec

from marchante.catalog.words import plain
from marchante.conversations.state import Session

SAME_TEXT_TIMES = 3
SAME_TEXT_SECONDS = 60
UNPRODUCTIVE_REPLIES = 20
UNPRODUCTIVE_SECONDS = 600
QUIET_SECONDS = 600
_TEXT_LENGTH = 60


def hear(session: Session, text: str, at: datetime) -> Session:
    """Remember a text for as long as its repetition matters."""
    now = at.timestamp()
    recent = [each for each in session.recent_texts if now - each[0] < SAME_TEXT_SECONDS]
    kept = (*recent[-2 * SAME_TEXT_TIMES :], (now, (plain(text) or text.strip())[:_TEXT_LENGTH]))
    return msgspec.structs.replace(session, recent_texts=kept)


def repeats(session: Session) -> bool:
    """Whether the last text was said three times within a minute."""
    said = [text for _, text in session.recent_texts]
    return bool(said) and said.count(said[-1]) >= SAME_TEXT_TIMES


def answered(session: Session, at: datetime, messages: int, *, progress: bool) -> Session:
    """Count the bot's messages since the customer last got anywhere."""
    now = at.timestamp()
    if progress:
        return msgspec.structs.replace(session, unproductive_replies=())
    recent = [each for each in session.unproductive_replies if now - each < UNPRODUCTIVE_SECONDS]
    return msgspec.structs.replace(session, unproductive_replies=(*recent, *([now] * messages)))


def tires(session: Session) -> bool:
    return len(session.unproductive_replies) >= UNPRODUCTIVE_REPLIES


def mute(session: Session) -> Session:
    return msgspec.structs.replace(session, muted=True)


def unmute(session: Session) -> Session:
    return msgspec.structs.replace(session, muted=False, unproductive_replies=(), recent_texts=())


def was_quiet(session: Session, at: datetime) -> bool:
    """A bot answers at once: who was silent for ten minutes is not in a loop any more."""
    heard = session.last_heard_at
    return heard is not None and (at - heard).total_seconds() > QUIET_SECONDS
