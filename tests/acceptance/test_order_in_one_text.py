"""An order written in one text, at shops of all five kinds: two messages for who ordered before, four for who is new."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from tests.acceptance.conftest import CATALOGS, new_person
from tests.acceptance.people import Person, options, words
from tests.acceptance.stage import GROCER, NUMBERS, TOKEN, WATER, Stage, open_stage

from marchante.catalog.importing import import_catalog
from marchante.companies.domain import BusinessType, NewCompany, Plan
from marchante.simulator.config import SimulatedNumber

GREENGROCER, CLEANER, HARDWARE = "3001", "4001", "5001"


@dataclass(frozen=True)
class Shop:
    """`order`: a text with everything in it; `ordered`: what it is, by sku."""

    number: str
    slug: str
    kind: BusinessType
    catalog: str
    order: str
    ordered: dict[str, Decimal]


SHOPS = (
    Shop(
        GROCER,
        "abarrotes_lupita",
        BusinessType.GROCERY,
        "abarrotes.json",
        "buenas tardes, 2 cocas de 600 y medio kilo de queso oaxaca porfa, pago con uno de 500",
        {"ABA-002": Decimal(2), "ABA-013": Decimal("0.5")},
    ),
    Shop(
        WATER,
        "agua_clara",
        BusinessType.WATER_DELIVERY,
        "agua.json",
        "hola, me manda dos garrafones y una bolsa de hielo de 5 kilos por favor",
        {"AGU-001": Decimal(2), "AGU-009": Decimal(1)},
    ),
    Shop(
        GREENGROCER,
        "verduras_chuy",
        BusinessType.GREENGROCER,
        "verduleria.json",
        "buenas me mandas 2k de jitomate, kilo y medio de papa blanca y medio de limón xfa",
        {"VER-001": Decimal(2), "VER-005": Decimal("1.5"), "VER-020": Decimal("0.5")},
    ),
    Shop(
        CLEANER,
        "la_perla",
        BusinessType.DRY_CLEANER,
        "tintoreria.json",
        "buen día, un traje de 2 piezas y 2 edredones matrimoniales",
        {"TIN-008": Decimal(1), "TIN-025": Decimal(2)},
    ),
    Shop(
        HARDWARE,
        "el_tornillo",
        BusinessType.LOCAL_SHOP,
        "ferreteria.json",
        "me urgen 2 bultos de cemento y 10 focos de 9 w",
        {"FER-001": Decimal(2), "FER-011": Decimal(10)},
    ),
)
AT_EVERY_SHOP = pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop.kind.value)
LATER = (GREENGROCER, CLEANER, HARDWARE)


@pytest.fixture(scope="module")
async def street(postgres_dsn: str, stocked: str) -> AsyncIterator[Stage]:
    """The two companies of every stage, and three more of the other kinds."""
    more = [SimulatedNumber(each.number, f"9{each.number}", f"+52 55 {each.number} 0001", each.slug, (TOKEN,))
            for each in SHOPS if each.number in LATER]  # fmt: skip
    async with open_stage(postgres_dsn, stocked, numbers=(*NUMBERS, *more)) as stage:
        for shop in (each for each in SHOPS if each.number in LATER):
            await _open_shop(stage, shop)
        yield stage


async def _open_shop(stage: Stage, shop: Shop) -> None:
    new = NewCompany(shop.slug, shop.slug, shop.kind, Plan.COMPLETO, shop.number, f"+52 55 {shop.number} 0001")
    company = await stage.marchante.storage.companies.create(new)
    async with stage.marchante.storage.database.company(company.schema) as connection:
        await import_catalog(connection, CATALOGS / shop.catalog)


async def _orders(stage: Stage, shop: Shop, person: Person) -> list[dict[str, Decimal]]:
    """What a person ordered there so far, order by order."""
    rows = await stage.relay(
        f"""SELECT i.order_id, i.sku, i.quantity FROM company_{shop.slug}.order_items i
            JOIN company_{shop.slug}.orders o ON o.id = i.order_id
            JOIN company_{shop.slug}.customers c ON c.id = o.customer_id
            WHERE right(c.phone, 10) = right($1, 10) ORDER BY i.id""",
        person.phone,
    )
    orders: dict[int, dict[str, Decimal]] = {}
    for row in rows:
        orders.setdefault(row["order_id"], {})[row["sku"]] = row["quantity"]
    return list(orders.values())


@AT_EVERY_SHOP
async def test_a_new_customer_who_writes_the_order_needs_four_messages_at_most(street: Stage, shop: Shop) -> None:
    lupe = new_person(street, shop.number)
    await lupe.says(shop.order)
    await lupe.says("calle Zaragoza 5, colonia Centro")
    await lupe.taps("Confirmar")
    assert await _orders(street, shop, lupe) == [shop.ordered]
    assert len(lupe.heard) <= 4


@AT_EVERY_SHOP
async def test_a_returning_customer_who_writes_the_order_needs_two_messages(street: Stage, shop: Shop) -> None:
    lupe = new_person(street, shop.number)
    await lupe.says(f"{shop.order}\ncalle Zaragoza 5, colonia Centro")
    await lupe.taps("Confirmar")
    street.simulator.store.forget_sent()

    [summary] = await lupe.says(shop.order)
    assert "Zaragoza 5" in words(summary)
    assert [title for _, _, title in options(summary)] == ["Confirmar", "Cambiar algo", "Cancelar"]
    await lupe.taps("Confirmar")

    assert await _orders(street, shop, lupe) == [shop.ordered, shop.ordered]
    assert len(lupe.heard) == 2
