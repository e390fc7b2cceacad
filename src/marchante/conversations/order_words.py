"""How people write of an order they have placed: read without accents and capitals. Vocabulary, not copy."""

import re

from marchante.catalog.words import plain
from marchante.conversations.words import bare, is_delivery, is_elsewhere, is_other_time, is_pickup

_BEFORE = (
    r"^(?:y |oye |oiga |disculpa |disculpe |hola |buenas |joven |amigo |amiga |entonces |pero |que |como |"
    r"mas o menos |aproximadamente )*"
)
_WHEN = re.compile(
    _BEFORE + r"(?:(?:me |nos )?urge"
    r"|ya (?:mero|mero llega|merito|casi|viene|vienen|salio|pasaron|lo mandaron|esta listo|estara|va a llegar)"
    r"|(?:cuanto|mucho) (?:le |me )?(?:falta|tarda|se tarda|tardan|se tardan|demora|demoran)"
    r"|(?:ya )?(?:es |van |se |estan )?(?:bien |muy |medio )?(?:tarde|tardaron|tardando|tardados)"
    r"|(?:falta|tarda|se tarda|tardan) mucho|cuanto tiempo|a que horas? (?:llegan?|vienen?|pasan|estara|esta)"
    r"|como va(?:mos| todo)?"
    r"|(?:aun|todavia|sigue sin|no) (?:no )?(?:ha |han |me )*(?:llega\w*|pasa\w*|viene\w*|traen)|sigo esperando)\b"
)
_TOTAL = re.compile(
    _BEFORE
    + r"cuanto (?:llevo|va|va a ser|van a ser|es|seria|sera|fue|sale|quedo|queda|debo|te debo|le debo|voy a pagar|pago|"
    r"tengo que pagar|hay que pagar|te pago|le pago)"
    r"(?: al final| de todo| en total| por todo| todo| el total| mi pedido| del pedido)*$"
)
_ARRIVED = re.compile(_BEFORE + r"(?:si )?(?:ya )?(?:me |nos )?(?:llego|llegaron|lo recibi|lo tengo|esta aqui)\b")
_LACKING = re.compile(
    _BEFORE + r"(?:me |nos )?(?:falto|faltaron|falta|faltan)\b"
    r"|\bno (?:me |nos )?(?:trajeron|mandaron|llego|venia|venian|vino)\b"
    r"|\bno (?:me |nos )?(?:ha |han )?(?:llega|entrega)"
)

_OF_MY_ORDER = re.compile(r"\b(?:a|al|en|de|del|con) (?:mi|el|ese|este)? ?pedido\b")
_MORE_OR_LESS = re.compile(
    r"^(?:y |oye |oiga |mejor |tambien |porfa |por favor |me )*"
    r"(?:agreg|anad|aument|sumal|sumar|ponl|pongal|echal|quit|saca|elimin|cambi|faltaron?\b|falto\b|"
    r"en vez\b|en lugar\b)"
)
_ANOTHER_LIKE_IT = re.compile(r"^(?:y |oye |oiga |porfa |por favor )*(?:ponm|echam|pongam|traem)")
"""Begins a new order as often as it adds to one: only just after one was placed does it mean that."""
_CORRECTED = re.compile(
    r"^(?:perdon |mejor |no |me equivoque |oye |oiga )*(?:que sean?|eran?|son|me equivoque)\b"
    r"|^(?:ya )?no (?:voy a )?quer\w+ (?:el|la|los|las)\b"
)
_TO_CHANGE = re.compile(
    r"\b(?:cambiar\w*|modificar\w*|editar\w*|corregir\w*) (?:algo|mi pedido|el pedido|ese pedido)"
    r"|\b(?:agregar\w*|anadir\w*|quitar\w*) (?:algo|mas|cosas|otra cosa)\b"
)
_AT_ANOTHER_TIME = re.compile(
    r"\b(?:cambi\w*|mejor|pasa\w*|muev\w*|adelant\w*|atras\w*)\b.*\b(?:a las?|hora|horario|para)\b"
)
_LATER = re.compile(r"\b(?:tra\w+|mand\w+|llev\w+|entreg\w+|pued\w+)\b.*\bmas (?:tarde|temprano|tardecito)\b")
_TO_ANOTHER_PLACE = re.compile(
    r"\b(?:cambi\w*|mejor|ahora)\b.*\b(?:direccion|domicilio|calle|avenida|av|tra\w+|mand\w+|llev\w+)\b"
)


def asks_when(text: str) -> bool:
    """As in "ya mero", "no ha llegado"."""
    return _WHEN.match(plain(text)) is not None


def asks_total(text: str) -> bool:
    return _TOTAL.match(bare(text)) is not None


def says_arrived(text: str) -> bool:
    return _ARRIVED.match(plain(text)) is not None


def misses_something(text: str) -> bool:
    """Of an order that was brought: "me faltó la leche", "no ha llegado"."""
    return _LACKING.search(plain(text)) is not None


def wants_to_change(text: str) -> bool:
    """Without saying what: "quiero cambiar mi pedido", "¿todavía puedo agregar algo?"."""
    return _TO_CHANGE.search(plain(text)) is not None


def wants_another_time(text: str) -> bool:
    """Without saying which: "¿me lo traen más tarde?"."""
    return is_other_time(text) or _LATER.search(plain(text)) is not None


def changes_terms(text: str) -> bool:
    """Time, place, or how it gets there, or how much of the only thing in it."""
    said = plain(text)
    terms = (_AT_ANOTHER_TIME, _TO_ANOTHER_PLACE, _CORRECTED)
    if any(pattern.search(said) for pattern in terms) or wants_another_time(text):
        return True
    return any(means(bare(text).removeprefix("mejor ")) for means in (is_elsewhere, is_pickup, is_delivery))


def changes_content(text: str, *, just_placed: bool) -> bool:
    """More or less of something, said of the order; that it names a product is found by the understanding."""
    said = plain(text)
    if _OF_MY_ORDER.search(said) or _MORE_OR_LESS.search(said):
        return True
    return just_placed and _ANOTHER_LIKE_IT.search(said) is not None


def begins_like_an_order(text: str) -> bool:
    return _ANOTHER_LIKE_IT.search(plain(text)) is not None
