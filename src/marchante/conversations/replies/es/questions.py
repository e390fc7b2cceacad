"""Answers about prices, hours, delivery and payment."""

from collections.abc import Sequence
from decimal import Decimal

from marchante.channels.whatsapp.messages import escape_formatting, fit
from marchante.conversations.replies.es.amounts import money, price_per_unit
from marchante.conversations.replies.es.voice import Treatment, joined, pick, sentence

_HOURS_SHOWN = 400
_REASON_SHOWN = 100


def price(name: str, amount: Decimal, unit: str, *, sold_out: bool) -> str:
    text = f"{escape_formatting(name)}: {price_per_unit(amount, unit)}"
    return f"{text} (agotado por hoy)" if sold_out else text


def ask_which_price(treatment: Treatment) -> str:
    return pick(
        treatment,
        "¿De qué producto quieres el precio? Escribe el nombre.",
        "¿De qué producto quiere el precio? Escriba el nombre.",
    )


def add_it(treatment: Treatment, *, several: bool) -> str:
    if several:
        return pick(treatment, "¿Cuál te agrego?", "¿Cuál le agrego?")
    return pick(treatment, "¿Te lo agrego al pedido?", "¿Se lo agrego al pedido?")


def hours(opening_hours: str) -> str:
    return f"🕘 Nuestro horario: {escape_formatting(fit(opening_hours, _HOURS_SHOWN))}"


def hours_unknown(treatment: Treatment) -> str:
    return pick(
        treatment,
        "No tengo a la mano el horario; escribe *asesor* y una persona te lo dice.",
        "No tengo a la mano el horario; escriba *asesor* y una persona se lo dice.",
    )


def coverage(fee: Decimal, minimum: Decimal, treatment: Treatment) -> str:
    cost = f"el envío cuesta {money(fee)}" if fee else "el envío es gratis"
    least = f", en pedidos desde {money(minimum)}" if minimum else ""
    where = pick(
        treatment,
        "Si no sabes si llegamos a tu colonia, escribe *asesor*.",
        "Si no sabe si llegamos a su colonia, escriba *asesor*.",
    )
    return f"🛵 Sí llevamos a domicilio; {cost}{least}. {where}"


def shop_at(address: str, treatment: Treatment) -> str:
    """Where the shop is."""
    if not address.strip():
        return pick(
            treatment,
            "📍 No tengo la dirección a la mano; escribe *asesor* y te la pasan.",
            "📍 No tengo la dirección a la mano; escriba *asesor* y se la pasan.",
        )
    return f"📍 Estamos en {escape_formatting(address)}."


def no_delivery(address: str, treatment: Treatment) -> str:
    pass_by = pick(treatment, "puedes pasar por tu pedido", "puede pasar por su pedido")
    where = f" a {escape_formatting(address)}" if address else ""
    return f"🏪 No llevamos a domicilio; {pass_by}{where}."


_WAYS = {"cash": "en efectivo", "card_at_door": "con tarjeta al recibir", "transfer": "por transferencia"}
_TAKEN = {"cash": "efectivo", "card_at_door": "tarjeta", "transfer": "transferencias"}


def payment(methods: Sequence[str], treatment: Treatment) -> str:
    can = pick(treatment, "Puedes pagar", "Puede pagar")
    return f"💵 {can} {joined([_WAYS[each] for each in methods if each in _WAYS], 'o')}."


def payment_not_taken(method: str, methods: Sequence[str]) -> str:
    taken = joined([_TAKEN[each] for each in methods])
    return f"⚠️ No aceptamos {_TAKEN[method]}, solo {taken}."


def soonest(window: str) -> str:
    """The first time an order could be there."""
    return f"🛵 Lo más pronto que llevamos: {sentence(window)}"


def closed_until(moment: str, why: str) -> str:
    """`why`: of a day the shop does not open at all; "" for nothing."""
    if why:
        return f"🌙 Hoy no abrimos ({escape_formatting(fit(why, _REASON_SHOWN))}); volvemos {sentence(moment)}"
    return f"🌙 Ahora está cerrado; abrimos {sentence(moment)}"


def open_until(moment: str) -> str:
    return f"🟢 Ahora está abierto; cerramos {sentence(moment)}"
