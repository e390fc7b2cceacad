"""SQL of `asked_phrases`, which turns write (`conversations/finishing.py`). Every function takes a connection inside
one company's transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from marchante.catalog.asked.domain import Asked, Kind
from marchante.foundation.database.connection import Connection

Decision = Literal["rejected", "dismissed", "on_sale"]
_MOST_LISTED = 200


async def undecided(connection: Connection, kinds: Sequence[Kind]) -> Sequence[Asked]:
    """What the owner has not decided on, asked for by most customers first. What was put on sale comes back when it
    is still not found afterwards.
    """
    rows = await connection.fetch(
        """SELECT a.kind, a.phrase, p.sku, p.name AS product_name,
                  (array_agg(a.example ORDER BY a.last_at DESC, a.id DESC))[1] AS example,
                  count(*)::integer AS customers, sum(a.times)::integer AS times,
                  min(a.first_at) AS first_at, max(a.last_at) AS last_at
           FROM asked_phrases a LEFT JOIN products p ON p.id = a.product_id
           WHERE a.kind = ANY($1::text[])
           GROUP BY a.kind, a.phrase, a.product_id, p.id
           HAVING bool_and(a.decision IS NULL)
               OR (bool_and(a.decision IS NULL OR a.decision = 'on_sale') AND max(a.last_at) > max(a.decided_at))
           ORDER BY customers DESC, times DESC, last_at DESC, a.phrase
           LIMIT $2""",
        kinds,
        _MOST_LISTED,
    )
    return [Asked(**dict(row)) for row in rows]


async def accept(connection: Connection, phrase: str, sku: str, now: datetime) -> str | None:
    """Make a phrase a name of a product; what was added to its aliases, None when nobody chose it so.

    The trigger on products moves the catalog's version: every process reads the new names in its next turn.
    """
    alias: str | None = await connection.fetchval(
        """WITH decided AS (
               UPDATE asked_phrases a SET decision = 'accepted', decided_at = $3, alias = newest.example
               FROM (SELECT a.product_id, a.example FROM asked_phrases a JOIN products p ON p.id = a.product_id
                     WHERE a.kind = 'alias' AND a.phrase = $1 AND p.sku = $2 ORDER BY a.last_at DESC LIMIT 1) newest
               WHERE a.kind = 'alias' AND a.phrase = $1 AND a.product_id = newest.product_id
               RETURNING a.product_id, a.alias
           ), named AS (
               UPDATE products p SET aliases = array_append(p.aliases, d.alias), updated_at = now()
               FROM (SELECT DISTINCT product_id, alias FROM decided) d
               WHERE p.id = d.product_id AND NOT d.alias = ANY(p.aliases))
           SELECT alias FROM decided LIMIT 1""",
        phrase,
        sku,
        now,
    )
    return alias


async def decide(
    connection: Connection, kinds: Sequence[Kind], phrase: str, sku: str | None, decision: Decision, now: datetime
) -> str | None:
    """Settle a phrase for all customers; how it was written last, None when nobody asked for it.

    `sku`: of one product only.
    """
    example: str | None = await connection.fetchval(
        """WITH decided AS (
               UPDATE asked_phrases a SET decision = $4, decided_at = $5, alias = NULL
               WHERE a.kind = ANY($1::text[]) AND a.phrase = $2
                 AND ($3::text IS NULL OR a.product_id = (SELECT id FROM products WHERE sku = $3))
               RETURNING a.example, a.last_at)
           SELECT example FROM decided ORDER BY last_at DESC LIMIT 1""",
        kinds,
        phrase,
        sku,
        decision,
        now,
    )
    return example


async def accepted_aliases(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Aliases the owner accepted, by sku: an import keeps them whatever its file says."""
    rows = await connection.fetch(
        """SELECT p.sku, array_agg(DISTINCT a.alias) AS aliases
           FROM asked_phrases a JOIN products p ON p.id = a.product_id
           WHERE a.alias IS NOT NULL GROUP BY p.sku"""
    )
    return {row["sku"]: tuple(row["aliases"]) for row in rows}
