"""The public entry: one message in, everything understood out."""

from decimal import Decimal

from marchante.understanding.domain import Context, ItemOp, Understood
from marchante.understanding.index import CatalogIndex
from marchante.understanding.matching import search


def understand(text: str, index: CatalogIndex, context: Context | None = None) -> Understood:
    """Read one customer message against one catalog."""
    del context
    found = search(text, index, 1)
    if not found:
        return Understood("other")
    item = ItemOp(found[0].sku, quantity=Decimal(1), phrase=text, score=found[0].score)
    return Understood("order", items=(item,))
