"""A bare amount typed as an answer ("2", "medio", "½ kg", "$50"), and amounts fitted to how a product is sold."""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal
from typing import Literal

from marchante.catalog.domain import Product
from marchante.catalog.words import plain
from marchante.conversations.pieces import piece_weight

MOST = Decimal(999)
"""More of anything is for a person to look at."""
_GRAM = Decimal("0.001")
_KILO = Decimal(1000)
_VULGAR = {"¼": "1/4", "½": "1/2", "¾": "3/4"}
_SPELLED = {
    "medio": "0.5",
    "media": "0.5",
    "cuarto": "0.25",
    "un cuarto": "0.25",
    "tres cuartos": "0.75",
    "cuarto y medio": "0.375",
    "un": "1",
    "uno": "1",
    "una": "1",
    "uno y medio": "1.5",
    "una y media": "1.5",
    "kilo y medio": "1.5",
    "un kilo y medio": "1.5",
    "dos": "2",
    "dos y medio": "2.5",
    "dos y media": "2.5",
    "tres y medio": "3.5",
    "tres y media": "3.5",
    "tres kilos y medio": "3.5",
    "dos kilos y medio": "2.5",
    "un par": "2",
    "tres": "3",
    "cuatro": "4",
    "cinco": "5",
    "seis": "6",
    "media docena": "6",
    "siete": "7",
    "ocho": "8",
    "nueve": "9",
    "diez": "10",
    "once": "11",
    "doce": "12",
    "una docena": "12",
    "docena": "12",
    "quince": "15",
    "veinte": "20",
    "kilo": "1",
    "medio kilo": "0.5",
    "cuarto de kilo": "0.25",
}
_UNITS = r"(?:de )?(kilos?|kgs?|k|gramos?|grs?|gms?|g|pesos|piezas?|pzas?|pz|litros?|lts?|l|latas?|cajas?|bolsas?|"
_UNITS += r"paquetes?|botellas?|manojos?|unidades|unidad)"
_TYPED = re.compile(
    r"(?P<money>\$)? ?(?:(?P<whole>\d{1,4}) )?"
    r"(?:(?P<over>\d{1,2})/(?P<under>\d{1,2})|(?P<number>\d{1,6}(?:[.,]\d{1,3})?))"
    rf" ?(?P<unit>{_UNITS})?",
    re.ASCII,
)
_SAID_UNITS = (
    ("kg", "kilos?|kgs?|gramos?|grs?"),
    ("bunch", "manojos?"),
    ("can", "latas?"),
    ("box", "cajas?"),
    ("bag", "bolsas?"),
    ("pack", "paquetes?|charolas?"),
    ("bottle", "botellas?"),
    ("liter", "litros?|lts?"),
)
_LEADS: tuple[str, ...] = (
    "no",
    "mejor",
    "siempre",
    "que sean",
    "sean",
    "pon",
    "ponme",
    "ponle",
    "dame",
    "mandame",
    "son",
    "serian",
)
_LEADS += ("quiero", "solo", "nada mas", "nomas", "perd.n", "perdona", "perdone", "digo", "eran", "era")
_LEAD = re.compile(rf"^(?:(?:{'|'.join(_LEADS)})[ ,]+)+")
_CORRECTING = re.compile(r"(?:no )?(?:mejor|que sean|sean|ponle|serian|son) ")
_AND_BESIDES = re.compile(
    r",\s+(?:y\s+)?|\s+y\s+(?=(?:tambi.n|adem.s|aparte|agr.ga|ponme|m.ndame|dame)\b)", re.IGNORECASE
)
_COURTESY = re.compile(
    r"^(?:s[i\u00ed]|ok)[ ,]+|[ ,]+(?:por ?fa(?:vor|vorcito|s|is)?|porfis|gracias|pls|nada mas|nomas)$"
)
_ONE_MORE = {"otro", "otra", "uno", "una", "un", "otro igual", "otra igual"}
_WANTING = re.compile(r"^(?:(?:quiero|quisiera|dame|deme|ponme|pongame|agregame|agrega|que sea) )+(?=otr)")
_MORE = re.compile(r"(?:(?:y|ponle|echale|agregale|sumale|dame|mandame) )?(?P<much>.+?) mas")


@dataclass(frozen=True, slots=True)
class TypedAmount:
    """`counted` says that pieces were named, not kilos."""

    value: Decimal
    kind: Literal["quantity", "money"] = "quantity"
    counted: bool = False


