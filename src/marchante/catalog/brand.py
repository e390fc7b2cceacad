"""How a shop looks in what we draw for it: colors by business type, initials where there is no logo."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from marchante.catalog.words import plain
from marchante.companies.domain import BusinessType


@dataclass(frozen=True, slots=True)
class Palette:
    """CSS colors. `main` carries white text; `tint` carries `ink` and `main` (contrast of 4.5 and more)."""

    main: str
    deep: str
    accent: str
    tint: str
    ink: str


PALETTES: Mapping[BusinessType, Palette] = {
    BusinessType.GROCERY: Palette("#bf2f2a", "#8c1d1a", "#f4b63f", "#fdf2ec", "#2b1b17"),
    BusinessType.GREENGROCER: Palette("#2c7a3f", "#1b5229", "#f5a31a", "#eff7ec", "#1b2b1e"),
    BusinessType.WATER_DELIVERY: Palette("#1369ac", "#0c4674", "#38bfd8", "#eaf5fb", "#122433"),
    BusinessType.DRY_CLEANER: Palette("#5c4a9c", "#3c2f6b", "#ef9fb9", "#f4f1fb", "#221d35"),
    BusinessType.LOCAL_SHOP: Palette("#b4530f", "#7d370a", "#2f6b7a", "#fbf2e9", "#2a2019"),
}

TRADES: Mapping[BusinessType, str] = {
    BusinessType.GROCERY: "Abarrotes y despensa",
    BusinessType.GREENGROCER: "Frutas y verduras",
    BusinessType.WATER_DELIVERY: "Agua a domicilio",
    BusinessType.DRY_CLEANER: "Tintorería y lavandería",
    BusinessType.LOCAL_SHOP: "Tu tienda de confianza",
}

# Words of a shop's name that say its trade or nothing: the initials are of the rest.
_NOT_A_NAME = re.compile(
    r"al?|con|del?|el|en|las?|los|o|para|por|su|una?|y|"
    r"abarrotes|aguas?|carniceria|comercial|cremeria|dulceria|farmacia|ferreteria|fruteria|frutas|lavanderia|merceria|"
    r"mini|miscelanea|papeleria|planchaduria|polleria|purificada|purificadora|recauderia|salchichoneria|super|tienda|"
    r"tintoreria|tlapaleria|tortilleria|verduleria|verduras"
)
_MOST_INITIALS = 2


def trade_of(name: str, business_type: BusinessType) -> str:
    """What the shop sells, in words; empty when its name says so."""
    trade = TRADES[business_type]
    return "" if set(plain(trade).split()) <= set(plain(name).split()) else trade


def initials(name: str) -> str:
    """One or two letters for a round seal: "Abarrotes Doña Lupita" → "DL", "Frutas y Verduras El Güero" → "G".

    Empty for a name without a Latin letter or digit.
    """
    words = [word for word in name.split() if plain(word)]
    named = [word for word in words if not _NOT_A_NAME.fullmatch(plain(word))] or words
    return "".join(next(char for char in word if char.isalnum()) for word in named[:_MOST_INITIALS]).upper()
