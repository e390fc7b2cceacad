"""The data of an invoice."""

from marchante.channels.whatsapp.messages import escape_formatting
from marchante.conversations.replies.es.voice import Treatment, joined, pick

FIELDS = {
    "rfc": "RFC",
    "name": "nombre o razón social",
    "zip_code": "código postal",
    "regime": "régimen fiscal",
    "use": "uso de CFDI",
}
CHOOSE_REGIME = "Elegir régimen"


def ask_data(folio: str, treatment: Treatment) -> str:
    """`folio` "" when it is clear which order is meant."""
    order = f" del pedido *{escape_formatting(folio)}*" if folio else ""
    wanted = joined(list(FIELDS.values()))
    return pick(
        treatment,
        f"🧾 Para la factura{order}, mándame en un solo mensaje: {wanted}.\n"
        "También puedes mandar la foto o el PDF de tu constancia.",
        f"🧾 Para la factura{order}, mándeme en un solo mensaje: {wanted}.\n"
        "También puede mandar la foto o el PDF de su constancia.",
    )


def ask_missing(fields: list[str], treatment: Treatment) -> str:
    """`fields`: names out of FIELDS."""
    lacking = joined(fields)
    return pick(treatment, f"🧾 Ya casi. Solo mándame: {lacking}.", f"🧾 Ya casi. Solo mándeme: {lacking}.")


def ask_regime(treatment: Treatment) -> str:
    return pick(
        treatment,
        "🧾 ¿En qué régimen estás? Viene en tu constancia; también puedes escribir el número.",
        "🧾 ¿En qué régimen está? Viene en su constancia; también puede escribir el número.",
    )


def ask_use(treatment: Treatment) -> str:
    return pick(treatment, "🧾 ¿Para qué usarás la factura?", "🧾 ¿Para qué usará la factura?")


def bad_rfc(fault: str, treatment: Treatment) -> str:
    if fault == "generic":
        return pick(
            treatment,
            "Ese es el RFC genérico; para facturarte necesito el tuyo.",
            "Ese es el RFC genérico; para facturarle necesito el suyo.",
        )
    return pick(
        treatment,
        "Ese RFC no cuadra; revísalo letra por letra, con homoclave (12 o 13 caracteres).",
        "Ese RFC no cuadra; revíselo letra por letra, con homoclave (12 o 13 caracteres).",
    )


def data_shown(rfc: str, name: str, zip_code: str, regime: str, use: str) -> str:
    return "\n".join([escape_formatting(name), f"RFC {rfc} · CP {zip_code}", regime, use])


def confirm(folio: str, shown: str, treatment: Treatment) -> str:
    order = escape_formatting(folio)
    asked = pick(
        treatment, f"¿Pido así tu factura del pedido *{order}*?", f"¿Pido así su factura del pedido *{order}*?"
    )
    return f"🧾 {shown}\n{asked}"


def requested(folio: str, shown: str, treatment: Treatment) -> str:
    """`folio` "" in the confirmation of the order itself."""
    order = f" del pedido *{escape_formatting(folio)}*" if folio else ""
    mend = pick(
        treatment,
        "La tienda te la manda por aquí. Si algo está mal, escribe *corregir factura*.",
        "La tienda se la manda por aquí. Si algo está mal, escriba *corregir factura*.",
    )
    return f"🧾 Pedí la factura{order} con estos datos:\n{shown}\n{mend}"


def with_next_order(treatment: Treatment) -> str:
    return pick(
        treatment,
        "🧾 Claro que sí: tu próximo pedido va con factura. ¿Qué te mando?",
        "🧾 Claro que sí: su próximo pedido va con factura. ¿Qué le mando?",
    )


def with_this_order(treatment: Treatment) -> str:
    return pick(
        treatment,
        "🧾 Claro que sí: este pedido va con factura; te pido los datos al confirmar.",
        "🧾 Claro que sí: este pedido va con factura; le pido los datos al confirmar.",
    )


def on_this_order() -> str:
    """In the summary of an order."""
    return "🧾 con factura"


def made_already(folio: str, treatment: Treatment) -> str:
    shown = escape_formatting(folio)
    return pick(
        treatment,
        f"🧾 La factura del pedido *{shown}* ya está hecha; si no la tienes, escribe *asesor*.",
        f"🧾 La factura del pedido *{shown}* ya está hecha; si no la tiene, escriba *asesor*.",
    )


def document_received(treatment: Treatment) -> str:
    return pick(treatment, "🧾 Recibí tu constancia.", "🧾 Recibí su constancia.")


def dropped() -> str:
    return "Listo, lo dejamos así."
