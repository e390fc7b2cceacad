"""The five shops of the demo, one per business type, and the people who write to them."""

import asyncio
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from marchante.bootstrap import Storage
from marchante.catalog.importing import import_catalog
from marchante.catalog.photos import Photos
from marchante.companies.domain import BusinessType, Company, CompanySettings, NewCompany, Plan
from marchante.companies.hours_text import read_hours
from marchante.companies.migrating import migrate_companies
from marchante.coverage.files import read_file
from marchante.coverage.service import Coverage
from marchante.entrypoints.demo.history import Regular, live_a_week
from marchante.entrypoints.demo.pictures import PICTURES
from marchante.media.ports import MediaStore
from marchante.simulator.config import SimulatedCustomer, SimulatedNumber

TOKEN = "demo-token"  # noqa: S105 - accepted by the simulator on this machine, by nobody else
_CATALOGS = Path(__file__).parent / "shops"


@dataclass(frozen=True, slots=True)
class DemoShop:
    company: NewCompany
    catalog: Path
    regulars: tuple[Regular, ...]
    zones: Path | None = None


LUPITA = SimulatedCustomer(wa_id="5212281000011", name="Lupita Hernández")
MARTIN = SimulatedCustomer(wa_id="5216671000012", name="Martín Zazueta")
CARMEN = SimulatedCustomer(wa_id="5214421000013", name="Carmen Ríos")
CUSTOMERS = (LUPITA, MARTIN, CARMEN)


def _shop(
    slug: str,
    name: str,
    business_type: BusinessType,
    plan: Plan,
    phone: str,
    timezone: str,
    catalog: str,
    settings: CompanySettings,
    regulars: tuple[Regular, ...],
    zones: str | None = None,
) -> DemoShop:
    number = f"10000000000{phone[-4:]}"
    company = NewCompany(
        slug, name, business_type, plan, number, phone, timezone=timezone, settings=settings, waba_id=f"2{number[1:]}"
    )
    return DemoShop(company, _CATALOGS / catalog, regulars, _CATALOGS / zones if zones else None)


