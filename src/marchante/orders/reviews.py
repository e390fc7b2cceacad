"""What customers thought of an order, a product or the shop. Called inside one company's transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import Invalid
from marchante.orders import review_repository as repository
from marchante.orders.domain import Review

_BEST = 5
# Characters of a comment.
_MAX_COMMENT = 2_000


async def leave(connection: Connection, review: Review, now: datetime) -> int:
    """Keep a review; its id. An order is reviewed once: again replaces what was said. Raises Invalid `bad_rating`."""
    if not 1 <= review.rating <= _BEST:
        raise Invalid(f"a rating is from 1 to {_BEST}, not {review.rating}", code="bad_rating")
    return await repository.write(connection, replace(review, comment=review.comment.strip()[:_MAX_COMMENT]), now)


async def add(connection: Connection, order_id: int, comment: str | None, solved: bool | None) -> None:
    """A comment, or whether a problem was solved, beside the rating given before; None leaves what was said."""
    await repository.add(connection, order_id, comment.strip()[:_MAX_COMMENT] if comment else None, solved)


async def latest(connection: Connection, limit: int = 50) -> Sequence[Review]:
    """Newest first."""
    return await repository.latest(connection, limit)
