"""Believable shops as a step sees them: a greengrocer's with groceries, a water shop, a dry cleaner's, a kitchen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from marchante.catalog.domain import Catalog, Category, Product
from marchante.catalog.options import Option, OptionGroup
from marchante.companies.domain import CompanySettings
from marchante.conversations.view import ShopView
from marchante.coverage.domain import Colonias, Zone
from marchante.customers.domain import Address, Customer
from marchante.orders.domain import Order, OrderLine, OrderStatus, Proposal

ZONE = ZoneInfo("America/Mexico_City")
# A Thursday, a quarter past ten in the morning in Mexico City.
NOW = datetime(2026, 11, 26, 16, 15, tzinfo=UTC)
SESSION_ID = UUID("5f0c4f5e-2f5c-4a8e-9a65-0d5f6f2f7c11")

HOME = Address(7, "Casa", "Av. Xalapa 12, Centro", is_default=True)
WORK = Address(8, "Trabajo", "Calle Juárez 250, Centro", is_default=False)
BOTH_ADDRESSES = (HOME, WORK)

_GROCER = (
    ("Verduras", "Jitomate saladette", "24", "kg", "0.25", ("jitomate",)),
    ("Verduras", "Papa blanca", "25", "kg", "0.25", ("papa",)),
    ("Verduras", "Cebolla blanca", "22", "kg", "0.25", ("cebolla",)),
    ("Verduras", "Aguacate hass", "90", "kg", "0.25", ("aguacate",)),
    ("Verduras", "Limón con semilla", "30", "kg", "0.25", ("limón", "limones")),
    ("Verduras", "Chile serrano", "40", "kg", "0.1", ("chile", "serrano")),
    ("Verduras", "Cilantro", "8", "bunch", "1", ()),
    ("Verduras", "Lechuga orejona", "18", "piece", "1", ("lechuga",)),
    ("Verduras", "Zanahoria", "18", "kg", "0.25", ()),
    ("Verduras", "Calabacita italiana", "29", "kg", "0.25", ("calabacita",)),
    ("Verduras", "Chayote", "28", "kg", "0.25", ()),
    ("Verduras", "Ejote", "44", "kg", "0.25", ()),
    ("Verduras", "Nopal limpio en bolsa preparado", "38", "bag", "1", ("nopal", "nopales")),
    ("Frutas", "Plátano tabasco", "20", "kg", "0.25", ("plátano",)),
    ("Frutas", "Manzana roja", "55", "kg", "0.25", ("manzana",)),
    ("Frutas", "Papaya maradol", "32", "kg", "0.5", ("papaya",)),
    ("Abarrotes", "Coca-Cola 600 ml", "18", "bottle", "1", ("coca de 600", "coca 600")),
    ("Abarrotes", "Coca-Cola 2.5 L", "38", "bottle", "1", ("coca de 2.5", "coca de 2 litros y medio")),
    ("Abarrotes", "Atún en agua 140 g", "21.50", "can", "1", ("atún",)),
    ("Abarrotes", "Arroz 1 kg", "26", "bag", "1", ("arroz",)),
    ("Abarrotes", "Queso Oaxaca", "160", "kg", "0.25", ("quesillo",)),
    ("Abarrotes", "Frijol negro 1 kg", "34", "bag", "1", ("frijol",)),
)
_WATER = (
    ("Garrafón", "Recarga garrafón 20 L", "24", "unit", "1", ("garrafón", "relleno", "recarga")),
    ("Garrafón", "Garrafón 20 L con envase", "135", "unit", "1", ("garrafón nuevo", "garrafón con envase")),
    ("Garrafón", "Recarga medio garrafón 10 L", "15", "unit", "1", ("medio garrafón",)),
    ("Botellas", "Paquete botellas 500 ml (24 piezas)", "98", "pack", "1", ("botellitas", "agua de medio litro")),
    ("Botellas", "Paquete botellas 1 L (12 piezas)", "96", "pack", "1", ("agua de litro",)),
    ("Hielo", "Bolsa de hielo 5 kg", "34", "bag", "1", ("hielo",)),
)
_CLEANER = (
    ("Ropa de calle", "Traje 2 piezas", "160", "service", "1", ("traje",)),
    ("Ropa de calle", "Pantalón", "65", "piece", "1", ("pantalones",)),
    ("Ropa de calle", "Vestido de noche", "220", "piece", "1", ("vestido",)),
    ("Hogar", "Edredón individual", "150", "piece", "1", ()),
    ("Hogar", "Edredón matrimonial", "180", "piece", "1", ()),
    ("Por kilo", "Ropa por kilo", "38", "kg", "3", ("ropa", "lavado por kilo")),
)


_KITCHEN = (
    ("Antojitos", "Quesadilla", "30", "piece", "1", ()),
    ("Antojitos", "Gordita", "28", "piece", "1", ()),
    ("Antojitos", "Elote", "35", "piece", "1", ()),
    ("Antojitos", "Pozole", "90", "piece", "1", ()),
    ("Antojitos", "Ejote con huevo", "45", "piece", "1", ()),
    ("Bebidas", "Agua de jamaica 1 L", "35", "bottle", "1", ("agua",)),
    ("Bebidas", "Refresco de lata", "20", "can", "1", ("refresco",)),
)
# Without a price of its own: only a filling.
RAJAS = 900


def _groups(first: int, *, fillings: int = 1) -> tuple[OptionGroup, ...]:
    guisos = ("Tinga", "Hongos", "Chicharrón prensado", "Rajas")
    return (
        OptionGroup(
            "Guiso",
            tuple(
                Option(name, product_id=RAJAS if name == "Rajas" else None, id=first + place)
                for place, name in enumerate(guisos)
            ),
            1,
            fillings,
        ),
        OptionGroup(
            "Extras",
            (Option("Con queso", Decimal(8), id=first + 10), Option("Doble tortilla", Decimal("5.50"), id=first + 11)),
            0,
            2,
        ),
    )


def catalog(rows: tuple[tuple[str, str, str, str, str, tuple[str, ...]], ...], prefix: str) -> Catalog:
    names = list(dict.fromkeys(row[0] for row in rows))
    categories = tuple(Category(place, name) for place, name in enumerate(names, 1))
    products = tuple(
        Product(
            id=100 + place,
            sku=f"{prefix}-{place:03d}",
            name=name,
            category_id=names.index(category) + 1,
            category=category,
            description="",
            price=Decimal(price),
            unit=unit,
            step=Decimal(step),
            aliases=aliases,
        )
        for place, (category, name, price, unit, step, aliases) in enumerate(rows, 1)
    )
    return Catalog(1, categories, products)


_GROCER_CATALOG = catalog(_GROCER, "VER")
_WATER_CATALOG = catalog(_WATER, "AGU")
_CLEANER_CATALOG = catalog(_CLEANER, "TIN")


def _kitchen_catalog() -> Catalog:
    made = catalog(_KITCHEN, "COC")
    inside = {
        "Quesadilla": {"groups": _groups(500)},
        "Gordita": {"groups": _groups(600, fillings=2)},
        "Elote": {"groups": _groups(700)[1:], "image_url": "media:cocina/products/elote.jpg", "description": "Tierno"},
        "Pozole": {"weekdays": (6,), "description": "Rojo, con todo"},
    }
    return Catalog(1, made.categories, tuple(replace(each, **inside.get(each.name, {})) for each in made.products))


_KITCHEN_CATALOG = _kitchen_catalog()


def known_customer(**changes: Any) -> Customer:
    """Lupita, who has ordered before and has one saved address."""
    lupita = Customer(41, "Lupita Hernández", "5212281234567", is_new=False, notice_given=True, addresses=(HOME,))
    return replace(lupita, **changes)


def new_customer(**changes: Any) -> Customer:
    """Beto, who writes for the first time."""
    return replace(Customer(42, "Beto", "5212287654321", is_new=True, notice_given=False), **changes)


def grocer(customer: Customer | None = None, **changes: Any) -> ShopView:
    """A greengrocer's shop that delivers for $15 and lets pick up."""
    view = ShopView(
        slug="verduras",
        name="Verduras Don Chuy",
        business_type="greengrocer",
        settings=CompanySettings(
            delivery_fee=Decimal(15), address="Mercado Hidalgo local 14", opening_hours="lunes a sábado de 8 a 8"
        ),
        zone=ZONE,
        catalog=_GROCER_CATALOG,
        sold_out=frozenset(),
        customer=customer or known_customer(),
        last_orders=(),
        handoff=None,
        now=NOW,
    )
    return replace(view, **changes)


