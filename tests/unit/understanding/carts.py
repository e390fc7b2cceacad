"""What tests of understanding look at in what was understood."""

from decimal import Decimal

from marchante.understanding import Ambiguous, ItemOp, Understood


def cart(understood: Understood) -> dict[str, str]:
    """Sku → amount, `$` before pesos, `pz` after pieces, the operation before what is not added."""
    return {item.sku: f"{'' if item.op == 'add' else item.op + ' '}{_amount(item)}" for item in understood.items}


def _amount(item: ItemOp) -> str:
    if item.amount_mxn is not None:
        return f"${item.amount_mxn:f}"
    if item.pieces is not None:
        return f"{item.pieces:f}pz"
    return "" if item.quantity is None else f"{item.quantity:f}"


def quantities(understood: Understood) -> dict[str, Decimal | None]:
    return {item.sku: item.quantity for item in understood.items}


def operations(understood: Understood) -> list[str]:
    """`set Leche 2`; `-` where no amount was said."""
    return [f"{item.op} {item.sku} {item.quantity or '-'}" for item in understood.items]


def check_sound(text: str, understood: Understood, most: int) -> None:
    """Whatever the text: no absurd amount, the customer's own words, and every product once."""
    found: tuple[ItemOp | Ambiguous, ...] = (*understood.items, *understood.ambiguous)
    amounts = [value for each in found for value in (each.quantity, each.amount_mxn, each.pieces) if value is not None]
    assert all(0 < value <= most for value in amounts), text
    for phrase in (*understood.unknown, *understood.notes, *(each.phrase for each in understood.ambiguous)):
        assert phrase in text
    skus = [item.sku for item in understood.items]
    assert len(skus) == len(set(skus)), text
