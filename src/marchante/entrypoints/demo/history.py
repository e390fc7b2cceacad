"""A week of orders, placed and delivered by the services that serve customers: a new demo looks lived in."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from marchante.catalog import repository as catalogs
from marchante.catalog.domain import Catalog, Product
from marchante.companies.domain import Company
from marchante.customers import repository as customers
from marchante.customers.address_text import read_parts
from marchante.customers.domain import ContactIdentity, NewAddress
from marchante.customers.service import locked_customer
from marchante.foundation.database.connection import Connection
from marchante.orders import service as orders
from marchante.orders.domain import Order, OrderDraft, OrderLine, OrderPlaced, OrderStatus

_DAYS = 7
_MOST_LINES = 4
_DELIVERED = (OrderStatus.PROCESSING, OrderStatus.SHIPPED, OrderStatus.DELIVERED)
_PACE = timedelta(minutes=25)


@dataclass(frozen=True, slots=True)
class Regular:
    """Somebody the shop knows, and where they live."""

    wa_id: str
    name: str
    address: str


async def live_a_week(connection: Connection, company: Company, regulars: Sequence[Regular], now: datetime) -> None:
    """One or two orders a day of each regular, all but the last delivered. The same shop always has the same week."""
    chance = random.Random(company.slug)  # noqa: S311 - a believable past, not a secret
    catalog = await catalogs.load(connection, 0)
    for regular in regulars:
        identity = ContactIdentity(regular.wa_id, profile_name=regular.name)
        customer = await locked_customer(connection, identity, now - timedelta(days=_DAYS + 1))
        address = NewAddress(regular.address, read_parts(regular.address))
        await customers.add_address(connection, customer.id, address, now - timedelta(days=_DAYS))
        for number, moment in enumerate(_moments(company, chance, now)):
            draft = _draft(company, catalog, regular, f"demo:{regular.wa_id}:{number}", chance)
            placed = await orders.place(
                connection, customer.id, company.numbers[0].phone_number_id, draft, moment, regular.name
            )
            if isinstance(placed, OrderPlaced):
                await _deliver(connection, placed.order, moment)


def _moments(company: Company, chance: random.Random, now: datetime) -> Iterator[datetime]:
    for day in range(_DAYS, 0, -1):
        local = (now - timedelta(days=day)).astimezone(company.zone)
        for _ in range(chance.randint(0, 2)):
            yield local.replace(hour=chance.randint(9, 14), minute=chance.randint(0, 59), second=0, microsecond=0)


def _draft(company: Company, catalog: Catalog, regular: Regular, key: str, chance: random.Random) -> OrderDraft:
    products = chance.sample(catalog.products, min(len(catalog.products), chance.randint(1, _MOST_LINES)))
    return OrderDraft(
        confirmation_key=key,
        lines=tuple(_line(product, chance) for product in products if product.price is not None),
        fulfilment="delivery",
        delivery_fee=company.settings.delivery_fee,
        delivery_address=regular.address,
    )


def _line(product: Product, chance: random.Random) -> OrderLine:
    quantity = Decimal(chance.choice(("0.5", "1", "1.5", "2"))) if product.by_weight else Decimal(chance.randint(1, 3))
    return OrderLine(
        product_id=product.id,
        sku=product.sku,
        product_name=product.name,
        quantity=quantity,
        unit=product.unit,
        unit_price=product.price or Decimal(0),
    )


async def _deliver(connection: Connection, order: Order, placed_at: datetime) -> None:
    for step, status in enumerate(_DELIVERED, 1):
        await orders.change_status(connection, order.id, status, "staff", "demo", placed_at + step * _PACE)
