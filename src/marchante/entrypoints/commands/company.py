"""marchante company …: create, list, show, suspend, resume; the rest is in the company_*.py beside it."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.table import Table

from marchante.bootstrap import Storage
from marchante.companies.domain import BusinessType, Company, CompanySettings, NewCompany, Plan
from marchante.entrypoints.commands import (
    company_archive,
    company_coverage,
    company_doctor,
    company_establishments,
    company_records,
    company_settings,
)
from marchante.entrypoints.commands.running import ACTOR, fail, out, with_storage
from marchante.foundation.kernel.errors import AppError, Invalid

_STDIN = "-"

app = typer.Typer(help="Companies: create, list, show, suspend, resume, and all that is theirs.", no_args_is_help=True)


@app.command()
def create(
    slug: Annotated[str | None, typer.Argument(help="2 to 40 of a-z, 0-9 and _; never reused")] = None,
    name: Annotated[str, typer.Option(help="As customers read it")] = "",
    business_type: Annotated[BusinessType | None, typer.Option()] = None,
    plan: Annotated[Plan, typer.Option()] = Plan.BASICO,
    phone_number_id: Annotated[str, typer.Option(help="Meta's id of the WhatsApp number")] = "",
    display_phone: Annotated[str, typer.Option(help="The number as people read it")] = "",
    waba_id: Annotated[str | None, typer.Option(help="Meta's id of the WhatsApp account the number is in")] = None,
    owner_phone: Annotated[str | None, typer.Option(help="Where the owner is told of new orders")] = None,
    timezone: Annotated[str, typer.Option()] = "America/Mexico_City",
    token: Annotated[str | None, typer.Option(help="Its own access token; - reads stdin")] = None,
    from_file: Annotated[Path | None, typer.Option("--from", help="JSON lines, keys as the options")] = None,
) -> None:
    """Create a company: its rows and its own schema, ready to serve."""
    if from_file is not None:
        _create_all(_lines(from_file))
        return
    given = {
        "slug": slug,
        "name": name,
        "business_type": business_type.value if business_type else None,
        "plan": plan.value,
        "phone_number_id": phone_number_id,
        "display_phone": display_phone,
        "waba_id": waba_id,
        "owner_phone": owner_phone,
        "timezone": timezone,
        "token": sys.stdin.readline().strip() if token == _STDIN else token,
    }
    _create_all([(1, given)])


def _create_all(lines: Iterable[tuple[int, dict[str, Any]]]) -> None:
    async def work(storage: Storage) -> int:
        refused = 0
        for number, given in lines:
            try:
                company = await storage.companies.create(_new_company(given), ACTOR)
                out.print(f"created {company.slug} ({company.schema})", highlight=False)
            except AppError as error:
                refused += 1
                out.print(f"line {number}: {error.code}: {error.message}", style="red", highlight=False, markup=False)
        return refused

    if with_storage(work):
        raise typer.Exit(1)


def _new_company(given: dict[str, Any]) -> NewCompany:
    known = {name.replace("-", "_"): value for name, value in given.items() if value is not None}
    try:
        settings = msgspec.convert(known.pop("settings", {}), CompanySettings)
        business_type, plan = BusinessType(known.pop("business_type")), Plan(known.pop("plan", "basico"))
        return NewCompany(business_type=business_type, plan=plan, settings=settings, **known)
    except KeyError as error:
        raise Invalid(f"{error.args[0]} is missing", code="field_missing") from error
    except (TypeError, ValueError) as error:
        raise Invalid(str(error), code="bad_field") from error


def _lines(path: Path) -> list[tuple[int, dict[str, Any]]]:
    rows: list[tuple[int, dict[str, Any]]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            fail("not_json", f"line {number}: {error.msg}")
        if not isinstance(value, dict):
            fail("not_an_object", f"line {number} is not a JSON object")
        rows.append((number, value))
    return rows


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """All companies, one line each."""
    companies = with_storage(lambda storage: storage.companies.list())
    if as_json:
        out.print_json(json.dumps([_shown(company) for company in companies]))
        return
    table = Table("slug", "name", "business", "plan", "status", "numbers")
    for company in companies:
        numbers = ", ".join(number.display_phone or number.phone_number_id for number in company.numbers)
        table.add_row(company.slug, company.name, company.business_type, company.plan, company.status, numbers)
    out.print(table)


@app.command()
def show(slug: str) -> None:
    """One company, as JSON; its secrets are never shown."""
    out.print_json(json.dumps(_shown(with_storage(lambda storage: storage.companies.get(slug)))))


@app.command()
def suspend(slug: str) -> None:
    """Its customers get one polite answer; what they write is kept."""
    with_storage(lambda storage: storage.companies.suspend(slug, ACTOR))


@app.command()
def resume(slug: str) -> None:
    """Serve it again."""
    with_storage(lambda storage: storage.companies.resume(slug, ACTOR))


def _shown(company: Company) -> dict[str, Any]:
    shown: dict[str, Any] = msgspec.to_builtins(company)
    return shown | {"schema": company.schema}


for _part in (
    company_settings,
    company_records,
    company_establishments,
    company_coverage,
    company_archive,
    company_doctor,
):
    app.add_typer(_part.app)
