"""Transfers and their receipts."""

from decimal import Decimal

from marchante.channels.whatsapp.messages import escape_formatting
from marchante.conversations.replies.es.amounts import money
from marchante.conversations.replies.es.voice import Treatment, pick, quoted


def transfer_to(to: list[str], total: Decimal, folio: str, treatment: Treatment, *, approximate: bool) -> str:
    """`to`: the account. How much to send there, and what to write as its reference."""
    about = pick(treatment, " (si al pesar cambia, te avisamos)", " (si al pesar cambia, le avisamos)")
    head = f"🏦 {pick(treatment, 'Transfiere', 'Transfiera')} *{money(total)}*{about if approximate else ''}"
    photo = pick(
        treatment,
        "Cuando quede, mándame por aquí la foto del comprobante.",
        "Cuando quede, mándeme por aquí la foto del comprobante.",
    )
    return "\n".join([head, *to, f"Concepto: *{folio}*", photo])


def account(bank: str, clabe: str, number: str, holder: str) -> list[str]:
    """CLABE and account stand alone, to be copied; what is not known is left out."""
    lines = [f"Banco: {escape_formatting(bank)}"] if bank else []
    lines += [f"CLABE: {clabe}"] if clabe else []
    lines += [f"Cuenta: {escape_formatting(number)}"] if number else []
    lines += [f"A nombre de: {escape_formatting(holder)}"] if holder else []
    return lines


def account_alone(to: list[str], treatment: Treatment) -> str:
    """Before there is anything to pay."""
    after = pick(
        treatment,
        "Al confirmar tu pedido te digo el total y el concepto.",
        "Al confirmar su pedido le digo el total y el concepto.",
    )
    return "\n".join(["🏦 Para transferir:", *to, after])


def send_photo(treatment: Treatment) -> str:
    """They say it is paid, without showing it."""
    return pick(
        treatment,
        "🏦 ¡Gracias! Mándame por aquí la foto del comprobante y lo revisamos.",
        "🏦 ¡Gracias! Mándeme por aquí la foto del comprobante y lo revisamos.",
    )


def under_review(treatment: Treatment) -> str:
    return pick(
        treatment,
        "🧾 Ya tengo tu comprobante; lo estamos revisando.",
        "🧾 Ya tengo su comprobante; lo estamos revisando.",
    )


def still_owed(total: Decimal, treatment: Treatment) -> str:
    """Beside the status of an order whose transfer nobody has shown yet."""
    return pick(
        treatment,
        f"🏦 Falta tu transferencia de {money(total)}; mándame la foto del comprobante.",
        f"🏦 Falta su transferencia de {money(total)}; mándeme la foto del comprobante.",
    )


def account_follows(treatment: Treatment) -> str:
    """The shop has not told its account to the bot."""
    return pick(
        treatment,
        "🏦 En un momento te pasamos los datos para la transferencia.",
        "🏦 En un momento le pasamos los datos para la transferencia.",
    )


def receipt_kept(folio: str, treatment: Treatment) -> str:
    return pick(
        treatment,
        f"🧾 ¡Gracias! Recibí tu comprobante del pedido *{folio}*; lo revisamos y te avisamos con el pedido.",
        f"🧾 ¡Gracias! Recibí su comprobante del pedido *{folio}*; lo revisamos y le avisamos con el pedido.",
    )


def receipt_repeated(treatment: Treatment) -> str:
    """The same picture came before."""
    return pick(
        treatment,
        "Ojo: ese comprobante ya lo habíamos recibido. Si fue por error, mándame el de este pedido.",
        "Ojo: ese comprobante ya lo habíamos recibido. Si fue por error, mándeme el de este pedido.",
    )


def receipt_accepted(folio: str, treatment: Treatment) -> str:
    return pick(
        treatment,
        f"✅ Tu transferencia del pedido *{folio}* quedó registrada. ¡Gracias!",
        f"✅ Su transferencia del pedido *{folio}* quedó registrada. ¡Gracias!",
    )


def receipt_rejected(folio: str, reason: str, treatment: Treatment) -> str:
    why = f" ({quoted(reason)})" if reason else ""
    return pick(
        treatment,
        f"⚠️ No pudimos validar tu comprobante del pedido *{folio}*{why}. "
        "Mándame otra foto o escribe *asesor* y lo vemos.",
        f"⚠️ No pudimos validar su comprobante del pedido *{folio}*{why}. "
        "Mándeme otra foto o escriba *asesor* y lo vemos.",
    )


def already_paid(treatment: Treatment) -> str:
    """Goes with the next notice of the order."""
    return pick(treatment, "Tu pago ya quedó registrado. ✅", "Su pago ya quedó registrado. ✅")
