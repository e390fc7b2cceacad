"""Handing over to a person, and back."""

from marchante.channels.whatsapp.messages import escape_formatting, fit
from marchante.conversations.replies.es.voice import Treatment, pick, sentence


def calling(treatment: Treatment) -> str:
    return pick(
        treatment,
        "🙋 Listo, ya avisé a una persona; te contesta por aquí. Si prefieres seguir conmigo, escribe *menú*.",
        "🙋 Listo, ya avisé a una persona; le contesta por aquí. Si prefiere seguir conmigo, escriba *menú*.",
    )


def sorry_for_complaint(treatment: Treatment) -> str:
    return pick(treatment, "Lamento mucho lo que pasó.", "Lamento mucho lo que pasó. Le ofrezco una disculpa.")


def gave_up_understanding() -> str:
    return "Perdón, sigo sin entender."


def back_with_bot(treatment: Treatment) -> str:
    return pick(treatment, "Aquí sigo para ayudarte.", "Aquí sigo para ayudarle.")


def nobody_answered(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Disculpa, ahora nadie puede contestarte. Mientras, puedo ayudarte yo:",
        "Disculpe, ahora nadie puede contestarle. Mientras, puedo ayudarle yo:",
    )


def goodbye(treatment: Treatment) -> str:
    return pick(
        treatment,
        "¡Que te vaya bien! Aquí estamos cuando nos necesites. 👋",
        "¡Que le vaya bien! Aquí estamos cuando nos necesite. 👋",
    )


def welcome_thanks(treatment: Treatment) -> str:
    return pick(
        treatment,
        "¡Con gusto! 😊 Aquí estamos para lo que necesites.",
        "¡Con gusto! 😊 Aquí estamos para lo que necesite.",
    )


def opted_out(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Listo, ya no te mandaremos promociones; si cambias de idea escribe *alta*, y para pedir aquí estamos.",
        "Listo, ya no le mandaremos promociones; si cambia de idea escriba *alta*, y para pedir aquí estamos.",
    )


def opted_in(treatment: Treatment) -> str:
    return pick(
        treatment,
        "¡Gracias! Te avisaremos de nuestras promociones; para dejar de recibirlas escribe *baja*.",
        "¡Gracias! Le avisaremos de nuestras promociones; para dejar de recibirlas escriba *baja*.",
    )


def not_saved_yet(folio: str, treatment: Treatment) -> str:
    """Thanks or a goodbye while a placed order is being changed."""
    return pick(
        treatment,
        f"¡Con gusto! 😊 Ojo: los cambios de tu pedido *{folio}* todavía no están guardados.",
        f"¡Con gusto! 😊 Ojo: los cambios de su pedido *{folio}* todavía no están guardados.",
    )


def not_confirmed_yet(treatment: Treatment) -> str:
    return pick(
        treatment,
        "¡Con gusto! 😊 Ojo: tu pedido todavía no está confirmado.",
        "¡Con gusto! 😊 Ojo: su pedido todavía no está confirmado.",
    )


def calling_closed(moment: str, treatment: Treatment) -> str:
    """`moment`: when the shop opens."""
    when = sentence(moment)
    return pick(
        treatment,
        f"🙋 Ya avisé, pero ahora está cerrado: te contestan {when} Si prefieres seguir conmigo, escribe *menú*.",
        f"🙋 Ya avisé, pero ahora está cerrado: le contestan {when} Si prefiere seguir conmigo, escriba *menú*.",
    )


def agreed(treatment: Treatment) -> str:
    """Above what a person noted for the customer."""
    return pick(treatment, "Esto quedamos contigo:", "Esto quedamos con usted:")


def is_this_the_address(address: str, treatment: Treatment) -> str:
    where = escape_formatting(fit(address, 300))
    return pick(treatment, f"📍 ¿Tu dirección es *{where}*?", f"📍 ¿Su dirección es *{where}*?")


def address_kept(treatment: Treatment) -> str:
    return pick(treatment, "Listo, guardé tu dirección.", "Listo, guardé su dirección.")
