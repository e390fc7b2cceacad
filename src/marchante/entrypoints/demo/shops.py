"""The shops of the demo: who they are, and the people who write to them."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from marchante.bootstrap import Storage
from marchante.catalog.importing import import_catalog
from marchante.companies.domain import BusinessType, CompanySettings, NewCompany, Plan
from marchante.simulator.config import SimulatedCustomer, SimulatedNumber

TOKEN = "demo-token"  # noqa: S105 - accepted by the simulator on this machine, by nobody else
_CATALOGS = Path(__file__).parent / "shops"


@dataclass(frozen=True, slots=True)
class DemoShop:
    company: NewCompany
    catalog: Path


SHOPS = (
    DemoShop(
        NewCompany(
            slug="abarrotes_lupita",
            name="Abarrotes Doña Lupita",
            business_type=BusinessType.GROCERY,
            plan=Plan.COMPLETO,
            phone_number_id="100000000000001",
            display_phone="+52 228 100 0001",
            timezone="America/Mexico_City",
            settings=CompanySettings(
                delivery_fee=Decimal("15.00"),
                address="Av. Xalapa 12, Centro",
                opening_hours="de lunes a sábado de 8 a.m. a 9 p.m. y domingos de 9 a.m. a 3 p.m.",
            ),
        ),
        _CATALOGS / "abarrotes.json",
    ),
    DemoShop(
        NewCompany(
            slug="agua_manantial",
            name="Agua Manantial del Valle",
            business_type=BusinessType.WATER_DELIVERY,
            plan=Plan.BASICO,
            phone_number_id="100000000000002",
            display_phone="+52 442 200 0002",
            timezone="America/Mexico_City",
            settings=CompanySettings(
                treatment="usted",
                address="Calle Pozos 45, Centro Histórico",
                opening_hours="de lunes a sábado de 7 a.m. a 6 p.m.",
            ),
        ),
        _CATALOGS / "agua.json",
    ),
    DemoShop(
        NewCompany(
            slug="verduleria_don_beto",
            name="Verdulería Don Beto",
            business_type=BusinessType.GREENGROCER,
            plan=Plan.PREMIUM,
            phone_number_id="100000000000003",
            display_phone="+52 667 300 0003",
            timezone="America/Mazatlan",
            settings=CompanySettings(
                delivery_fee=Decimal("20.00"),
                address="Mercado Garmendia, local 18",
                opening_hours="todos los días de 7 a.m. a 4 p.m.",
            ),
        ),
        _CATALOGS / "verduleria.json",
    ),
)

CUSTOMERS = (
    SimulatedCustomer(wa_id="5212281000011", name="Lupita Hernández"),
    SimulatedCustomer(wa_id="5216671000012", name="Martín Zazueta"),
)


def numbers() -> tuple[SimulatedNumber, ...]:
    """The shops' numbers as the simulator knows them."""
    return tuple(
        SimulatedNumber(
            phone_number_id=shop.company.phone_number_id,
            waba_id=f"2{shop.company.phone_number_id[1:]}",
            display_phone=shop.company.display_phone,
            verified_name=shop.company.name,
            tokens=(TOKEN,),
        )
        for shop in SHOPS
    )


async def open_shops(storage: Storage) -> None:
    """Create the shops that are not there yet; what a second start finds is left as it is."""
    known = {company.slug for company in await storage.companies.list()}
    for shop in SHOPS:
        if shop.company.slug not in known:
            company = await storage.companies.create(shop.company)
            async with storage.database.company(company.schema) as connection:
                await import_catalog(connection, shop.catalog)
