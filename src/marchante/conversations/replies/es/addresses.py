"""The customer's own addresses."""

from marchante.channels.whatsapp.messages import escape_formatting, fit
from marchante.conversations.replies.es.voice import Treatment, pick, quoted

_SHOWN = 200


def which_address(treatment: Treatment) -> str:
    return pick(treatment, "📍 Tus direcciones. ¿Cuál quieres ver?", "📍 Sus direcciones. ¿Cuál quiere ver?")


def no_addresses(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Todavía no tengo direcciones tuyas; la guardo con tu próximo pedido.",
        "Todavía no tengo direcciones suyas; la guardo con su próximo pedido.",
    )


def book_row(line: str, *, usual: bool) -> str:
    return f"La de siempre · {line}" if usual else line


def one_address(name: str | None, line: str, treatment: Treatment, *, usual: bool) -> str:
    head = f"📍 *{escape_formatting(name)}*: " if name else "📍 "
    kind = "\nEs la de siempre." if usual else ""
    hint = pick(
        treatment,
        "Para ponerle nombre escribe, por ejemplo: _guardar como casa_.",
        "Para darle nombre escriba, por ejemplo: _guardar como casa_.",
    )
    return f"{head}{escape_formatting(fit(line, _SHOWN))}{kind}\n{hint}"


def saved_as(name: str) -> str:
    return f"📍 Guardada como {quoted(name)}."


def usual_now(name: str) -> str:
    return f"📍 Desde ahora la de siempre es {quoted(name)}."


def forgotten(name: str) -> str:
    return f"🗑️ Borré la dirección {quoted(name)}."


def nothing_to_save(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Todavía no tengo una dirección tuya que guardar; escríbela o manda tu ubicación.",
        "Todavía no tengo una dirección suya que guardar; escríbala o mande su ubicación.",
    )
