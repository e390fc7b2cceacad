"""What one piece of something sold by kilo usually weighs, to show an approximate total before the scale does."""

from decimal import Decimal

from marchante.catalog.words import plain

_GRAMS = {
    "aguacate": 200,
    "ajo": 50,
    "betabel": 180,
    "brocoli": 450,
    "calabacita": 150,
    "calabaza": 150,
    "camote": 300,
    "cebolla": 200,
    "chayote": 300,
    "chile": 30,
    "ciruela": 80,
    "coliflor": 900,
    "durazno": 150,
    "elote": 300,
    "guayaba": 90,
    "huevo": 62,
    "jicama": 600,
    "jitomate": 125,
    "kiwi": 90,
    "lechuga": 500,
    "lima": 110,
    "limon": 50,
    "mandarina": 130,
    "mango": 300,
    "manzana": 180,
    "melon": 1500,
    "naranja": 220,
    "nopal": 90,
    "papa": 180,
    "papaya": 2000,
    "pepino": 300,
    "pera": 190,
    "pimiento": 200,
    "pina": 1800,
    "platano": 170,
    "repollo": 1200,
    "sandia": 5000,
    "tomate": 60,
    "toronja": 350,
    "tuna": 120,
    "zanahoria": 100,
}


def piece_weight(product_name: str) -> Decimal | None:
    """Kilos of one piece by the first word of the product's name, or None when it is not known."""
    words = plain(product_name).split()
    if not words or "cambray" in words:
        return None
    first = words[0]
    grams = _GRAMS.get(first) or _GRAMS.get(first.removesuffix("s")) or _GRAMS.get(first.removesuffix("es"))
    return None if grams is None else Decimal(grams) / 1000
