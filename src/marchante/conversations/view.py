"""What a step may look at: the shop and this customer, as they are inside the turn's transaction."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from marchante.campaigns.domain import Campaign
from marchante.catalog.domain import Catalog
from marchante.companies.domain import CompanySettings
from marchante.coverage.domain import Zone
from marchante.customers.domain import Customer
from marchante.orders.domain import Order


@dataclass(frozen=True)
class ShopView:
    """`sold_out`: ids of products whose tracked stock is used up. `handoff`: requested or active while a person is
    asked for or answers. `zones`: where the shop delivers; without any it delivers everywhere. `booked`: how
    many orders are asked for from which moment on, where the shop counts the places in its slots.
    """

    slug: str
    name: str
    business_type: str
    settings: CompanySettings
    zone: ZoneInfo
    catalog: Catalog
    sold_out: frozenset[int]
    customer: Customer
    last_orders: tuple[Order, ...]
    handoff: str | None
    now: datetime
    zones: tuple[Zone, ...] = ()
    booked: tuple[tuple[datetime, int], ...] = ()
    campaign: Campaign | None = None

    def order(self, order_id: int | None) -> Order | None:
        """An order of this customer, of the newest."""
        return next((order for order in self.last_orders if order.id == order_id), None)
