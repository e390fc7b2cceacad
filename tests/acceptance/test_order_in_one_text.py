"""An order written in one text, at shops of all five kinds: two messages for who ordered before, four for who is new."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from tests.acceptance.conftest import CATALOGS, new_person
from tests.acceptance.people import Person, options, words
from tests.acceptance.stage import GROCER, NUMBERS, TOKEN, WATER, Stage, open_stage

from marchante.catalog.importing import import_catalog
from marchante.companies.domain import BusinessType, NewCompany, Plan
from marchante.simulator.config import SimulatedNumber

GREENGROCER, CLEANER, HARDWARE = "3001", "4001", "5001"


@dataclass(frozen=True)
class Shop:
    """`order`: a text; `ordered`: what it is, by sku."""

    number: str
    slug: str
    kind: BusinessType
    catalog: str
    order: str
    ordered: dict[str, str]


SHOPS = (
    Shop(
        GROCER,
        "abarrotes_lupita",
        BusinessType.GROCERY,
        "abarrotes.json",
        "buenas tardes, 2 cocas de 600 y medio kilo de queso oaxaca porfa, pago con uno de 500",
        {"ABA-002": "2", "ABA-013": "0.5"},
    ),
    Shop(WATER, "agua_clara", BusinessType.WATER_DELIVERY, "agua.json", "", {}),
)
