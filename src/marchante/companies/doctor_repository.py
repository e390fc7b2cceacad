"""SQL of a company's examination."""

from dataclasses import dataclass

from marchante.foundation.database.connection import Connection


@dataclass(frozen=True, slots=True)
class Counted:
    products: int
    orders_without_payment: int
    orders_without_delivery: int


async def served_version(connection: Connection, company_id: int) -> int | None:
    """The version of the company that turns see."""
    version: int | None = await connection.fetchval(
        "SELECT version FROM relay.companies WHERE company_id = $1", company_id
    )
    return version


async def active_subscriptions(connection: Connection, company_id: int) -> list[str]:
    rows = await connection.fetch(
        "SELECT plan FROM platform.company_subscriptions WHERE company_id = $1 AND active", company_id
    )
    return [row["plan"] for row in rows]


async def count(connection: Connection) -> Counted:
    """In the company whose transaction this is."""
    row = await connection.fetchrow(
        """SELECT (SELECT count(*) FROM products WHERE active AND whatsapp_sellable AND price IS NOT NULL) AS products,
                  (SELECT count(*) FROM orders o WHERE NOT EXISTS (SELECT FROM payments p WHERE p.order_id = o.id))
                      AS orders_without_payment,
                  (SELECT count(*) FROM orders o WHERE o.fulfilment = 'delivery'
                   AND NOT EXISTS (SELECT FROM deliveries d WHERE d.order_id = o.id)) AS orders_without_delivery"""
    )
    assert row is not None
    return Counted(**dict(row))
