"""What is said of an order already placed: changing and cancelling it, other weights, other products, a late one."""

from collections.abc import Sequence
from decimal import Decimal

from marchante.channels.whatsapp.messages import escape_formatting, fit
from marchante.conversations.replies.es.amounts import about, money, quantity_of
from marchante.conversations.replies.es.voice import Treatment, joined, pick, sentence

_SHOWN = 10
_ROOM = 900
_REASON = 200


def order_name(folio: str) -> str:
    return f"*{escape_formatting(folio)}*"


def changing(folio: str, treatment: Treatment) -> str:
    """Above the summary of an order that is being changed."""
    return pick(
        treatment,
        f"✏️ Tu pedido {order_name(folio)} quedaría así:",
        f"✏️ Su pedido {order_name(folio)} quedaría así:",
    )


def ask_change(treatment: Treatment) -> str:
    return pick(
        treatment,
        "¿Guardo los cambios? También puedes escribir qué más agrego o quito.",
        "¿Guardo los cambios? También puede escribir qué más agrego o quito.",
    )


def changed(folio: str, total: str, when: str, treatment: Treatment) -> str:
    """`when`: the new time, if it is another one."""
    yours = pick(treatment, "tu pedido", "su pedido")
    end = f"Total {total} · 🕔 {when}" if when else f"Total {total}"
    return f"✅ Listo, cambié {yours} {order_name(folio)} y ya le avisé a la tienda. {sentence(end)}"


def left_as_it_was(folio: str, treatment: Treatment) -> str:
    yours = pick(treatment, "tu pedido", "su pedido")
    return f"Va, dejé {yours} {order_name(folio)} como estaba."


def not_enough_for_change(names: Sequence[str], folio: str, treatment: Treatment) -> str:
    listed = joined([escape_formatting(name) for name in names])
    yours = pick(treatment, "tu pedido", "su pedido")
    return f"😕 Ya no nos alcanza: {listed}. No cambié nada; {yours} {order_name(folio)} sigue como estaba."


def slot_full(folio: str, treatment: Treatment) -> str:
    yours = pick(treatment, "tu pedido", "su pedido")
    return f"😕 Ese horario se acaba de llenar. No cambié nada; {yours} {order_name(folio)} sigue como estaba."


def another_by_now(folio: str, treatment: Treatment) -> str:
    """A button or a change that is about an older version of the order."""
    yours = pick(treatment, "Tu pedido", "Su pedido")
    return f"{yours} {order_name(folio)} cambió mientras tanto, así que no toqué nada. Ahora está así:"


def too_late(folio: str, status: str, treatment: Treatment) -> str:
    """`status` as the customer knows it: "En camino"."""
    where = escape_formatting(status).lower()
    return pick(
        treatment,
        f"Tu pedido {order_name(folio)} ya está *{where}* y no puedo cambiarlo; una persona sí puede ayudarte.",
        f"Su pedido {order_name(folio)} ya está *{where}* y no puedo cambiarlo; una persona sí puede ayudarle.",
    )


def ask_to_cancel(folio: str, content: str, total: str, treatment: Treatment) -> str:
    yours = pick(treatment, "tu pedido", "su pedido")
    return f"¿Cancelo {yours} {order_name(folio)}?\n{fit(content, _ROOM)} · {total}"


def cancelled(folio: str, treatment: Treatment, *, paid: bool) -> str:
    yours = pick(treatment, "tu pedido", "su pedido")
    told = f"Listo, cancelé {yours} {order_name(folio)} y ya le avisé a la tienda."
    if not paid:
        return told
    return f"{told} {pick(treatment, 'Te contactan para devolverte tu pago.', 'Le contactan para devolverle su pago.')}"


def weighed_line(name: str, unit: str, quantity: Decimal, total: Decimal, before: tuple[Decimal, Decimal]) -> str:
    """As in "1.400 kg Jitomate · $33.60 (antes 1 kg · $24.00)"; `before`: quantity and total."""
    old = f"{quantity_of(before[0], unit, '').strip()} · {money(before[1])}"
    return f"{quantity_of(quantity, unit, escape_formatting(name))} · {money(total)} (antes {old})"


