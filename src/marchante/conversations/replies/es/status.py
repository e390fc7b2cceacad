"""How an order is doing and what happens next."""

from collections.abc import Mapping
from decimal import Decimal

from marchante.channels.whatsapp.messages import escape_formatting
from marchante.conversations.replies.es.amounts import money
from marchante.conversations.replies.es.voice import Treatment, pick

_NEXT: Mapping[str, tuple[str, str]] = {
    "pending": ("Ya lo recibimos; enseguida lo preparamos.", "Ya lo recibimos; enseguida lo preparamos."),
    "processing": (
        "Lo estamos preparando; te avisamos cuando esté listo.",
        "Lo estamos preparando; le avisamos cuando esté listo.",
    ),
    "shipped": ("Ya va en camino. 🛵", "Ya va en camino. 🛵"),
    "ready_for_pickup": ("Ya puedes pasar por él. 🏪", "Ya puede pasar por él. 🏪"),
    "delivered": ("Ya se entregó. ¡Gracias!", "Ya se entregó. ¡Gracias!"),
    "cancelled": ("Quedó cancelado.", "Quedó cancelado."),
}


def order(folio: str, status: str, moment: str, total: Decimal, content: str) -> str:
    """As in "Pedido *A-0042* (hoy a las 10:30 a.m.): *En preparación*" and what it holds."""
    head = f"🧾 Pedido *{escape_formatting(folio)}* ({moment}): *{escape_formatting(status)}*"
    return f"{head}\n{content} · {money(total)}"


def older(folio: str, status: str, moment: str) -> str:
    return f"• *{escape_formatting(folio)}* ({moment}): {escape_formatting(status)}"


def next_step(code: str, treatment: Treatment) -> str:
    familiar, formal = _NEXT.get(code, ("", ""))
    return pick(treatment, familiar, formal)


def no_orders(treatment: Treatment) -> str:
    return pick(treatment, "Todavía no tienes pedidos con nosotros.", "Todavía no tiene pedidos con nosotros.")


def anything_else(treatment: Treatment) -> str:
    return pick(treatment, "¿Qué más se te ofrece?", "¿Qué más se le ofrece?")


def notice(folio: str, code: str, treatment: Treatment) -> str:
    """Told when the shop moves the order on."""
    return f"🧾 Pedido *{escape_formatting(folio)}*: {next_step(code, treatment)}"
