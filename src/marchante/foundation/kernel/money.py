"""Mexican pesos as exact decimals: rounded half up per line, then added. Prices include IVA."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def pesos(value: Decimal | int | str) -> Decimal:
    """Round half up to the cent."""
    return Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)


def line_total(unit_price: Decimal, quantity: Decimal) -> Decimal:
    """What one line of an order costs, in pesos."""
    return pesos(unit_price * quantity)
