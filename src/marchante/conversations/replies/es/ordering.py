"""Building and changing an order: quantities, address, payment, notes; what happened to it."""

import re
from collections.abc import Sequence
from decimal import Decimal

from marchante.channels.whatsapp.messages import escape_formatting
from marchante.conversations.replies.es.amounts import money, price_per_unit, quantity_of, quantity_with_unit
from marchante.conversations.replies.es.voice import Treatment, joined, named, pick, sentence

_PIECES_NOTED = re.compile(r"(\d+) piezas?(?:, |$)")


def added(parts: Sequence[str]) -> str:
    """`parts`: each with its quantity."""
    return f"🛒 Agregué {joined([escape_formatting(part) for part in parts])}."


def counted(name: str, quantity: Decimal, unit: str) -> str:
    return f"📝 Anotado: {quantity_of(quantity, unit, escape_formatting(name))}."


def noted_for_order(parts: list[str], treatment: Treatment) -> str:
    """Time or payment said before anything was ordered."""
    return f"📝 Anotado para {pick(treatment, 'tu', 'su')} pedido: {sentence(' · '.join(parts))}"


def removed(names: list[str]) -> str:
    return f"Quité {joined([escape_formatting(name) for name in names])}."


def not_in_cart(names: list[str], treatment: Treatment) -> str:
    listed = joined([escape_formatting(name) for name in names], "ni")
    return pick(treatment, f"No llevas {listed} en tu pedido.", f"No lleva {listed} en su pedido.")


def rounded_up(name: str, quantity: Decimal, unit: str, treatment: Treatment) -> str:
    put = pick(treatment, "te puse", "le puse")
    return f"{escape_formatting(name)}: lo menos que vendemos es {quantity_with_unit(quantity, unit)}; {put} eso."


def rounded_to_whole(name: str, quantity: Decimal, unit: str, treatment: Treatment) -> str:
    put = pick(treatment, "te puse", "le puse")
    return f"{escape_formatting(name)} no se vende por partes; {put} {quantity_with_unit(quantity, unit)}."


def too_little_money(name: str, amount: Decimal, price: Decimal, unit: str) -> str:
    return f"{money(amount)} no alcanza para {escape_formatting(name)}: cuesta {price_per_unit(price, unit)}."


def too_much(name: str, treatment: Treatment) -> str:
    hint = pick(treatment, "escribe *asesor*", "escriba *asesor*")
    return (
        f"Para una cantidad así de {escape_formatting(name)}, {hint} y lo vemos contigo."
        if (treatment == "tu")
        else f"Para una cantidad así de {escape_formatting(name)}, {hint} y lo vemos con usted."
    )


def pieces_note(pieces: str) -> str:
    """What the shop reads on the line: how many were asked for of something it weighs."""
    return f"{pieces} {'pieza' if pieces == '1' else 'piezas'}"


def pieces_noted(note: str) -> tuple[Decimal | None, str]:
    """The pieces of such a note, and what stands behind them; None and all of it where there are none."""
    found = _PIECES_NOTED.match(note)
    return (Decimal(found[1]), note[found.end() :]) if found else (None, note)


def weight_unknown(name: str, pieces: str) -> str:
    return f"{escape_formatting(name)} se vende por kilo; anoté que son {pieces_note(pieces)}."


def ask_address(treatment: Treatment, *, pickup_too: bool) -> str:
    ask = pick(
        treatment,
        "📍 ¿A dónde te lo llevamos? Toca el botón para mandar tu ubicación, o escribe tu dirección: calle, número y "
        "colonia (o _paso a paso_).",
        "📍 ¿A dónde se lo llevamos? Toque el botón para mandar su ubicación, o escriba su dirección: calle, número y "
        "colonia (o _paso a paso_).",
    )
    pickup = pick(
        treatment, "Si prefieres pasar por él, escribe *recoger*.", "Si prefiere pasar por él, escriba *recoger*."
    )
    return f"{ask}\n{pickup}" if pickup_too else ask


def address_too_short(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Para no perdernos necesito calle, número y colonia, o tu ubicación.",
        "Para no perdernos necesito calle, número y colonia, o su ubicación.",
    )


def choose_address(treatment: Treatment) -> str:
    return pick(treatment, "📍 ¿A dónde te lo llevamos?", "📍 ¿A dónde se lo llevamos?")


def choose_fulfilment(treatment: Treatment) -> str:
    return pick(treatment, "¿Te lo llevamos o pasas por él?", "¿Se lo llevamos o pasa por él?")


def only_pickup(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Por ahora no llevamos a domicilio; puedes pasar por tu pedido.",
        "Por ahora no llevamos a domicilio; puede pasar por su pedido.",
    )


def only_delivery(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Por ahora solo entregamos a domicilio; te lo llevamos.",
        "Por ahora solo entregamos a domicilio; se lo llevamos.",
    )


def choose_payment(treatment: Treatment) -> str:
    return pick(
        treatment,
        "¿Cómo vas a pagar? Si es en efectivo, ¿con cuánto? Así te llevamos el cambio.",
        "¿Cómo va a pagar? Si es en efectivo, ¿con cuánto? Así le llevamos el cambio.",
    )


def cash_row(bill: Decimal | None, change: Decimal) -> str:
    """Below "Efectivo" in the list."""
    return "Cantidad exacta" if bill is None else f"Cambio: {money(change)}"


def cash_title(bill: Decimal | None) -> str:
    return "Efectivo" if bill is None else f"Efectivo, con {money(bill)}"


def ask_note(treatment: Treatment) -> str:
    return pick(
        treatment,
        "📝 Escribe tu nota; por ejemplo: _tocar fuerte, el timbre no sirve_.",
        "📝 Escriba su nota; por ejemplo: _tocar fuerte, el timbre no sirve_.",
    )


