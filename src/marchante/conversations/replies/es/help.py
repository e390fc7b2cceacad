"""Answers of the help."""

from marchante.conversations.replies.es.voice import Treatment, pick


def how_to_order(treatment: Treatment) -> str:
    return pick(
        treatment,
        "🛒 Escribe lo que quieres con cantidades, por ejemplo: _2 kg de jitomate y 3 aguacates para mañana a las 10_. "
        "Te muestro todo con precios y tú confirmas. También puedes elegir del catálogo.",
        "🛒 Escriba lo que quiere con cantidades, por ejemplo: _2 kg de jitomate y 3 aguacates para mañana a las 10_. "
        "Le muestro todo con precios y usted confirma. También puede elegir del catálogo.",
    )


def anything_else(treatment: Treatment) -> str:
    return pick(treatment, "¿Te ayudo con algo más?", "¿Le ayudo con algo más?")
