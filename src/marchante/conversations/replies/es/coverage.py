"""Where the shop delivers, for how much, and when it cannot be told."""

from collections.abc import Sequence
from decimal import Decimal

from marchante.channels.whatsapp.messages import escape_formatting, fit
from marchante.conversations.replies.es.amounts import money
from marchante.conversations.replies.es.voice import Treatment, joined, pick

_PLACE_SHOWN = 120
_NAMES_SHOWN = 8


def _place(text: str) -> str:
    return f"*{escape_formatting(fit(text, _PLACE_SHOWN))}*"


def inside(place: str, fee: Decimal, minimum: Decimal) -> str:
    return f"🛵 ¡Sí llegamos a {_place(place)}! Ahí {_cost(fee, minimum)}."


def outside(place: str, treatment: Treatment, *, picks_up: bool) -> str:
    """What is noted is told: it is why the shop may come some day."""
    sorry = f"😕 Por ahora no llegamos a {_place(place)}; lo anoté para avisarle a la tienda."
    if not picks_up:
        return sorry
    return f"{sorry} {pick(treatment, 'Puedes pasar por tu pedido.', 'Puede pasar por su pedido.')}"


def inside_there(fee: Decimal, minimum: Decimal) -> str:
    """Of the address just told."""
    return f"🛵 Sí llegamos: {_cost(fee, minimum)}."


def unknown(place: str, fee: Decimal, treatment: Treatment) -> str:
    return f"🛵 De {_place(place)} no estoy seguro; {_confirmed(fee, treatment)}"


def unknown_there(fee: Decimal, treatment: Treatment) -> str:
    return f"🛵 No estoy seguro de que lleguemos ahí; {_confirmed(fee, treatment)}"


def _confirmed(fee: Decimal, treatment: Treatment) -> str:
    confirm = pick(treatment, "te lo confirmamos con tu pedido", "se lo confirmamos con su pedido")
    cost = f"El envío sería de {money(fee)}." if fee else "El envío sería gratis."
    return f"{confirm}. {cost}"


def _cost(fee: Decimal, minimum: Decimal) -> str:
    cost = f"el envío cuesta {money(fee)}" if fee else "el envío es gratis"
    return f"{cost}, en pedidos desde {money(minimum)}" if minimum else cost


def ask_where(treatment: Treatment) -> str:
    return pick(
        treatment,
        "📍 ¿A dónde sería? Toca el botón para mandar tu ubicación, o escribe tu colonia o código postal.",
        "📍 ¿A dónde sería? Toque el botón para mandar su ubicación, o escriba su colonia o código postal.",
    )


def zones(names: Sequence[str]) -> str:
    """The colonias the shop goes to, as far as a person reads."""
    shown = [escape_formatting(name) for name in names[:_NAMES_SHOWN]]
    if len(names) > _NAMES_SHOWN:
        return f"🛵 Llevamos a {', '.join(shown)} y {len(names) - _NAMES_SHOWN} más."
    return f"🛵 Llevamos a {joined(shown)}."


def no_place(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Eso no me suena a un lugar. Escribe tu colonia o tu código postal; por ejemplo: _col. Centro_ o _91000_.",
        "Eso no me suena a un lugar. Escriba su colonia o su código postal; por ejemplo: _col. Centro_ o _91000_.",
    )


def which(treatment: Treatment) -> str:
    return pick(treatment, "📍 ¿Cuál de estas es tu colonia?", "📍 ¿Cuál de estas es su colonia?")


def what_next(treatment: Treatment) -> str:
    return pick(treatment, "¿Qué quieres hacer?", "¿Qué quiere hacer?")


def outside_order(place: str, treatment: Treatment, *, picks_up: bool, in_hand: bool) -> str:
    """`in_hand`: an order waits for an address."""
    sorry = f"😕 Por ahora no llegamos a {_place(place)}; lo anoté para avisarle a la tienda."
    if not in_hand:
        ask = pick(treatment, "¿Quieres darme otra dirección?", "¿Quiere darme otra dirección?")
    elif picks_up:
        ask = pick(
            treatment,
            "Tu pedido sigue aquí: ¿pasas por él, o es para otra dirección?",
            "Su pedido sigue aquí: ¿pasa por él, o es para otra dirección?",
        )
    else:
        ask = pick(
            treatment,
            "Tu pedido sigue aquí: ¿es para otra dirección?",
            "Su pedido sigue aquí: ¿es para otra dirección?",
        )
    return f"{sorry}\n{ask}"