def what_to_change(treatment: Treatment) -> str:
    return pick(
        treatment,
        "¿Qué cambiamos? También puedes escribirlo: _quita el jitomate_, _que sean 3_, _para recoger_.",
        "¿Qué cambiamos? También puede escribirlo: _quita el jitomate_, _que sean 3_, _para recoger_.",
    )


def which_line() -> str:
    return "¿De cuál cambiamos la cantidad?"


def line_row(quantity: Decimal, unit: str, total: Decimal, options: Sequence[str]) -> str:
    """Below a product of the order in a list."""
    return " · ".join([quantity_with_unit(quantity, unit), money(total), *options])


def which_removal() -> str:
    return "¿Cuál quitamos?"


def cancelled(treatment: Treatment) -> str:
    return pick(
        treatment, "Listo, cancelé tu pedido; no se registró nada.", "Listo, cancelé su pedido; no se registró nada."
    )


def nothing_to_cancel() -> str:
    return "No hay ningún pedido a medias."


def placed(name: str | None, folio: str, total: Decimal, treatment: Treatment, *, approximate: bool) -> str:
    about = "aproximado " if approximate else ""
    thanks = pick(treatment, "¡Gracias por tu compra!", "¡Gracias por su compra!")
    return f"✅ ¡Listo{named(name)}! Pedido *{folio}* registrado · Total {about}{money(total)}.\n{thanks}"


def placed_delivery(window: str, treatment: Treatment) -> str:
    """`window`: when it was promised for, or nothing."""
    if not window:
        return pick(treatment, "Te avisamos cuando vaya en camino. 🛵", "Le avisamos cuando vaya en camino. 🛵")
    return pick(
        treatment,
        f"🛵 Te lo llevamos {window}; te avisamos cuando vaya en camino.",
        f"🛵 Se lo llevamos {window}; le avisamos cuando vaya en camino.",
    )


def placed_pickup(window: str, treatment: Treatment) -> str:
    if not window:
        return pick(
            treatment, "Te avisamos cuando puedas pasar por él. 🏪", "Le avisamos cuando pueda pasar por él. 🏪"
        )
    return pick(
        treatment,
        f"🏪 Estará {window}; te avisamos cuando puedas pasar por él.",
        f"🏪 Estará {window}; le avisamos cuando pueda pasar por él.",
    )


def already_confirmed() -> str:
    return "Ese pedido ya quedó confirmado. ✅"


def old_button(treatment: Treatment, *, cart: bool) -> str:
    if cart:
        return pick(
            treatment,
            "Ese botón es de un mensaje anterior. Tu pedido ahora está así:",
            "Ese botón es de un mensaje anterior. Su pedido ahora está así:",
        )
    return "Ese botón es de un pedido anterior, así que no cambié nada."


def old_product(name: str, treatment: Treatment) -> str:
    asks = pick(treatment, "¿Quieres empezar uno nuevo con", "¿Quiere empezar uno nuevo con")
    return f"Esa lista es de un pedido anterior. {asks} {escape_formatting(name)}?"


def refused(names: list[str], treatment: Treatment) -> str:
    listed = joined([escape_formatting(name) for name in names])
    sorry = pick(treatment, "todavía no registré tu pedido", "todavía no registré su pedido")
    return f"😕 Se nos acaba de terminar: {listed}. Lo quité y {sorry}."


def resume(treatment: Treatment) -> str:
    return pick(treatment, "¿Seguimos con tu pedido?", "¿Seguimos con su pedido?")


def resume_content(content: str, total: str, *, delivered: bool) -> str:
    """`delivered`: the delivery is in the total."""
    return f"🛒 {content} · Total {total}{' con envío' if delivered else ''}"


def nothing_in_cart(treatment: Treatment) -> str:
    return pick(treatment, "Tu pedido está vacío.", "Su pedido está vacío.")


def nothing_to_repeat(treatment: Treatment) -> str:
    return pick(
        treatment, "Todavía no tengo un pedido tuyo que repetir.", "Todavía no tengo un pedido suyo que repetir."
    )


def repeating(folio: str, treatment: Treatment) -> str:
    return pick(
        treatment,
        f"Lo mismo que en tu pedido *{folio}*, con los precios de hoy:",
        f"Lo mismo que en su pedido *{folio}*, con los precios de hoy:",
    )


def repeating_but(folio: str, treatment: Treatment) -> str:
    """With what the customer said besides."""
    return pick(
        treatment,
        f"Lo mismo que en tu pedido *{folio}* con tus cambios, a precios de hoy:",
        f"Lo mismo que en su pedido *{folio}* con sus cambios, a precios de hoy:",
    )


def last_order(folio: str) -> str:
    return f"🧾 La última vez (*{folio}*):"


def ask_repeat(now: Decimal, then: Decimal, treatment: Treatment, *, delivered: bool) -> str:
    """What it would cost today, the delivery included, and what it cost then if that differs."""
    delivery = " con envío" if delivered else ""
    before = f" (entonces {money(then)})" if now != then else ""
    asks = pick(treatment, "¿Lo quieres igual?", "¿Lo desea igual?")
    return f"Hoy serían {money(now)}{delivery}{before}. {asks}"


def location_kept(treatment: Treatment) -> str:
    return pick(
        treatment,
        "📍 Gracias, usaré esa ubicación para tu próximo pedido.",
        "📍 Gracias, usaré esa ubicación para su próximo pedido.",
    )


def and_more(count: int) -> str:
    return "1 más" if count == 1 else f"{count} más"
