"""Free Mexican Spanish in, cart operations and intents out.

Pure and deterministic: no network, no clock, no framework. `understand` reads one message against one company's
`CatalogIndex`; `search` finds products for a name typed into any list.
"""

from marchante.understanding.domain import (
    Ambiguous,
    CartLine,
    CatalogProduct,
    Context,
    Explanation,
    ItemOp,
    Match,
    PaymentHint,
    Understood,
    WhenHint,
)
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.shop.searching import search
from marchante.understanding.understand import understand

__all__ = [
    "Ambiguous",
    "CartLine",
    "CatalogIndex",
    "CatalogProduct",
    "Context",
    "Explanation",
    "ItemOp",
    "Match",
    "PaymentHint",
    "Understood",
    "WhenHint",
    "search",
    "understand",
]
