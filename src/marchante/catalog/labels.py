"""Prices, units and days as a customer reads them in a catalog."""

from collections.abc import Mapping

from babel.numbers import format_currency

from marchante.catalog.domain import Product

_LOCALE = "es_MX"

PER_UNIT: Mapping[str, str] = {
    "kg": "/ kg",
    "piece": "/ pieza",
    "unit": "c/u",
    "can": "/ lata",
    "box": "/ caja",
    "pack": "/ paquete",
    "bunch": "/ manojo",
    "liter": "/ litro",
    "bottle": "/ botella",
    "bag": "/ bolsa",
    "service": "",
}
_DAYS = ("lun", "mar", "mié", "jue", "vie", "sáb", "dom")
DAY_NAMES = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_TWO_DAYS = 2


def price(product: Product) -> str:
    """$24.00, $1,285.50; what has no price of its own is asked for."""
    if product.price is None:
        return "Pregunta"
    return format_currency(product.price, "MXN", locale=_LOCALE)


def days(weekdays: tuple[int, ...] | None) -> str:
    """When it is sold: "sábado y domingo", "lun a vie", "mar, jue, sáb"; empty for every day."""
    if not weekdays:
        return ""
    if len(weekdays) <= _TWO_DAYS:
        return " y ".join(DAY_NAMES[day - 1] for day in weekdays)
    first, last = weekdays[0], weekdays[-1]
    if last - first + 1 == len(weekdays):
        return f"{_DAYS[first - 1]} a {_DAYS[last - 1]}"
    return ", ".join(_DAYS[day - 1] for day in weekdays)
