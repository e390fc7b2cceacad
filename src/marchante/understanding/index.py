"""The searchable form of one company's catalog."""

from collections.abc import Iterable
from typing import Self

from marchante.understanding.domain import CatalogProduct


class CatalogIndex:
    """Immutable; build one per catalog version and share it between threads."""

    def __init__(self, products: tuple[CatalogProduct, ...]) -> None:
        self.products = products
        self.by_sku = {product.sku: product for product in products}

    @classmethod
    def build(cls, products: Iterable[CatalogProduct]) -> Self:
        return cls(tuple(products))
