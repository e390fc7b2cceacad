"""Greeting and main menu."""

from marchante.channels.whatsapp.messages import escape_formatting
from marchante.conversations.replies.es import titles
from marchante.conversations.replies.es.voice import Treatment, named, pick


def hello(name: str | None) -> str:
    return f"¡Hola{named(name)}! 👋"


def first_hello(name: str | None, shop: str, treatment: Treatment) -> str:
    """To somebody who writes for the first time."""
    welcome = pick(treatment, "Te damos la bienvenida a", "Le damos la bienvenida a")
    return f"¡Hola{named(name)}! 👋 {welcome} *{escape_formatting(shop)}*."


def privacy_notice(treatment: Treatment) -> str:
    return pick(
        treatment,
        "🔒 Usamos tus datos solo para atender tus pedidos; escribe *mis datos* para verlos o *borrar mis datos*.",
        "🔒 Usamos sus datos solo para atender sus pedidos; escriba *mis datos* para verlos o *borrar mis datos*.",
    )


def menu(treatment: Treatment) -> str:
    """The four entries with their numbers, so that they can also be typed."""
    question = pick(treatment, "¿Qué se te ofrece?", "¿Qué se le ofrece?")
    hint = pick(
        treatment,
        "Elige una opción, escribe el número o dime de una vez qué necesitas.",
        "Elija una opción, escriba el número o díganos de una vez qué necesita.",
    )
    entries = (titles.SEE_CATALOG, titles.ORDER, titles.STATUS, titles.PERSON)
    numbered = "\n".join(f"{place}. {title}" for place, title in enumerate(entries, 1))
    return f"{question}\n{numbered}\n\n{hint}"


def campaign(text: str) -> str:
    """What the shop announces, in its own words."""
    return f"📣 {escape_formatting(text)}"


def below_picture(treatment: Treatment) -> str:
    """Under the picture of a campaign."""
    return pick(
        treatment,
        "¿Qué se te ofrece? Elige o dime de una vez qué necesitas.",
        "¿Qué se le ofrece? Elija o díganos de una vez qué necesita.",
    )


def short_menu(treatment: Treatment) -> str:
    """The menu after something was told."""
    return pick(treatment, "¿Se te ofrece algo más?", "¿Se le ofrece algo más?")


CATALOG_ROW = "Productos y precios"
ORDER_ROW = "Elige o escribe lo que necesitas"
ORDER_ROW_FORMAL = "Elija o escriba lo que necesita"
STATUS_ROW = "Cómo va el último pedido"
REPEAT_ROW = "Lo mismo que la última vez, a precios de hoy"
PERSON_ROW = "Una persona contesta aquí mismo"


def order_row(treatment: Treatment) -> str:
    return pick(treatment, ORDER_ROW, ORDER_ROW_FORMAL)


def cart_kept(products: int, total: str, treatment: Treatment) -> str:
    """The menu was asked for in the middle of an order."""
    counted = "1 producto" if products == 1 else f"{products} productos"
    whose = pick(treatment, "Tu pedido sigue guardado", "Su pedido sigue guardado")
    return f"🛒 {whose}: {counted}, {total}."
