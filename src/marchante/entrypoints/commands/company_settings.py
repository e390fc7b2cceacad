"""marchante company hours, close, settings: when a shop is open and how it works."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.companies.domain import CompanySettings
from marchante.companies.hours import Closure, Slot
from marchante.companies.hours_text import read_hours, write_hours
from marchante.companies.settings_text import with_closure, with_hours, with_settings, without_closure
from marchante.entrypoints.commands.running import ACTOR, fail, out, with_storage
from marchante.orders import slots as order_slots

app = typer.Typer()

Slug = Annotated[str, typer.Argument(help="The company")]
Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="2026-12-25")]


@app.command()
def hours(
    slug: Slug,
    text: Annotated[str | None, typer.Option("--set", help="mon-sat 08:00-14:00, 16:00-21:00; sun 09:00-15:00")] = None,
    forget: Annotated[bool, typer.Option("--forget", help="The shop has not told its hours")] = False,
) -> None:
    """Show or set the weekly hours, and what is closed beside them."""

    async def work(storage: Storage) -> CompanySettings:
        if text is None and not forget:
            return (await storage.companies.get(slug)).settings
        weekly = None if text is None else read_hours(text)
        what = "hours forgotten" if weekly is None else f"hours {write_hours(weekly)}"
        return await storage.companies.change_settings(slug, lambda now: with_hours(now, weekly), what, ACTOR)

    settings = with_storage(work)
    out.print(write_hours(settings.hours) if settings.hours else "not told", highlight=False)
    if settings.holidays_closed:
        out.print("closed on public holidays", highlight=False)
    for closure in settings.closures:
        out.print(f"closed {_shown(closure)}", highlight=False, markup=False)


@app.command()
def close(
    slug: Slug,
    day: Day,
    to: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day, included")] = None,
    reason: Annotated[str, typer.Option(help="As customers read it")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Open on that day after all")] = False,
) -> None:
    """Close the shop on a day, or from one day to another."""
    closure = Closure(day.date(), (to or day).date(), reason.strip())

    async def work(storage: Storage) -> None:
        company = await storage.companies.get(slug)
        today = storage.clock.now().astimezone(company.zone).date()

        def change(now: CompanySettings) -> CompanySettings:
            return without_closure(now, closure.from_date) if undo else with_closure(now, closure, today)

        what = f"open on {closure.from_date}" if undo else f"closed {_shown(closure)}"
        await storage.companies.change_settings(slug, change, what, ACTOR)

    with_storage(work)


@app.command()
def slots(slug: Slug, days: Annotated[int, typer.Option(min=1, max=31)] = 3) -> None:
    """What can be promised now, and how many orders are in each slot."""

    async def work(storage: Storage) -> list[tuple[Slot, int, int | None]]:
        company, now = await storage.companies.get(slug), storage.clock.now()
        offered = company.settings.slots(company.zone, now, days)
        async with storage.database.company(company.schema) as connection:
            booked = await order_slots.booked(connection, now - timedelta(days=1))
        return [
            (
                slot,
                sum(count for moment, count in booked if slot.starts_at <= moment < slot.ends_at),
                company.settings.slot_capacity,
            )
            for slot in offered
        ]

    table = Table("from", "to", "orders", "places")
    for slot, taken, places in with_storage(work):
        end = slot.ends_at.strftime("%H:%M")
        table.add_row(slot.starts_at.strftime("%a %Y-%m-%d %H:%M"), end, str(taken), str(places or "not counted"))
    out.print(table)


@app.command()
def settings(
    slug: Slug, changes: Annotated[list[str] | None, typer.Argument(help="KEY=VALUE …; none to show them")] = None
) -> None:
    """Show or change the settings."""
    given = _pairs(changes or ())

    async def work(storage: Storage) -> CompanySettings:
        if not given:
            return (await storage.companies.get(slug)).settings
        what = ", ".join(f"{name}={value}" for name, value in given.items())
        return await storage.companies.change_settings(slug, lambda now: with_settings(now, given), what, ACTOR)

    table = Table("setting", "value")
    for name, value in msgspec.structs.asdict(with_storage(work)).items():
        if name not in {"hours", "closures"}:
            table.add_row(name, _written(value))
    out.print(table)


def _pairs(changes: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals:
            fail("bad_setting", f"{change}: write KEY=VALUE")
        pairs[name.strip().replace("-", "_")] = value
    return pairs


def _written(value: object) -> str:
    """As it is given to this command."""
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _shown(closure: Closure) -> str:
    days = _days(closure.from_date, closure.to_date)
    return f"{days} ({closure.reason})" if closure.reason else days


def _days(first: date, last: date) -> str:
    return str(first) if first == last else f"{first} to {last}"
