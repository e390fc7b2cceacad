"""The catalogs of the labelled messages, as the product knows them once they are imported."""

import json
from decimal import Decimal
from pathlib import Path

from marchante.catalog.domain import Catalog, Category, Product
from marchante.companies.domain import BusinessType

_FOLDER = Path(__file__).parents[1] / "understanding" / "known" / "catalogs"
KNOWN = tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))


def known_catalog(name: str) -> tuple[Catalog, str, BusinessType]:
    """The catalog, the name of its shop and what it is; categories in the order in which the file names them."""
    whole = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    names = list(dict.fromkeys(product["category"] for product in whole["products"]))
    products = [
        Product(
            id=number,
            sku=product["sku"],
            name=product["name"],
            category_id=names.index(product["category"]) + 1,
            category=product["category"],
            description=product["description"],
            price=Decimal(str(product["price"])),
            unit=product["unit"],
            step=Decimal(str(product["step"])),
            aliases=tuple(product["aliases"]),
        )
        for number, product in enumerate(whole["products"], start=1)
    ]
    categories = tuple(Category(number, category) for number, category in enumerate(names, start=1))
    ordered = tuple(sorted(products, key=lambda product: product.category_id or 0))
    return Catalog(1, categories, ordered), whole["company"]["name"], BusinessType(whole["company"]["business_type"])
