"""When the service itself is in trouble, or the shop is not being served."""

from marchante.conversations.replies.es.voice import Treatment, pick


def message_set_aside(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Perdón, tuve un problema con tu mensaje. Ya le avisé a una persona para que te atienda.",
        "Perdón, tuve un problema con su mensaje. Ya le avisé a una persona para que le atienda.",
    )


def suspended(shop: str) -> str:
    return f"Gracias por escribir a {shop}. Por ahora no estamos tomando pedidos por aquí; guardamos el mensaje."
