"""Extras and fillings: what is chosen inside a product."""

from decimal import Decimal

from marchante.channels.whatsapp.messages import escape_formatting, fit
from marchante.conversations.replies.es.amounts import money
from marchante.conversations.replies.es.voice import Treatment, joined, pick

_EXTRAS_SHOWN = 6
_EXTRAS_LENGTH = 300


def price_delta(delta: Decimal) -> str:
    """As in "+$8.00"; nothing where the price stays."""
    if not delta:
        return ""
    return f"+{money(delta)}" if delta > 0 else f"-{money(-delta)}"


def ask_option(name: str, group: str, most: int, extras: str, treatment: Treatment) -> str:
    """Which of a group; how many where more than one may be chosen; and what `offer_extras` says."""
    ask = pick(treatment, "¿Cuál quieres?", "¿Cuál quiere?")
    if most > 1:
        up_to = pick(
            treatment, f"Puedes elegir hasta {most}, de uno en uno.", f"Puede elegir hasta {most}, de uno en uno."
        )
        ask = f"{ask} {up_to}"
    head = f"*{escape_formatting(name)}* · {escape_formatting(group)}\n{ask}"
    return f"{head}\n{extras}" if extras else head


def offer_extras(extras: list[str], treatment: Treatment) -> str:
    """What may be added by typing it, with its price; nothing without extras."""
    if not extras:
        return ""
    listed = fit(escape_formatting(joined(extras[:_EXTRAS_SHOWN], "o")), _EXTRAS_LENGTH)
    return pick(treatment, f"Si quieres, escribe también: {listed}.", f"Si quiere, escriba también: {listed}.")


def with_price(name: str, delta: Decimal) -> str:
    """As in "con queso (+$8.00)"."""
    shown = name[:1].lower() + name[1:]
    return f"{shown} ({price_delta(delta)})" if delta else shown
