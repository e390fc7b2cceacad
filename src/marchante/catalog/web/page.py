"""The page as data and as HTML. Pure: what it shows is given, photos as links."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from marchante.catalog.brand import PALETTES, initials, trade_of
from marchante.catalog.domain import Catalog, Product
from marchante.catalog.labels import PER_UNIT, days, price
from marchante.catalog.order_text import amount
from marchante.companies.domain import Company
from marchante.foundation.kernel.phone import digits

# Where the style and the script are; no slug begins with a dash.
ASSETS = "/c/-"
_HERE = Path(__file__).parent
_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
_OTHERS = "Otros"
_HALF = Decimal("0.5")

PhotoLink = Callable[[str | None], str | None]


@dataclass(frozen=True, slots=True)
class Item:
    """One product. `first` is what the first tap on + takes, `more` each further one; `cents` per unit."""

    id: int
    name: str
    note: str
    price: str
    per: str
    cents: int
    days: str
    photo: str | None
    letter: str
    unit: str
    step: str
    first: str
    more: str
    sold_out: bool


@dataclass(frozen=True, slots=True)
class Section:
    anchor: str
    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Page:
    slug: str
    name: str
    trade: str
    initials: str
    facts: tuple[str, ...]
    business_type: str
    color: str
    usted: bool
    phone: str
    orders: bool
    sections: tuple[Section, ...]


def page_of(company: Company, catalog: Catalog, sold_out: Collection[int], photo: PhotoLink) -> Page:
    """What a visitor sees. Without a number to write to there is nothing to order with: prices only."""
    sections: dict[int | None, list[Item]] = {}
    names: dict[int | None, str] = {}
    for product in catalog.products:
        sections.setdefault(product.category_id, []).append(_item(product, product.id in sold_out, photo))
        names[product.category_id] = product.category or _OTHERS
    number = company.numbers[0].display_phone if company.numbers else ""
    return Page(
        slug=company.slug,
        name=company.name,
        trade=trade_of(company.name, company.business_type),
        initials=initials(company.name),
        facts=_facts(company),
        business_type=company.business_type.value,
        color=PALETTES[company.business_type].main,
        usted=company.settings.treatment == "usted",
        phone=number,
        orders=bool(digits(number)),
        sections=tuple(Section(f"c{key or 0}", names[key], tuple(items)) for key, items in sections.items()),
    )


def render(page: Page) -> str:
    return _TEMPLATES.get_template("catalog.html").render(page=page, assets=ASSETS, release=_release())


def render_missing() -> str:
    """One page for what does not exist and for what is closed: it tells nothing about either."""
    return _TEMPLATES.get_template("missing.html").render(assets=ASSETS, release=_release())


def style() -> str:
    """The style sheet: one for all companies, with the colors of each kind of business as a class."""
    colors = (
        f".{kind.value} {{ --main: {paint.main}; --deep: {paint.deep}; --accent: {paint.accent}; "
        f"--tint: {paint.tint}; --ink: {paint.ink}; }}"
        for kind, paint in PALETTES.items()
    )
    return "\n".join([(_HERE / "static" / "catalog.css").read_text(encoding="utf-8"), *colors])


def script() -> str:
    return (_HERE / "static" / "catalog.js").read_text(encoding="utf-8")


@cache
def _release() -> str:
    """Changes with the style and the script: browsers keep both for ever under this name."""
    return hashlib.sha256(f"{style()}{script()}".encode()).hexdigest()[:12]


def _facts(company: Company) -> tuple[str, ...]:
    settings = company.settings
    money = (
        f"Envío ${settings.delivery_fee:,.2f}" if settings.delivers and settings.delivery_fee else "",
        f"Pedido mínimo ${settings.minimum_order:,.2f}" if settings.minimum_order else "",
    )
    facts = (settings.opening_hours, settings.address, " · ".join(filter(None, money)))
    return tuple(fact for fact in facts if fact.strip())


def _item(product: Product, sold_out: bool, photo: PhotoLink) -> Item:
    first, more = _taps(product)
    return Item(
        id=product.id,
        name=product.name,
        note=product.description if product.description.casefold() != product.name.casefold() else "",
        price=price(product),
        per=PER_UNIT[product.unit],
        cents=int((product.price or Decimal(0)) * 100),
        days=days(product.weekdays),
        photo=photo(product.image_url),
        letter=next((char for char in product.name if char.isalnum()), "·").upper(),
        unit="kg" if product.by_weight else "",
        step=amount(product.step),
        first=amount(first),
        more=amount(more),
        sold_out=sold_out,
    )


def _taps(product: Product) -> tuple[Decimal, Decimal]:
    """By weight one kilo first and then halves, where the smallest quantity sold allows it."""
    more = _HALF if product.by_weight and _HALF % product.step == 0 else product.step
    first = Decimal(1) if Decimal(1) % more == 0 else more
    return max(first, product.step), more