SHOPS = (
    _shop(
        "abarrotes_lupita",
        "Abarrotes Doña Lupita",
        BusinessType.GROCERY,
        Plan.COMPLETO,
        "+52 228 100 0001",
        "America/Mexico_City",
        "abarrotes.json",
        CompanySettings(
            delivery_fee=Decimal("15.00"),
            address="Av. Xalapa 12, Centro",
            opening_hours="de lunes a sábado de 8 a.m. a 9 p.m. y domingos de 9 a.m. a 3 p.m.",
            hours=read_hours("mon-sat 08:00-21:00; sun 09:00-15:00"),
            slot_capacity=6,
            transfer_bank="BBVA",
            transfer_clabe="012840001234567896",
            transfer_holder="Guadalupe Rojas López",
        ),
        (
            Regular(LUPITA.wa_id, LUPITA.name, "Av. Xalapa 48, interior 3, Centro"),
            Regular(CARMEN.wa_id, CARMEN.name, "Calle Úrsulo Galván 7, Centro"),
        ),
        zones="abarrotes_zonas.json",
    ),
    _shop(
        "verduleria_don_beto",
        "Verdulería Don Beto",
        BusinessType.GREENGROCER,
        Plan.PREMIUM,
        "+52 667 300 0002",
        "America/Mazatlan",
        "verduleria.json",
        CompanySettings(
            delivery_fee=Decimal("20.00"),
            address="Mercado Garmendia, local 18",
            opening_hours="todos los días de 7 a.m. a 8 p.m.",
            hours=read_hours("mon-sun 07:00-20:00"),
            transfer_bank="Banorte",
            transfer_clabe="072730009876543210",
            transfer_holder="Alberto Zazueta Félix",
        ),
        (
            Regular(MARTIN.wa_id, MARTIN.name, "Blvd. Madero 220, Centro"),
            Regular(LUPITA.wa_id, LUPITA.name, "Calle Rosales 91, Centro"),
        ),
    ),
    _shop(
        "agua_manantial",
        "Agua Manantial del Valle",
        BusinessType.WATER_DELIVERY,
        Plan.BASICO,
        "+52 442 200 0003",
        "America/Mexico_City",
        "agua.json",
        CompanySettings(
            treatment="usted",
            address="Calle Pozos 45, Centro Histórico",
            opening_hours="de lunes a sábado de 7 a.m. a 8 p.m.",
            hours=read_hours("mon-sat 07:00-20:00"),
            holidays_closed=True,
        ),
        (
            Regular(CARMEN.wa_id, CARMEN.name, "Calle Hidalgo 130, Centro Histórico"),
            Regular(MARTIN.wa_id, MARTIN.name, "Av. Zaragoza 15, La Cruz"),
        ),
    ),
    _shop(
        "tintoreria_regina",
        "Tintorería Regina",
        BusinessType.DRY_CLEANER,
        Plan.COMPLETO,
        "+52 552 400 0004",
        "America/Mexico_City",
        "tintoreria.json",
        CompanySettings(
            treatment="usted",
            delivery_fee=Decimal("35.00"),
            address="Calle Regina 60, Centro",
            opening_hours="de lunes a viernes de 9 a.m. a 8 p.m. y sábados de 9 a.m. a 4 p.m.",
            hours=read_hours("mon-fri 09:00-20:00; sat 09:00-16:00"),
            lead_minutes=1440,
        ),
        (
            Regular(CARMEN.wa_id, CARMEN.name, "Calle Mesones 22, Centro"),
            Regular(LUPITA.wa_id, LUPITA.name, "Calle Isabel la Católica 81, Centro"),
        ),
    ),
    _shop(
        "ferreteria_el_tornillo",
        "Ferretería El Tornillo",
        BusinessType.LOCAL_SHOP,
        Plan.BASICO,
        "+52 333 500 0005",
        "America/Mexico_City",
        "ferreteria.json",
        CompanySettings(
            delivery_fee=Decimal("40.00"),
            minimum_order=Decimal("150.00"),
            address="Calle Obregón 310, San Juan de Dios",
            opening_hours="de lunes a sábado de 8 a.m. a 7 p.m.",
            hours=read_hours("mon-sat 08:00-19:00"),
        ),
        (
            Regular(MARTIN.wa_id, MARTIN.name, "Calle Gante 45, San Juan de Dios"),
            Regular(CARMEN.wa_id, CARMEN.name, "Calle Javier Mina 900, Oblatos"),
        ),
    ),
)


def numbers() -> tuple[SimulatedNumber, ...]:
    """The shops' numbers as the simulator knows them."""
    return tuple(
        SimulatedNumber(
            phone_number_id=shop.company.phone_number_id,
            waba_id=shop.company.waba_id or "",
            display_phone=shop.company.display_phone,
            verified_name=shop.company.name,
            tokens=(TOKEN,),
        )
        for shop in SHOPS
    )


async def open_shops(storage: Storage, store: MediaStore) -> None:
    """Create the shops that are not there yet; what a second start finds is left as it is."""
    known = {company.slug for company in await storage.companies.list()}
    await migrate_companies(storage.database, sorted(known))
    for shop in SHOPS:
        if shop.company.slug not in known:
            company = await storage.companies.create(shop.company)
            async with storage.database.company(company.schema) as connection:
                await import_catalog(connection, shop.catalog)
                await live_a_week(connection, company, shop.regulars, storage.clock.now())
            if shop.zones:
                await Coverage(storage.database, storage.companies, storage.clock).add(
                    company.slug, read_file(shop.zones)
                )
            await _hang_pictures(Photos(storage.database, store), company, shop)


async def _hang_pictures(photos: Photos, company: Company, shop: DemoShop) -> None:
    """Some products have a picture, others have none: as in a real shop."""
    skus = {product["sku"] for product in json.loads(shop.catalog.read_text(encoding="utf-8"))["products"]}
    for sku in sorted(skus & PICTURES.keys()):
        await photos.attach(company, sku, await asyncio.to_thread(PICTURES[sku].png))
