"""What the people of the shop are told."""

from decimal import Decimal

from marchante.channels.whatsapp.messages import escape_formatting, fit
from marchante.conversations.replies.es.amounts import money, quantity_of, quantity_with_unit
from marchante.conversations.replies.es.voice import joined

_LINES_SHOWN = 40
_TEXT = 4000


def new_order(folio: str, customer: str, phone: str, lines: list[str], more: list[str], total: str) -> str:
    """`more`: where to, when, how it is paid, notes."""
    who = f"{escape_formatting(customer)} · {phone}" if phone else escape_formatting(customer)
    shown = lines[:_LINES_SHOWN]
    if len(lines) > _LINES_SHOWN:
        shown.append(f"… y {len(lines) - _LINES_SHOWN} más")
    text = "\n".join([f"🔔 *Pedido nuevo {folio}*", f"👤 {who}", *shown, f"*Total {total}*", *more])
    return fit(text, _TEXT)


def in_one_sentence(changes: list[str]) -> str:
    """As a template takes them: in one line, its end left to the template."""
    return "; ".join(change.rstrip(".:") for change in changes)


def changed_order(folio: str, customer: str, phone: str, changes: list[str]) -> str:
    who = f"{escape_formatting(customer)} · {phone}" if phone else escape_formatting(customer)
    return fit("\n".join([f"✏️ *Cambió el pedido {folio}*", f"👤 {who}", *changes[:_LINES_SHOWN]]), _TEXT)


def line(name: str, unit: str, before: Decimal, after: Decimal) -> str:
    """As in "➕ 1 kg Limón", "➖ 2 Coca-Cola", "🔁 Papa: 1 kg → 2 kg"."""
    shown = escape_formatting(name)
    if not before:
        return f"➕ {quantity_of(after, unit, shown)}"
    if not after:
        return f"➖ {quantity_of(before, unit, shown)}"
    return f"🔁 {shown}: {quantity_with_unit(before, unit)} → {quantity_with_unit(after, unit)}"


def total(before: Decimal, after: Decimal) -> str:
    return f"*Total {money(before)} → {money(after)}*"


def same_total(amount: Decimal) -> str:
    return f"*Total {money(amount)}* (igual)"


def give_back(amount: Decimal) -> str:
    return f"⚠️ Ya estaba pagado: hay que devolver {money(amount)}."


def collect(amount: Decimal) -> str:
    return f"⚠️ Ya estaba pagado: falta cobrar {money(amount)}."


def cancelled() -> str:
    return "❌ Lo canceló el cliente."


def answered() -> str:
    return "✅ Ya contestó lo que se le preguntó"


def wants_something_else(names: list[str]) -> str:
    return f"🔄 No quiere ese cambio de {joined(names)}: hay que proponer otra cosa."


def paid_by(method: str) -> str:
    """How it is paid now."""
    return {"card_at_door": "💳 tarjeta al recibir", "transfer": "🏦 transferencia"}.get(method, "💵 efectivo")


def somebody() -> str:
    """A customer without a name."""
    return "Cliente"


def unknown_place() -> str:
    """Of an order that goes where no zone of the shop is known to be."""
    return "⚠️ No sé si llegas a esa dirección: confírmalo con el cliente."