def ask_weighed(folio: str, lines: Sequence[str], agreed: Decimal, now: Decimal, treatment: Treatment) -> str:
    """`agreed` and `now`: the total agreed on, and by the scale."""
    yours = pick(treatment, "tu pedido", "su pedido")
    shown = [*lines[:_SHOWN], *([f"… y {len(lines) - _SHOWN} más"] if len(lines) > _SHOWN else [])]
    ask = pick(treatment, "¿Así te lo mandamos?", "¿Así se lo mandamos?")
    return "\n".join(
        [
            f"⚖️ Ya pesamos {yours} {order_name(folio)} y cambió:",
            *shown,
            f"*Total {money(now)}* (antes {money(agreed)})",
            ask,
        ]
    )


def ask_substitute(folio: str, missing: str, instead: str, total: str, treatment: Treatment) -> str:
    """`instead`: with quantity and price."""
    yours = pick(treatment, "tu pedido", "su pedido")
    send = pick(treatment, "¿Te mandamos mejor", "¿Le mandamos mejor")
    return (
        f"🔄 De {yours} {order_name(folio)} se nos acabó: {escape_formatting(missing)}.\n"
        f"{send} {instead}? El total quedaría en {total}."
    )


def with_price(quantity: Decimal, unit: str, name: str, total: Decimal) -> str:
    return f"{quantity_of(quantity, unit, escape_formatting(name))} ({money(total)})"


def accepted(folio: str, total: str, treatment: Treatment) -> str:
    return f"✅ ¡Gracias! {pick(treatment, 'Tu pedido', 'Su pedido')} {order_name(folio)} queda en {total}."


def without_it(names: Sequence[str], folio: str, total: str, treatment: Treatment) -> str:
    listed = joined([escape_formatting(name) for name in names])
    yours = pick(treatment, "tu pedido", "su pedido")
    return f"Listo, quité {listed}; {yours} {order_name(folio)} queda en {total}."


def difference(amount: Decimal, treatment: Treatment) -> str:
    """Of an order already paid; below zero: too much."""
    if amount < 0:
        back = pick(treatment, "te devolvemos", "le devolvemos")
        return f"Como ya estaba pagado, {back} {money(-amount)}."
    pays = pick(treatment, "pagas", "paga")
    return f"Como ya estaba pagado, la diferencia de {money(amount)} la {pays} al recibir."


def something_else(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Va, no lo cambiamos. Ya le avisé a la tienda para que te proponga otra cosa.",
        "Va, no lo cambiamos. Ya le avisé a la tienda para que le proponga otra cosa.",
    )


def sold_out_too(names: Sequence[str], treatment: Treatment) -> str:
    listed = joined([escape_formatting(name) for name in names])
    told = pick(treatment, "te proponga otra cosa", "le proponga otra cosa")
    return f"😕 También se acaba de terminar {listed}. Ya le avisé a la tienda para que {told}."


def nothing_asked(folio: str, treatment: Treatment) -> str:
    yours = pick(treatment, "tu pedido", "su pedido")
    return f"Esa pregunta ya no está abierta; {yours} {order_name(folio)} va así:"


def late(folio: str, treatment: Treatment) -> str:
    return pick(
        treatment,
        f"🙏 Perdón, tu pedido {order_name(folio)} va un poco atrasado. Lo seguimos preparando y te avisamos.",
        f"🙏 Perdón, su pedido {order_name(folio)} va un poco atrasado. Lo seguimos preparando y le avisamos.",
    )


def arrived(treatment: Treatment) -> str:
    thanks = pick(treatment, "Gracias por tu compra.", "Gracias por su compra.")
    return f"¡Qué bueno que ya llegó! 😊 {thanks}"


def cash_ready(total: Decimal, pays_with: Decimal | None, *, approximate: bool) -> str:
    """With the notice that it is on its way: what to have at hand."""
    if pays_with is None or pays_with <= total:
        return f"💵 Son {about(total, approximate=approximate)} en efectivo."
    change = about(pays_with - total, approximate=approximate)
    return f"💵 Son {about(total, approximate=approximate)}; va el cambio de {money(pays_with)}: {change}."


def because(reason: str) -> str:
    """In the shop's own words: why an order is cancelled."""
    return f"📝 {escape_formatting(fit(' '.join(reason.split()), _REASON))}"


def weighed_total(total: Decimal) -> str:
    """In the next notice, when it weighed about what was estimated."""
    return f"⚖️ Ya pesado, el total es {money(total)}."
