"""Pesos, kilos and units the way a shopkeeper writes them."""

from decimal import Decimal

from marchante.foundation.kernel.money import pesos

_QUARTERS = {Decimal("0.25"): "¼", Decimal("0.5"): "½", Decimal("0.75"): "¾"}
_UNITS = {
    "can": ("lata", "latas"),
    "box": ("caja", "cajas"),
    "pack": ("paquete", "paquetes"),
    "bunch": ("manojo", "manojos"),
    "liter": ("litro", "litros"),
    "bottle": ("botella", "botellas"),
    "bag": ("bolsa", "bolsas"),
    "piece": ("pieza", "piezas"),
    "unit": ("unidad", "unidades"),
    "service": ("servicio", "servicios"),
}
_FEMININE = frozenset({"can", "box", "bottle", "bag", "piece", "unit"})
_NAMED_BY_THEMSELVES = frozenset({"piece", "unit", "service"})


def money(amount: Decimal) -> str:
    """As in "$1,234.50"."""
    return f"${pesos(amount):,.2f}"


def about(amount: Decimal, *, approximate: bool) -> str:
    """As in "≈ $142.00" while something of it is still to be weighed, else "$142.00"."""
    return f"≈ {money(amount)}" if approximate else money(amount)


def number(value: Decimal) -> str:
    """As in "2", "½", "2½", "1.25"."""
    whole = int(value)
    rest = value - whole
    if not rest:
        return str(whole)
    if rest == Decimal("0.5"):
        return f"{whole or ''}½"
    return format(value.normalize(), "f")


def kilos(quantity: Decimal) -> str:
    """As in "¼ kg", "2½ kg", "1.250 kg", "300 g"."""
    whole = int(quantity)
    rest = quantity - whole
    if not rest:
        return f"{whole} kg"
    if rest in _QUARTERS and (not whole or rest == Decimal("0.5")):
        return f"{whole or ''}{_QUARTERS[rest]} kg"
    if not whole:
        return f"{number(quantity * 1000)} g"
    return f"{quantity:.3f} kg"


def quantity_with_unit(quantity: Decimal, unit: str) -> str:
    """As in "2½ kg", "3 latas", "1 manojo"."""
    if unit == "kg":
        return kilos(quantity)
    singular, plural = _UNITS.get(unit, ("pieza", "piezas"))
    return f"{number(quantity)} {singular if quantity <= 1 else plural}"


def quantity_of(quantity: Decimal, unit: str, name: str) -> str:
    """As in "2 kg Jitomate", "3 latas Atún", "2 Bolsa de hielo": the unit is left out where the name says it."""
    singular, _ = _UNITS.get(unit, ("", ""))
    said_in_name = singular and name.lower().startswith(singular)
    if unit in _NAMED_BY_THEMSELVES or said_in_name:
        return f"{number(quantity)} {name}"
    return f"{quantity_with_unit(quantity, unit)} {name}"


def counted_of(pieces: Decimal, quantity: Decimal, name: str) -> str:
    """Of something weighed that was asked for by the piece: "3 Aguacate (≈ 600 g)"."""
    return f"{number(pieces)} {name} (≈ {kilos(quantity)})"


def price_per_unit(price: Decimal, unit: str) -> str:
    """As in "$24.00 el kg", "$18.50 la lata", "$35.00 c/u"."""
    if unit == "kg":
        return f"{money(price)} el kg"
    if unit in _NAMED_BY_THEMSELVES or unit not in _UNITS:
        return f"{money(price)} c/u"
    article = "la" if unit in _FEMININE else "el"
    return f"{money(price)} {article} {_UNITS[unit][0]}"


def units_asked(unit: str) -> str:
    """What one counts in a question: "kilos", "latas", "manojos"."""
    return "kilos" if unit == "kg" else _UNITS.get(unit, ("", "piezas"))[1]


def how_many(unit: str) -> str:
    """As in "¿Cuántos kilos", "¿Cuántas latas"."""
    return f"¿Cuánt{'as' if unit in _FEMININE else 'os'} {units_asked(unit)}"
