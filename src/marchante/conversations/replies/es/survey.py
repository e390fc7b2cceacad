"""How the order was."""

from marchante.channels.whatsapp.messages import escape_formatting
from marchante.conversations.replies.es.voice import Treatment, pick

_STARS = "⭐"
_MEANINGS = {5: "Excelente", 4: "Bien", 3: "Regular", 2: "Mal", 1: "Muy mal"}


def consent(folio: str, treatment: Treatment) -> str:
    return pick(
        treatment,
        f"¿Nos cuentas cómo te fue con tu pedido *{escape_formatting(folio)}*?",
        f"¿Nos cuenta cómo le fue con su pedido *{escape_formatting(folio)}*?",
    )


def rating(folio: str, treatment: Treatment) -> str:
    shown = escape_formatting(folio)
    return pick(
        treatment,
        f"¿Cómo te fue con tu pedido *{shown}*? Elige o escribe un número del 1 (muy mal) al 5 (excelente).",
        f"¿Cómo le fue con su pedido *{shown}*? Elija o escriba un número del 1 (muy mal) al 5 (excelente).",
    )


def rating_row(value: int) -> str:
    return f"{_STARS * value} {_MEANINGS[value]}"


def thanks(treatment: Treatment) -> str:
    return pick(
        treatment,
        "¡Muchas gracias! 😊 Si quieres agregar un comentario, escríbelo aquí.",
        "¡Muchas gracias! 😊 Si quiere agregar un comentario, escríbalo aquí.",
    )


def problem(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Lamento que no te fuera bien. ¿Ya se resolvió, o quieres que te atienda una persona?",
        "Lamento que no le fuera bien. ¿Ya se resolvió, o quiere que le atienda una persona?",
    )


def solved(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Gracias por decírnoslo; lo tomamos en cuenta para tu próximo pedido. Si quieres, cuéntame qué pasó.",
        "Gracias por decírnoslo; lo tomamos en cuenta para su próximo pedido. Si quiere, cuénteme qué pasó.",
    )


def comment_kept(treatment: Treatment) -> str:
    return pick(treatment, "Gracias, en la tienda leerán tu comentario.", "Gracias, en la tienda leerán su comentario.")


def declined(treatment: Treatment) -> str:
    return pick(treatment, "Sin problema. ¡Gracias por tu compra!", "Sin problema. ¡Gracias por su compra!")


def over() -> str:
    """An old button."""
    return "Esa pregunta ya pasó, pero gracias por contestar."
