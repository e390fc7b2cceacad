"""The summary of an order before it is confirmed."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from marchante.channels.whatsapp.messages import escape_formatting, fit
from marchante.conversations.replies.es.amounts import about, counted_of, money, quantity_of
from marchante.conversations.replies.es.voice import Treatment, named, pick

_ADDRESS_SHOWN = 200
_NOTE_SHOWN = 120


def understood(hello: str | None) -> str:
    """`hello`: the name to greet with, if a greeting is due."""
    return f"¡Hola{named(hello)}! Esto entendí:" if hello else "Esto entendí:"


def updated() -> str:
    return "Listo, así queda:"


def with_options(name: str, chosen: Sequence[str]) -> str:
    """As in "Quesadilla (tinga, con queso)"."""
    return f"{name} ({', '.join(each[:1].lower() + each[1:] for each in chosen)})" if chosen else name


def line(name: str, quantity: Decimal, unit: str, total: Decimal, pieces: Decimal | None, note: str) -> str:
    """As in "2 kg Jitomate · $48.00"; counted by piece but sold by kilo: "3 Aguacate (≈ 600 g) · ≈ $54.00"."""
    shown = escape_formatting(name)
    if pieces is None:
        text = f"{quantity_of(quantity, unit, shown)} · {money(total)}"
    else:
        text = f"{counted_of(pieces, quantity, shown)} · {about(total, approximate=True)}"
    return f"{text}\n   ↳ {escape_formatting(fit(note, _NOTE_SHOWN))}" if note else text


def so_far(total: Decimal) -> str:
    """Of the products, before it is known where they go."""
    return f"*Van {money(total)}* (sin envío)"


def totals(total: Decimal, fee: Decimal | None, *, approximate: bool) -> str:
    """`fee` None: nothing is delivered."""
    label = "Total aproximado" if approximate else "Total"
    shown = f"*{label} {money(total)}*"
    if fee is None:
        return shown
    return f"Envío · {money(fee)} — {shown}" if fee else f"Envío gratis — {shown}"


def delivery_to(name: str | None, address: str) -> str:
    label = f"{escape_formatting(name)}: " if name else ""
    return f"📍 {label}{escape_formatting(fit(address, _ADDRESS_SHOWN))}"


def shared_place(latitude: Decimal, longitude: Decimal) -> str:
    """How a shared location without a name is written down."""
    return f"Ubicación compartida ({latitude:.5f}, {longitude:.5f})"


def pickup_at(address: str, treatment: Treatment) -> str:
    text = pick(treatment, "🏪 Pasas a recoger", "🏪 Pasa a recoger")
    return f"{text}: {escape_formatting(fit(address, _ADDRESS_SHOWN))}" if address else text


def requested_time(window: str) -> str:
    return f"🕔 {window}"


def cash(pays_with: Decimal | None, total: Decimal, treatment: Treatment, *, approximate: bool = False) -> str:
    if pays_with is None or pays_with == total:
        return "💵 efectivo"
    pays = pick(treatment, "pagas con", "paga con")
    return f"💵 efectivo, {pays} {money(pays_with)} (cambio {about(pays_with - total, approximate=approximate)})"


def payment(method: str, pays_with: Decimal | None, treatment: Treatment) -> str:
    """How it will be paid, before there is a total."""
    if method != "cash":
        return card() if method == "card_at_door" else transfer()
    pays = pick(treatment, "pagas con", "paga con")
    return f"💵 efectivo, {pays} {money(pays_with)}" if pays_with else "💵 efectivo"


def card() -> str:
    return "💳 tarjeta al recibir"


def transfer() -> str:
    return "🏦 transferencia"


def note(text: str) -> str:
    return f"📝 {escape_formatting(fit(text, _NOTE_SHOWN))}"


def ask_confirmation(treatment: Treatment, *, countable: bool) -> str:
    """`countable`: one product was just added, so a bare number changes its quantity."""
    if not countable:
        return "¿Confirmamos?"
    return pick(
        treatment,
        "¿Confirmamos? Si quieres otra cantidad, escríbela.",
        "¿Confirmamos? Si quiere otra cantidad, escríbala.",
    )


def below_minimum(minimum: Decimal, missing: Decimal, treatment: Treatment) -> str:
    lacking = pick(treatment, "te faltan", "le faltan")
    return f"El pedido mínimo a domicilio es de {money(minimum)}; {lacking} {money(missing)}. ¿Qué más agregamos?"


def total_changed(before: Decimal, after: Decimal, treatment: Treatment) -> str:
    look = pick(treatment, "Revísalo antes de confirmar", "Revíselo antes de confirmar")
    return f"⚠️ El total cambió de {money(before)} a {money(after)}. {look}:"


def no_longer_available(names: list[str]) -> str:
    listed = "\n".join(f"• {escape_formatting(name)}" for name in names)
    return f"⚠️ Esto ya no está disponible y lo quité:\n{listed}"


def not_enough_bill(amount: Decimal, total: Decimal) -> str:
    return f"💵 {money(amount)} no alcanza para el total de {money(total)}; lo dejé en efectivo."


def moved(why: Literal["closed", "closed_day", "full", "too_soon"]) -> str:
    """Why the time shown is not the one asked for."""
    return {
        "closed": "⚠️ A esa hora está cerrado; ese es el horario más próximo.",
        "closed_day": "⚠️ Ese día no abrimos; ese es el horario más próximo.",
        "full": "⚠️ Ese horario ya se llenó; ese es el más próximo con lugar.",
        "too_soon": "⚠️ Para esa hora ya no alcanzamos; ese es el horario más próximo.",
    }[why]


def slot_filled(treatment: Treatment) -> str:
    return pick(
        treatment,
        "😕 Ese horario se acaba de llenar y todavía no registré tu pedido. Así quedaría en el siguiente:",
        "😕 Ese horario se acaba de llenar y todavía no registré su pedido. Así quedaría en el siguiente:",
    )


def place_unknown(treatment: Treatment, *, on_map: bool) -> str:
    """The address could not be found in the zones of the shop; `on_map`: a location would tell."""
    if on_map:
        return pick(
            treatment,
            "🛵 Te confirmamos si llegamos a esa dirección antes de preparar tu pedido; si mandas tu ubicación, te "
            "lo digo ahora.",
            "🛵 Le confirmamos si llegamos a esa dirección antes de preparar su pedido; si manda su ubicación, se "
            "lo digo ahora.",
        )
    return pick(
        treatment,
        "🛵 Te confirmamos si llegamos a esa dirección antes de preparar tu pedido.",
        "🛵 Le confirmamos si llegamos a esa dirección antes de preparar su pedido.",
    )


def time_changed(treatment: Treatment) -> str:
    return pick(
        treatment,
        "⚠️ El horario que te mostré ya no alcanza. Revisa el nuevo antes de confirmar:",
        "⚠️ El horario que le mostré ya no alcanza. Revise el nuevo antes de confirmar:",
    )
