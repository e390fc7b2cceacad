"""Addresses: from a shared location, in one piece, field by field; confirmed, corrected, kept."""

from marchante.channels.whatsapp.messages import escape_formatting, fit
from marchante.conversations.replies.es.voice import Treatment, pick

_SHOWN = 200


def _line(address: str) -> str:
    return f"*{escape_formatting(fit(address, _SHOWN))}*"


def require(treatment: Treatment, *, before_order: bool) -> str:
    if before_order:
        return pick(
            treatment,
            "📍 Antes de empezar, ¿a dónde te lo llevamos? Toca el botón para mandar tu ubicación, o escribe calle, "
            "número y colonia. Si prefieres, escribe *paso a paso*.",
            "📍 Antes de empezar, ¿a dónde se lo llevamos? Toque el botón para mandar su ubicación, o escriba calle, "
            "número y colonia. Si prefiere, escriba *paso a paso*.",
        )
    return pick(
        treatment,
        "📍 Toca el botón para mandar la ubicación, o escribe la dirección: calle, número y colonia. Si prefieres, "
        "escribe *paso a paso*.",
        "📍 Toque el botón para mandar la ubicación, o escriba la dirección: calle, número y colonia. Si prefiere, "
        "escriba *paso a paso*.",
    )


def not_found(treatment: Treatment) -> str:
    return pick(
        treatment,
        "📍 Recibí tu ubicación, pero no encontré la calle. Escribe calle y número para que el repartidor te "
        "encuentre, o lo dejamos así.",
        "📍 Recibí su ubicación, pero no encontré la calle. Escriba calle y número para que el repartidor lo "
        "encuentre, o lo dejamos así.",
    )


def found(address: str, treatment: Treatment) -> str:
    where = pick(treatment, "Según tu ubicación estás en", "Según su ubicación está en")
    fix = pick(treatment, "Si no es exacta, corrígela.", "Si no es exacta, corríjala.")
    return f"📍 {where} {_line(address)}. ¿Es ahí? {fix}"


def found_in_summary(treatment: Treatment) -> str:
    return pick(
        treatment,
        "📍 La dirección la tomé de tu ubicación; si no es exacta, escríbela.",
        "📍 La dirección la tomé de su ubicación; si no es exacta, escríbala.",
    )


def _so_far(known: str) -> str:
    return f" Tengo: {_line(known)}." if known else ""


def ask_street(known: str, treatment: Treatment) -> str:
    ask = pick(treatment, "Escribe la calle y el número", "Escriba la calle y el número")
    return f"🏠 {ask} (si no tiene, _s/n_).{_so_far(known)}"


def ask_colony(known: str, treatment: Treatment) -> str:
    return f"🏘️ {pick(treatment, '¿En qué colonia estás?', '¿En qué colonia está?')}{_so_far(known)}"


def ask_postal_code(known: str) -> str:
    return f"📮 ¿Código postal y ciudad?{_so_far(known)}"


def ask_references(known: str, treatment: Treatment) -> str:
    ask = pick(
        treatment,
        "¿Entre qué calles, o cómo reconocemos tu casa? Por ejemplo: _portón verde, frente al parque_.",
        "¿Entre qué calles, o cómo reconocemos su casa? Por ejemplo: _portón verde, frente al parque_.",
    )
    return f"🔎 {ask}{_so_far(known)}"


def not_a_street(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Necesito el nombre de la calle; por ejemplo: _Zaragoza 5_. Si te atoras, escribe *asesor*.",
        "Necesito el nombre de la calle; por ejemplo: _Zaragoza 5_. Si se atora, escriba *asesor*.",
    )


def not_a_part(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Eso no lo entendí como parte de la dirección; escríbelo otra vez o toca el botón para seguir.",
        "Eso no lo entendí como parte de la dirección; escríbalo otra vez o toque el botón para seguir.",
    )


def whole(address: str) -> str:
    return f"📍 Así queda: {_line(address)}. ¿Está bien, o qué corregimos?"


def kept(address: str, treatment: Treatment) -> str:
    use = pick(treatment, "La uso en tu próximo pedido.", "La uso en su próximo pedido.")
    return f"📍 Guardé la dirección {_line(address)}. {use}"


def changed(address: str) -> str:
    return f"📍 Corregí la dirección: {_line(address)}."
