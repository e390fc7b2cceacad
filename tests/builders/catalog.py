"""Products in a company's catalog, with one word per thing a test cares about."""

from decimal import Decimal
from typing import Any

from marchante.foundation.database.connection import Connection

_COLUMNS = ("sku", "name", "category_id", "price", "unit", "step", "stock", "whatsapp_sellable", "active", "position")


async def add_category(connection: Connection, name: str, *, position: int = 0, active: bool = True) -> int:
    return int(
        await connection.fetchval(
            "INSERT INTO categories (name, position, active) VALUES ($1, $2, $3) RETURNING id", name, position, active
        )
    )


async def add_product(connection: Connection, sku: str, **columns: Any) -> int:
    """A kilo of something at $24.00, not counted, unless told otherwise."""
    values = {
        "sku": sku,
        "name": sku.replace("-", " ").capitalize(),
        "category_id": None,
        "price": Decimal("24.00"),
        "unit": "kg",
        "step": Decimal("0.25"),
        "stock": None,
        "whatsapp_sellable": True,
        "active": True,
        "position": 0,
    } | columns
    return int(
        await connection.fetchval(
            f"INSERT INTO products ({', '.join(_COLUMNS)}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
            *(values[column] for column in _COLUMNS),
        )
    )


async def stock_of(connection: Connection, product_id: int) -> Decimal | None:
    return await connection.fetchval("SELECT stock FROM products WHERE id = $1", product_id)
