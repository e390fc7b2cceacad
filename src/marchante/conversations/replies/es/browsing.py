"""Catalog, categories, products."""

from collections.abc import Sequence
from decimal import Decimal

from marchante.channels.whatsapp.messages import escape_formatting, fit
from marchante.conversations.replies.es import dates
from marchante.conversations.replies.es.amounts import how_many, money, number, price_per_unit
from marchante.conversations.replies.es.voice import Treatment, joined, pick, quoted

SOLD_OUT = "Agotado por hoy"
_DESCRIPTION_SHOWN = 400
_OPTIONS_SHOWN = 200
_DETAILS_SHOWN = 1000


def choose_category(treatment: Treatment) -> str:
    return pick(
        treatment,
        "🛒 Elige una categoría o escribe de una vez todo lo que quieres, con cantidades.",
        "🛒 Elija una categoría o escriba de una vez todo lo que quiere, con cantidades.",
    )


def choose_product(category: str, page: int, pages: int, treatment: Treatment) -> str:
    where = f" ({page} de {pages})" if pages > 1 else ""
    hint = pick(
        treatment,
        "Elige un producto y lo agrego; también puedes escribirlo.",
        "Elija un producto y lo agrego; también puede escribirlo.",
    )
    return f"*{escape_formatting(category)}*{where}\n{hint}"


def product_count(count: int) -> str:
    return "1 producto" if count == 1 else f"{count} productos"


def product_row(price: Decimal, unit: str, description: str, full_name: str | None, *, sold_out: bool) -> str:
    """What stands below a product's title; its whole name when the title could not hold it."""
    parts = [SOLD_OUT if sold_out else price_per_unit(price, unit), full_name or description]
    return " · ".join(part for part in parts if part)


def which_details(treatment: Treatment) -> str:
    return pick(treatment, "🔎 ¿De cuál quieres ver los detalles?", "🔎 ¿De cuál quiere ver los detalles?")


def details(name: str, price: Decimal | None, unit: str, description: str, more: list[str]) -> str:
    """A product by itself; `more`: what can be chosen inside, on which days it is sold, why it is not to be had."""
    parts = [f"*{escape_formatting(name)}*", escape_formatting(fit(description, _DESCRIPTION_SHOWN))]
    parts += [price_per_unit(price, unit) if price is not None else "", *more]
    return fit("\n".join(part for part in parts if part), _DETAILS_SHOWN)


def group_of(name: str, options: list[str]) -> str:
    """As in "Guiso: tinga, hongos o rajas"."""
    return escape_formatting(fit(f"{name}: {joined(options, 'o')}", _OPTIONS_SHOWN))


def only_on(weekdays: Sequence[int]) -> str:
    """As in "Solo sábados y domingos"; ISO weekdays."""
    return f"📅 Solo {dates.weekdays(weekdays)}"


def other_days(name: str, weekdays: Sequence[int]) -> str:
    """Asked for on a day it is not sold."""
    return f"📅 {escape_formatting(name)}: solo {dates.weekdays(weekdays)}."


def whole_catalog(treatment: Treatment) -> str:
    """Below the file."""
    return pick(
        treatment,
        "📖 Nuestro catálogo completo. Escribe por aquí lo que quieras pedir.",
        "📖 Nuestro catálogo completo. Escriba por aquí lo que quiera pedir.",
    )


def nothing_for_sale(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Por ahora no tenemos productos a la venta por aquí. Escribe *asesor* y te atiende una persona.",
        "Por ahora no tenemos productos a la venta por aquí. Escriba *asesor* y le atiende una persona.",
    )


def is_it_this(phrase: str, treatment: Treatment) -> str:
    """When only one product comes near."""
    return pick(
        treatment,
        f"No encontré {quoted(phrase)} tal cual. ¿Quieres este?",
        f"No encontré {quoted(phrase)} tal cual. ¿Quiere este?",
    )


def which_one(phrase: str, treatment: Treatment) -> str:
    if not phrase:
        return pick(treatment, "¿Cuál de estos quieres?", "¿Cuál de estos quiere?")
    return pick(
        treatment,
        f"Tengo varios de {quoted(phrase)}. ¿Cuál quieres?",
        f"Tengo varios de {quoted(phrase)}. ¿Cuál quiere?",
    )


def which_ones(phrases: list[str], treatment: Treatment) -> str:
    """Several things are unclear at once; each has its part of the list."""
    what = joined([f"de {quoted(phrase)}" for phrase in phrases])
    return pick(
        treatment,
        f"Tengo varios {what}. ¿Cuáles quieres? Escríbelos juntos o elígelos en la lista, uno por uno.",
        f"Tengo varios {what}. ¿Cuáles quiere? Escríbalos juntos o elíjalos en la lista, uno por uno.",
    )


def noted_amount(amount: Decimal, *, pesos: bool) -> str:
    """How much, said before it is known of which."""
    return f"📝 Anotado: {money(amount) if pesos else number(amount)}."


def ask_quantity(name: str, price: Decimal, unit: str, treatment: Treatment) -> str:
    asked = pick(treatment, "te pongo?", "le pongo?")
    hint = pick(treatment, "Elige o escribe la cantidad.", "Elija o escriba la cantidad.")
    return f"*{escape_formatting(name)}* · {price_per_unit(price, unit)}\n{how_many(unit)} {asked} {hint}"


def not_carried(phrases: list[str], treatment: Treatment, *, hint: bool) -> str:
    told = f"❌ No manejamos {joined([quoted(phrase) for phrase in phrases], 'ni')}."
    look = pick(treatment, "Escribe *catálogo* para ver lo que hay.", "Escriba *catálogo* para ver lo que hay.")
    return f"{told} {look}" if hint else told


def not_sold_here(phrases: list[str]) -> str:
    """WhatsApp forbids it, or the shop keeps it out of the chat."""
    return f"🚫 Por WhatsApp no vendemos {joined([quoted(phrase) for phrase in phrases], 'ni')}."


def left_out(phrases: list[str], treatment: Treatment) -> str:
    what = joined([quoted(phrase) for phrase in phrases])
    again = pick(treatment, "si lo quieres, escríbelo de nuevo", "si lo quiere, escríbalo de nuevo")
    return f"Dejé fuera {what}; {again}."


def sold_out(names: list[str]) -> str:
    return f"😕 Por hoy se nos acabó: {joined([escape_formatting(name) for name in names])}."


def whatsapp_catalog(treatment: Treatment) -> str:
    """Above the button that opens WhatsApp's own catalog."""
    return pick(
        treatment,
        "📖 Nuestro catálogo. Arma tu carrito y mándalo por aquí, o escribe lo que quieras pedir.",
        "📖 Nuestro catálogo. Arme su carrito y mándelo por aquí, o escriba lo que quiera pedir.",
    )


def gone_from_cart(products: int, treatment: Treatment) -> str:
    """Of a cart that was filled in WhatsApp's own catalog."""
    what = "Un producto" if products == 1 else f"{products} productos"
    lacks = "ya no lo tenemos" if products == 1 else "ya no los tenemos"
    return f"😕 {what} de {pick(treatment, 'tu', 'su')} carrito {lacks}."


def gone(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Ese producto ya no lo tenemos. Mira lo que hay:",
        "Ese producto ya no lo tenemos. Mire lo que hay:",
    )


def look_around(treatment: Treatment) -> str:
    return pick(treatment, "¿Quieres ver lo que tenemos?", "¿Quiere ver lo que tenemos?")