ZONES = (
    Zone(1, "Centro", Colonias(("Centro", "Progreso Macuiltépetl")), Decimal(20), Decimal(60)),
    Zone(2, "Las Ánimas", Colonias(("Las Ánimas",)), Decimal("35.50"), Decimal(0)),
)


def zoned(customer: Customer | None = None, zones: tuple[Zone, ...] = ZONES, **changes: Any) -> ShopView:
    """The greengrocer's shop, delivering to two zones."""
    return grocer(customer, zones=zones, **changes)


def water_shop(customer: Customer | None = None, **changes: Any) -> ShopView:
    """Water brought home free of charge; no pick-up; customers are spoken to formally."""
    view = grocer(
        customer,
        name="Agua Manantial",
        business_type="water_delivery",
        settings=CompanySettings(treatment="usted", picks_up=False),
        catalog=_WATER_CATALOG,
    )
    return replace(view, **changes)


def dry_cleaner(customer: Customer | None = None, **changes: Any) -> ShopView:
    """Clothes fetched and brought back for $40; formal."""
    view = grocer(
        customer,
        name="Tintorería La Perla",
        business_type="dry_cleaner",
        settings=CompanySettings(treatment="usted", delivery_fee=Decimal(40), address="Insurgentes 880"),
        catalog=_CLEANER_CATALOG,
    )
    return replace(view, **changes)


