"""What a shop sells, as one frozen snapshot per catalog version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from marchante.catalog.options import OptionGroup
from marchante.understanding import CatalogIndex, search
from marchante.understanding.domain import CatalogProduct


@dataclass(frozen=True, slots=True)
class Category:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Product:
    """`price` per `unit`, IVA included; None: it has no price of its own. `step` is the smallest quantity sold."""

    id: int
    sku: str
    name: str
    category_id: int | None
    category: str
    description: str
    price: Decimal | None
    unit: str
    step: Decimal
    aliases: tuple[str, ...] = ()
    image_url: str | None = None
    weekdays: tuple[int, ...] | None = None
    groups: tuple[OptionGroup, ...] = ()
    # The aliases that were learned from customers, as the owner accepted them.
    learned: tuple[str, ...] = ()

    @property
    def searched_description(self) -> str:
        """The description with what can be chosen inside: "una de tinga" is found by its filling."""
        choices = ", ".join(option.name for group in self.groups for option in group.options)
        return f"{self.description} con {choices}".strip() if choices else self.description

    @property
    def by_weight(self) -> bool:
        return self.unit == "kg"

    def sold_on(self, weekday: int) -> bool:
        """Whether it is sold on this day of the week, 1 for Monday."""
        return self.weekdays is None or weekday in self.weekdays


@dataclass(frozen=True)
class Catalog:
    """Only what may be sold by WhatsApp: active, sellable, priced. Stock is not here: it is read fresh in each turn.
    `kept_out`: names of what the shop has but does not sell in a chat.
    """

    version: int
    categories: tuple[Category, ...]
    products: tuple[Product, ...]
    kept_out: tuple[str, ...] = ()
    _by_id: Mapping[int, Product] = field(init=False, repr=False, compare=False)
    _by_sku: Mapping[str, Product] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {product.id: product for product in self.products})
        object.__setattr__(self, "_by_sku", {product.sku: product for product in self.products})

    def product(self, product_id: int) -> Product | None:
        return self._by_id.get(product_id)

    def by_sku(self, sku: str) -> Product | None:
        return self._by_sku.get(sku)

    def in_category(self, category_id: int) -> tuple[Product, ...]:
        return tuple(product for product in self.products if product.category_id == category_id)

    def keeps_out(self, phrase: str) -> bool:
        """Whether this names something the shop has, but not for sale in a chat."""
        return bool(self.kept_out) and bool(search(phrase, self._kept_out_index))

    @cached_property
    def _kept_out_index(self) -> CatalogIndex:
        return CatalogIndex.build(CatalogProduct(sku=name, name=name) for name in self.kept_out)

    @cached_property
    def index(self) -> CatalogIndex:
        """Built once per catalog version, on the first text that needs it."""
        return CatalogIndex.build(
            CatalogProduct(
                sku=product.sku,
                name=product.name,
                category=product.category,
                price=product.price or Decimal(0),
                unit=product.unit,
                step=product.step,
                aliases=tuple(alias for alias in product.aliases if alias not in product.learned),
                learned=product.learned,
                description=product.searched_description,
            )
            for product in self.products
        )