def read_amount(text: str) -> TypedAmount | None:
    """The amount, when the text is nothing but one."""
    typed = _COURTESY.sub("", text.strip().lower().rstrip(".!"))
    for sign, fraction in _VULGAR.items():
        typed = typed.replace(sign, f" {fraction}")
    typed = _LEAD.sub("", typed.strip())
    found = _TYPED.fullmatch(typed)
    if found:
        return _digits(found)
    words = plain(typed)
    unit = re.search(rf" {_UNITS}$", words)
    spelled = _SPELLED.get(words) or _SPELLED.get(words[: unit.start()] if unit else "")
    if spelled is None:
        return None
    by_dozen = words.endswith("docena")  # nobody asks for a dozen kilos
    return TypedAmount(Decimal(spelled), counted=by_dozen or bool(unit and _counts(unit[1])))


def is_correction(text: str) -> bool:
    """An amount that can be nothing else: "que sean 3", "mejor 2 kilos"; a bare number may be the place of a row."""
    return not text.strip().isdecimal() and read_amount(text) is not None


def split_amount(text: str) -> tuple[str, str]:
    """The correction a text begins with and what follows it, as in "ponle 2, y también un aceite"; else ("", "")."""
    for found in _AND_BESIDES.finditer(text):
        first = text[: found.start()]
        if _CORRECTING.match(plain(first)) and read_amount(first) is not None:
            return first, text[found.end() :]
    return "", ""


def read_more(text: str) -> TypedAmount | None:
    """How much is added to what there is, when the text says only that: "otro más", "y 2 más", "medio kilo más"."""
    words = _WANTING.sub("", plain(text))
    if words in {"otro", "otra", "otro igual", "otra igual"}:
        return TypedAmount(Decimal(1))
    found = _MORE.fullmatch(words)
    if found is None:
        return None
    if found["much"] in _ONE_MORE:
        return TypedAmount(Decimal(1))
    amount = read_amount(found["much"])
    return amount if amount is not None and amount.kind == "quantity" else None


def unit_said(text: str) -> str | None:
    """The unit of an amount as products have it: "kg" for kilos and grams, "bunch" for "manojo"."""
    words = plain(text)
    return next((unit for unit, pattern in _SAID_UNITS if re.search(rf"\b(?:{pattern})\b", words)), None)


def _digits(found: re.Match[str]) -> TypedAmount | None:
    if found["under"]:
        if int(found["under"]) == 0:
            return None
        value = Decimal(found["whole"] or 0) + Decimal(found["over"]) / Decimal(found["under"])
    elif found["whole"]:
        return None
    else:
        value = Decimal(found["number"].replace(",", "."))
    unit = plain(found["unit"] or "").removeprefix("de ")
    if found["money"] or unit == "pesos":
        return TypedAmount(value, "money")
    if unit.startswith("g"):
        return TypedAmount(value / _KILO)
    return TypedAmount(value.quantize(_GRAM), counted=_counts(unit))


def _counts(unit: str) -> bool:
    return unit.startswith(("pieza", "pz", "unidad"))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A quantity in the product's unit. `quantity` None: it has to be asked, for the reason in `problem`."""

    quantity: Decimal | None
    pieces: Decimal | None = None
    problem: Literal["", "too_much", "too_little_money", "not_whole", "below_step", "weight_unknown"] = ""


def fit_quantity(product: Product, quantity: Decimal) -> Fitted:
    """By kilo any weight from the smallest sold; anything else in whole steps, rounded up. `problem` tells what was
    rounded.
    """
    if quantity <= 0 or quantity > MOST:
        return Fitted(None, problem="too_much")
    if product.by_weight:
        if quantity < product.step:
            return Fitted(product.step, problem="below_step")
        return Fitted(quantity.quantize(_GRAM))
    whole = (quantity / product.step).to_integral_value(rounding=ROUND_CEILING) * product.step
    return Fitted(whole, problem="" if whole == quantity else "not_whole")


def fit_money(product: Product, amount: Decimal) -> Fitted:
    """As much as the money buys: by kilo to the gram, anything else in whole steps, never more than was said."""
    price = product.price or Decimal(0)
    if price <= 0 or amount <= 0:
        return Fitted(None, problem="too_little_money")
    quantity = (amount / price).quantize(_GRAM, rounding=ROUND_DOWN)
    if not product.by_weight:
        quantity = (quantity / product.step).to_integral_value(rounding=ROUND_DOWN) * product.step
    if quantity <= 0:
        return Fitted(None, problem="too_little_money")
    return Fitted(quantity) if quantity <= MOST else Fitted(None, problem="too_much")


def fit_pieces(product: Product, pieces: Decimal) -> Fitted:
    """A count of something sold by kilo: its usual weight, or a question when nobody knows it."""
    if not product.by_weight:
        return fit_quantity(product, pieces)
    weight = piece_weight(product.name)
    if weight is None:
        return Fitted(None, pieces, "weight_unknown")
    total = (weight * pieces).quantize(_GRAM)
    return Fitted(total, pieces) if 0 < total <= MOST else Fitted(None, problem="too_much")


def usual_quantity(product: Product) -> Decimal:
    """What a tap on a product adds: one, or the smallest quantity sold when that is more."""
    return max(Decimal(1), product.step)
