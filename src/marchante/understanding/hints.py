"""What a message says beside the goods: when, how it is paid, where it goes; and the words those take up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from marchante.understanding.dates import find_when
from marchante.understanding.domain import Fulfilment, PaymentHint, PaymentMethod, WhenHint
from marchante.understanding.normalize import flatten
from marchante.understanding.tokens import Token

_MONEY = r"(?:(?:un|uno|una|el)\s+)?(?:billete\s+)?(?:de\s+)?\$?\s*(?P<cash>\d{2,5})(?:\s*pesos)?"
_CHANGE = re.compile(
    rf"\b(?:cambio|feria|vuelto)\s+(?:de|para|pa)\s+{_MONEY}|\bpag\w*\s+con\s+{_MONEY.replace('cash', 'paid')}"
    rf"|\bbillete\s+de\s+\$?(?P<note>\d{{2,5}})|\btraigo\s+{_MONEY.replace('cash', 'held')}"
)
_METHODS: tuple[tuple[PaymentMethod, re.Pattern[str]], ...] = (
    ("transfer", re.compile(r"\b(?:transferencias?|transferir|transfiero|spei|clabe|deposit\w+|mercado pago|codi)\b")),
    ("card", re.compile(r"\b(?:con|a|por|en|aceptan?)\s+(?:la\s+)?(?:tarjeta|terminal|debito|credito)\b")),
    ("cash", re.compile(r"\b(?:efectivo|cash|al contado|cambio (?:de|para) )")),
)
_PAYING = re.compile(
    r"\b(?:(?:le|te|les)?\s*pag(?:o|ar|amos|are|aria)\s+(?:con|en|por|el|al)\b[^,.;\n?!]*|(?:con|en)\s+(?:efectivo|tarjeta|transferencia)"
    r"|(?:manda\w*|trae\w*|trai\w*|con)?\s*(?:cambio|feria|vuelto)\s+(?:de|para|pa)\b[^,.;\n?!]*|factura\w*\b[^,.;\n?!]*)"
)
_PICKUP = re.compile(
    r"\b(?:paso (?:por|a recoger|al rato por)|yo paso|voy por|lo recojo|los recojo|recojo en|paso a (?:la )?tienda|para recoger|pick ?up)\b"
)
_DELIVERY = re.compile(
    r"\b(?:a domicilio|para la casa|a la casa|a mi casa|me lo traen?|me los traen?|envio|entrega\w* en)\b"
)
_PLACE = (
    r"(?:calle|av|avenida|ave|(?<!una )(?<!media )(?<!\d )(?<!de )(?<!y )col(?=\.|\s+[a-z]{3})|colonia|privada|priv|andador|blvd|boulevard|calzada|calz|fracc|fraccionamiento|edificio|edif"
    r"|depto|dpto|departamento|int(?=\.?\s*\d)|interior(?= \d)|ext(?=\.?\s*\d)|mz(?= ?\d)|mza|lote(?= ?\d)|callejon|carretera|km(?= ?\d)|unidad habitacional|cerrada|circuito|retorno"
    r"|esquina con|entre calles?|porton|rancheria|barrio|residencial|torre(?= [a-z0-9]\b)|piso(?= \d)|local(?= \d)|c\.?p(?= ?\d))"
)
_ADDRESS = re.compile(
    rf"(?:\b(?:en|a|para|pa|hasta|es|de|por)\s+)?(?:\b(?:la|el|los|las)\s+)?\b{_PLACE}\b\.?\s*[^,.;:\n?!]*"
    r"|\bcasa\s+(?:num\w*\s*)?#?\d+[^,.;:\n?!]*|#\s*\d+[^,.;:\n?!]*|\bcasa\s+(?:de\s+)?(?:color\s+)?(?:verde|azul|blanca|amarilla|rosa|roja|cafe|gris|naranja|mamey)\b[^,.;:\n?!]*"
    r"|\b(?:frente|junto|a un lado|al lado|enfrente|atras|cerca)\s+(?:a|de|del|al)\b[^,.;:\n?!]*|\b(?:mi|la) (?:direccion|ubicacion)\b[^,.;\n?!]*"
)
_TALKED_NUMBERS = re.compile(
    r"\b(?:para|pa|somos|seremos|vienen|como para)\s+(?:como\s+)?(?:unas?\s+)?(?:\d+|dos|tres|cuatro|cinco|seis|ocho|diez|doce|quince|veinte)"
    r"(?:\s+(?:personas?|gentes?|pax|invitados|adultos|ninos)\b|(?=\s*(?:[:,.\n]|$)))"
    r"|\b(?:hace|desde hace|en|como en)\s+(?:\d+|un|una|dos|tres|media)\s+(?:dias?|horas?|semanas?|minutos?|min|meses|mes|rato)\b"
    r"|\b\d+\s+(?:personas?|gentes?|invitados|comensales|minutos|horas|dias|hrs|min)\b|\b(?:\d[\s-]?){10}\b"
)
_UNTIL_THING = r"(?:(?!\s(?:y|ademas|tambien)\s+(?:\d|una?\b|uno\b|dos\b|tres\b|medio|kilo|este\b|tambien|me\b|le\b|pon|mand|quit|agreg|ech|dame|deme|trae|que\b)|\s(?:porque|pq|xq|por favor|porfa)\b)[^,.;\n?!])*"
_WISHES = re.compile(
    r"\b(?:que|q|k|ke)\s+(?:(?:no|me|lo|la|los|las|se|le|ya|si|mi|venga|vengan|esten?|sean?|el|\w+a|\w+o)\s+){0,3}?"
    r"(?:este|esten|venga|vengan|seans?(?=\s+[a-z]+ito)|sean?(?!\s+(?:del?\b|\d|una?\b|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|medi|cuarto|kilo|como))|diga|digan|tenga|tengan|salga|salgan|quede|queden|entreguen|corten|"
    r"laven|planchen|doblen|separen|huela|huelan|quemen|encojan|entregue|parezca|pesen?|haya|limpien|piquen|muelan|rebanen)\b"
    + _UNTIL_THING
    + r"|\b(?:tiene|tienen|trae|traen)\s+(?:una|unas|varias|un|la|el)?\s*(?:manchas?|manchitas?|hoyo|roto|rota|quemad\w+|cierre)\b"
    + _UNTIL_THING
    + r"|\bcon\s+(?:poc|poq|much|hart|bastante|extra)\w*\s+"
    + _UNTIL_THING
    + r"|\b(?:separen|separe|separad[oa]s?|no mezclen|no mezclar|lavar aparte|por separado|en bolsas? separad\w+)\b"
    + _UNTIL_THING
    + r"|\b\d+(?:\.\d+)?\s*(?:cm|centimetros|dedos)\s+(?:mas|de)\b"
    + _UNTIL_THING
    + r"|\bde (?:buena|la buena|primera|la mejor)\b"
    + _UNTIL_THING
)


@dataclass(frozen=True, slots=True)
class Hints:
    """`masked` are the token positions taken up; `notes` the spans of wishes in characters."""

    when: WhenHint | None
    payment: PaymentHint | None
    address: str | None
    delivery: Fulfilment | None
    masked: frozenset[int]
    notes: tuple[tuple[int, int], ...]


def find_hints(text: str, tokens: Sequence[Token], now: datetime | None) -> Hints:
    """Read dates, payment and places out of a text; `now` (aware) gives relative days their date."""
    flat = flatten(text)
    when, when_spans = find_when(flat, text, now)
    notes = [found.span() for found in _WISHES.finditer(flat)]
    places = [found.span() for found in _ADDRESS.finditer(flat)]
    spans = [*when_spans, *notes, *places]
    spans += [found.span() for pattern in (_CHANGE, _PAYING, _TALKED_NUMBERS) for found in pattern.finditer(flat)]
    masked = frozenset(
        place for place, token in enumerate(tokens) if any(start <= token.start < end for start, end in spans)
    )
    address = text[places[0][0] : places[-1][1]].strip() if places else None
    return Hints(when, _payment(flat), address, _fulfilment(flat), masked, tuple(notes))


def _payment(flat: str) -> PaymentHint | None:
    change = _CHANGE.search(flat)
    cash = next((each for each in change.groups() if each), None) if change else None
    if cash:
        return PaymentHint("cash", Decimal(cash))
    for method, pattern in _METHODS:
        if pattern.search(flat):
            return PaymentHint(method)
    return None


def _fulfilment(flat: str) -> Fulfilment | None:
    if _PICKUP.search(flat):
        return "pickup"
    return "delivery" if _DELIVERY.search(flat) else None