def kitchen(customer: Customer | None = None, **changes: Any) -> ShopView:
    """Antojitos with a filling that must be chosen (one; of a gordita up to two), extras, and pozole on Saturdays."""
    view = grocer(
        customer,
        name="Cocina Lety",
        business_type="local_shop",
        settings=CompanySettings(delivery_fee=Decimal(20), address="Zaragoza 5"),
        catalog=_KITCHEN_CATALOG,
    )
    return replace(view, **changes)


def product(view: ShopView, name: str) -> Product:
    """The product whose name begins so."""
    return next(each for each in view.catalog.products if each.name.startswith(name))


def placed_order(view: ShopView, **changes: Any) -> Order:
    """Yesterday's order of two kilos of the shop's first product."""
    first = view.catalog.products[0]
    line = OrderLine(first.id, first.sku, first.name, Decimal(2), first.unit, first.price or Decimal(0))
    order = Order(
        id=9,
        folio="A-0041",
        customer_id=view.customer.id,
        status=OrderStatus.PROCESSING,
        status_name="En preparación",
        lines=(line,),
        fulfilment="delivery",
        delivery_fee=view.settings.delivery_fee,
        total_amount=line.total + view.settings.delivery_fee,
        delivery_address=HOME.line,
        payment_method="cash",
        notes="",
        created_at=NOW - timedelta(days=1),
    )
    return replace(order, **changes)


def with_order(view: ShopView, **changes: Any) -> ShopView:
    """The customer has an order that is being prepared."""
    return replace(view, last_orders=(placed_order(view, **changes),))


def with_question(view: ShopView) -> ShopView:
    """It weighed three kilos instead of two, and the customer is asked."""
    order = placed_order(view)
    heavier = (replace(order.lines[0], quantity=Decimal(3)),)
    return replace(view, last_orders=(replace(order, version=2, proposal=Proposal("weighed", heavier, (0,), NOW)),))


def with_sold_out(view: ShopView, **changes: Any) -> ShopView:
    """Its product ran out, and another is proposed."""
    order, other = placed_order(view), view.catalog.products[1]
    instead = OrderLine(other.id, other.sku, other.name, Decimal(2), other.unit, other.price or Decimal(0))
    proposal = Proposal("substitution", (instead,), (0,), NOW)
    return replace(view, last_orders=(replace(order, version=2, proposal=proposal, **changes),))
