"""What the people of the shop are told."""

from decimal import Decimal

from marchante.channels.whatsapp.messages import escape_formatting, fit
from marchante.conversations.replies.es.amounts import money

_LINES_SHOWN = 40
_TEXT = 4000


def new_order(folio: str, customer: str, phone: str, lines: list[str], more: list[str], total: Decimal) -> str:
    """`more`: where to, when, how it is paid, notes."""
    who = f"{escape_formatting(customer)} · {phone}" if phone else escape_formatting(customer)
    shown = lines[:_LINES_SHOWN]
    if len(lines) > _LINES_SHOWN:
        shown.append(f"… y {len(lines) - _LINES_SHOWN} más")
    text = "\n".join([f"🔔 *Pedido nuevo {folio}*", f"👤 {who}", *shown, f"*Total {money(total)}*", *more])
    return fit(text, _TEXT)


def somebody() -> str:
    """A customer without a name."""
    return "Cliente"


def unknown_place() -> str:
    """Of an order that goes where no zone of the shop is known to be."""
    return "⚠️ No sé si llegas a esa dirección: confírmalo con el cliente."
