"""Is one company fit to serve, and what would a person mend first?"""

from dataclasses import dataclass

from marchante.companies import doctor_repository as repository
from marchante.companies.domain import Company
from marchante.foundation.database.connection import Connection, Database
from marchante.foundation.database.migrations import head, revision_of


@dataclass(frozen=True, slots=True)
class Finding:
    """`required`: the company cannot serve its customers well without it."""

    name: str
    required: bool
    ok: bool
    detail: str


async def examine(database: Database, company: Company) -> list[Finding]:
    """The schema, what is served of it, the catalog, the orders and the settings; nothing leaves this machine."""
    async with database.pool.acquire() as connection:
        revision = await revision_of(connection, company.schema)
        found = await _platform(connection, company)
    at_head = revision == head("tenant")
    detail = f"revision {revision}" + ("" if at_head else "; run: marchante migrate")
    found.insert(0, Finding("schema", required=True, ok=at_head, detail=detail))
    if at_head:
        async with database.company(company.schema) as connection:
            found += await _tenant(connection)
    return [*found, *_settings(company)]


async def _platform(connection: Connection, company: Company) -> list[Finding]:
    served = await repository.served_version(connection, company.id)
    active = await repository.active_subscriptions(connection, company.id)
    paid = active == [company.plan.value]
    return [
        Finding("served", required=True, ok=served == company.version, detail=f"version {served} of {company.version}"),
        Finding("status", required=False, ok=company.status == "active", detail=company.status),
        Finding("numbers", required=True, ok=bool(company.numbers), detail=f"{len(company.numbers)} numbers"),
        Finding("subscription", required=True, ok=paid, detail=", ".join(active) or "none is active"),
    ]


async def _tenant(connection: Connection) -> list[Finding]:
    counted = await repository.count(connection)
    lost = counted.orders_without_payment + counted.orders_without_delivery
    whole = f"{lost} without payment or delivery" if lost else "whole"
    return [
        Finding("catalog", required=True, ok=counted.products > 0, detail=f"{counted.products} products to sell"),
        Finding("orders", required=False, ok=not lost, detail=whole),
    ]


def _settings(company: Company) -> list[Finding]:
    settings = company.settings
    reached = settings.delivers or settings.picks_up
    hours = "told" if settings.hours else "not told: no slot is promised"
    owner = "is told of new orders" if company.owner_phone else "none: new orders are seen in lists only"
    return [
        Finding(
            "ways",
            required=True,
            ok=reached,
            detail="delivery or pick-up" if reached else "neither delivery nor pick-up",
        ),
        Finding("hours", required=False, ok=settings.hours is not None, detail=hours),
        Finding("owner", required=False, ok=company.owner_phone is not None, detail=owner),
    ]
