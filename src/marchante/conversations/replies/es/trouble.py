"""What could not be read, came too late, or needs help."""

from marchante.conversations.replies.es.voice import Treatment, pick, quoted

_KINDS = {
    "audio": (
        "Todavía no puedo escuchar notas de voz. ¿Me lo escribes?",
        "Todavía no puedo escuchar notas de voz. ¿Me lo escribe?",
    ),
    "image": (
        "No puedo ver fotos. Si es una lista o un comprobante, escríbeme lo que necesitas o pide un *asesor*.",
        "No puedo ver fotos. Si es una lista o un comprobante, escríbame lo que necesita o pida un *asesor*.",
    ),
    "video": ("No puedo ver videos. ¿Me lo escribes?", "No puedo ver videos. ¿Me lo escribe?"),
    "sticker": (
        "¡Qué buen sticker! 😄 Yo solo entiendo texto y botones.",
        "¡Qué buen sticker! 😄 Yo solo entiendo texto y botones.",
    ),
    "document": (
        "No puedo abrir archivos. Escríbeme lo que necesitas o pide un *asesor*.",
        "No puedo abrir archivos. Escríbame lo que necesita o pida un *asesor*.",
    ),
    "contacts": (
        "Recibí un contacto, pero no puedo usarlo. ¿Me escribes lo que necesitas?",
        "Recibí un contacto, pero no puedo usarlo. ¿Me escribe lo que necesita?",
    ),
    "location": (
        "No pude leer esa ubicación. ¿Me escribes tu dirección?",
        "No pude leer esa ubicación. ¿Me escribe su dirección?",
    ),
    "order": (
        "Recibí un carrito que no pude leer. ¿Me escribes qué llevas?",
        "Recibí un carrito que no pude leer. ¿Me escribe qué lleva?",
    ),
}
_ANY_KIND = (
    "No puedo leer ese tipo de mensaje. ¿Me lo escribes?",
    "No puedo leer ese tipo de mensaje. ¿Me lo escribe?",
)


def unsupported(kind: str, treatment: Treatment) -> str:
    return pick(treatment, *_KINDS.get("audio" if kind == "voice" else kind, _ANY_KIND))


def read_caption_only(treatment: Treatment) -> str:
    return pick(
        treatment,
        "No puedo ver lo que mandaste, pero leí lo que escribiste:",
        "No puedo ver lo que mandó, pero leí lo que escribió:",
    )


def not_understood(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Perdón, no te entendí. ¿Me lo dices de otra forma?",
        "Perdón, no le entendí. ¿Me lo dice de otra forma?",
    )


def options(treatment: Treatment) -> str:
    return pick(treatment, "Sigo sin entenderte. Elige una opción:", "Sigo sin entenderle. Elija una opción:")


def late(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Disculpa la demora; no pudimos contestarte antes. 🙏",
        "Disculpe la demora; no pudimos contestarle antes. 🙏",
    )


def still_stands(text: str, treatment: Treatment) -> str:
    wrote = pick(treatment, "Escribiste", "Escribió")
    return f"{wrote}: {quoted(text)}\n¿Sigue en pie?"


def help_options(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Así te ayudo:\n"
        "• Escribe lo que quieres con cantidades y te doy el total antes de confirmar.\n"
        "• Pregunta precios: _¿a cómo…?_\n"
        "• En cualquier momento: *menú*, *atrás*, *cancelar* o *asesor*.",
        "Así le ayudo:\n"
        "• Escriba lo que quiere con cantidades y le doy el total antes de confirmar.\n"
        "• Pregunte precios: _¿a cómo…?_\n"
        "• En cualquier momento: *menú*, *atrás*, *cancelar* o *asesor*.",
    )
