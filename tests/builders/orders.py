"""Customers and order drafts."""

from decimal import Decimal
from typing import Any

from marchante.foundation.database.connection import Connection
from marchante.orders.domain import OrderDraft, OrderLine


async def add_customer(connection: Connection, name: str = "Lupita") -> int:
    return int(await connection.fetchval("INSERT INTO customers (name) VALUES ($1) RETURNING id", name))


def line(product_id: int, quantity: str = "1", unit_price: str = "24.00", **more: Any) -> OrderLine:
    return OrderLine(
        product_id=product_id,
        sku=f"SKU-{product_id}",
        product_name=f"Producto {product_id}",
        quantity=Decimal(quantity),
        unit="kg",
        unit_price=Decimal(unit_price),
        **more,
    )


def draft(*lines: OrderLine, key: str = "s1:1", **more: Any) -> OrderDraft:
    return OrderDraft(confirmation_key=key, lines=lines, **({"fulfilment": "pickup"} | more))
