"""How an order is doing and what happens next."""

from collections.abc import Mapping

from marchante.channels.whatsapp.messages import escape_formatting
from marchante.conversations.replies.es.voice import Treatment, pick, sentence

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


def order(folio: str, status: str, moment: str, content: str, total: str) -> str:
    """As in "Pedido *A-0042* (hoy a las 10:30 a.m.): *En preparación*" and what it holds."""
    head = f"🧾 Pedido *{escape_formatting(folio)}* ({moment}): *{escape_formatting(status)}*"
    return f"{head}\n{content} · {total}"


def older(folio: str, status: str, moment: str) -> str:
    return f"• *{escape_formatting(folio)}* ({moment}): {escape_formatting(status)}"


def next_step(code: str, treatment: Treatment) -> str:
    familiar, formal = _NEXT.get(code, ("", ""))
    return pick(treatment, familiar, formal)


def expected(code: str, window: str, treatment: Treatment, *, pickup: bool) -> str:
    """What happens next with an order that is promised for a time still to come: "hoy de 5 a 7 p.m."."""
    now = {"pending": "Ya lo recibimos", "processing": "Lo estamos preparando"}.get(code)
    if now is None:
        return next_step(code, treatment)
    if pickup:
        told = pick(treatment, "te avisamos cuando puedas pasar por él", "le avisamos cuando pueda pasar por él")
        return f"🏪 {now}; estará {window} y {told}."
    return f"🛵 {now}; {pick(treatment, 'te', 'se')} lo llevamos {sentence(window)}"


def behind(treatment: Treatment) -> str:
    """It should have been there by now."""
    return pick(
        treatment,
        "🙏 Perdón, va atrasado. Lo seguimos preparando y te avisamos en cuanto salga.",
        "🙏 Perdón, va atrasado. Lo seguimos preparando y le avisamos en cuanto salga.",
    )


def no_orders(treatment: Treatment) -> str:
    return pick(treatment, "Todavía no tienes pedidos con nosotros.", "Todavía no tiene pedidos con nosotros.")


def not_confirmed(treatment: Treatment) -> str:
    return pick(treatment, "Tu pedido todavía no está confirmado.", "Su pedido todavía no está confirmado.")


def anything_else(treatment: Treatment) -> str:
    return pick(treatment, "¿Qué más se te ofrece?", "¿Qué más se le ofrece?")


def notice(folio: str, code: str, treatment: Treatment) -> str:
    """Told when the shop moves the order on."""
    return f"🧾 Pedido *{escape_formatting(folio)}*: {next_step(code, treatment)}"
