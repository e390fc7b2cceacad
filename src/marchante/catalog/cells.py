"""What the cells of a catalog file mean, and what is wrong with them, told to the shopkeeper in Spanish."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from marchante.catalog.words import plain
from marchante.foundation.kernel.money import pesos

MAX_NAME = 120
_MAX_SKU = 64
_MAX_CATEGORY = 60
_MAX_DESCRIPTION = 1_000
_MAX_URL = 500
_MAX_ALIASES = 30
_MAX_ALIAS = 80
_MAX_PRICE = Decimal(9_999_999)
_MAX_AMOUNT = Decimal(9_999_999)
_GRAM = Decimal("0.001")

_MONEY = re.compile(r"(?:mxn|mn|\$)*([0-9][0-9.,]*)(?:mxn|m\.?n\.?|pesos?|\$)*", re.IGNORECASE)
_MONEY_FORMS = (
    (re.compile(r"[0-9]+(\.[0-9]{1,2})?"), ""),  # 1285.50
    (re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?"), ","),  # 1,285.50
    (re.compile(r"[0-9]+,[0-9]{1,2}"), "."),  # 1285,50, as Excel writes it in Spain
    (re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}"), "."),  # 1.285,50
)
_AMOUNT = re.compile(r"[0-9]+([.,][0-9]{1,3})?")
_SPOILT_BY_EXCEL = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)
_PATH = re.compile(r"(https?://[^\s<>\"'\\]+)|((?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]*)")
_YES = {"si", "s", "1", "x", "true", "verdadero", "yes", "y", "activo"}
_NO = {"no", "n", "0", "false", "falso", "inactivo"}

UNIT_NAMES = {
    "kg": "kg kilo kilos kgs kilogramo kilogramos k",
    "piece": "piece pieza piezas pza pzas pz pzs",
    "unit": "unit unidad unidades u und",
    "can": "can lata latas",
    "box": "box caja cajas",
    "pack": "pack paquete paquetes paq six",
    "bunch": "bunch manojo manojos",
    "liter": "liter litro litros lt lts l",
    "bottle": "bottle botella botellas frasco",
    "bag": "bag bolsa bolsas costal",
    "service": "service servicio servicios",
}
_UNIT_OF = {name: unit for unit, names in UNIT_NAMES.items() for name in names.split()}
_DAYS = ("lun", "mar", "mie", "jue", "vie", "sab", "dom")
_DAY = re.compile(r"(lun|mar|mie|jue|vie|sab|dom)[a-z]*|([1-7])")
_DAY_RANGE = re.compile(rf"({_DAY.pattern}) (?:a|al) ({_DAY.pattern})")


class BadCell(ValueError):
    """What keeps a row from being imported. `code` is stable; the text is for the shopkeeper."""

    def __init__(self, field: str, code: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.code = code
        self.reason = reason


def read_cells(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The typed values of the fields a row speaks of. Raises BadCell for the first that makes no sense."""
    return {field: _READERS[field](cell) for field, cell in cells.items()}


def _refuse(field: str, code: str, reason: str) -> NoReturn:
    raise BadCell(field, code, reason)


def clean(value: Any) -> str:
    """A cell as one line of text: without control, direction and zero-width characters and broken surrogates."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = value.strftime("%Y-%m-%d") if isinstance(value, date | datetime) else str(value)
    kept = (" " if char.isspace() else char for char in text if char.isspace() or _visible(char))
    return " ".join("".join(kept).split())


def _visible(char: str) -> bool:
    category = unicodedata.category(char)
    return category not in {"Cc", "Cs", "Co", "Cn"} and (category != "Cf" or char == "\u200d")


def _text(field: str, longest: int) -> Callable[[Any], str]:
    def read(cell: Any) -> str:
        if isinstance(cell, dict | list):
            _refuse(field, f"bad_{field}", "Aquí va un texto.")
        text = clean(cell)
        if text.startswith("="):
            _refuse(field, "formula", "La celda tiene una fórmula: escribe el texto.")
        if len(text) > longest:
            _refuse(field, f"{field}_too_long", f"Tiene {len(text)} letras y caben {longest}.")
        return text

    return read


def _sku(cell: Any) -> str:
    text = _text("sku", _MAX_SKU)(cell)
    if _SPOILT_BY_EXCEL.fullmatch(text):
        _refuse("sku", "bad_sku", f"Excel cambió el código a {text}: da a la columna formato de texto.")
    return text


def _price(cell: Any) -> Decimal | None:
    """None: it has no price of its own. A number is rounded to the cent, a text must say cents itself."""
    price = _number(cell) if _is_number(cell) else _money(clean(cell))
    if price is None:
        return None
    if not (price.is_finite() and 0 <= price <= _MAX_PRICE):
        _refuse("price", "bad_price", "El precio va de $0 a $9,999,999.")
    return pesos(price)


def _money(text: str) -> Decimal | None:
    if not text:
        return None
    found = _MONEY.fullmatch(text.replace(" ", ""))
    for form, thousands in _MONEY_FORMS:
        if found and form.fullmatch(found[1]):
            digits = found[1].replace(thousands, "") if thousands else found[1]
            return Decimal(digits.replace(",", "."))
    _refuse("price", "bad_price", f"No entiendo el precio «{text[:40]}»: escríbelo como 1285.50.")


def _unit(cell: Any) -> str | None:
    text = plain(clean(cell))
    if text and text not in _UNIT_OF:
        options = ", ".join(names.split()[1] for names in UNIT_NAMES.values())
        _refuse("unit", "bad_unit", f"No conozco la unidad «{clean(cell)[:40]}». Puede ser: {options}.")
    return _UNIT_OF.get(text)


def _step(cell: Any) -> Decimal | None:
    step = _amount("step", cell)
    if step is not None and step <= 0:
        _refuse("step", "bad_step", "La cantidad mínima es mayor que cero.")
    return step


def _stock(cell: Any) -> Decimal | None:
    return _amount("stock", cell)


def _amount(field: str, cell: Any) -> Decimal | None:
    if _is_number(cell):
        amount = _number(cell)
    else:
        text = clean(cell)
        if not text:
            return None
        amount = Decimal(text.replace(",", ".")) if _AMOUNT.fullmatch(text) else Decimal("NaN")
    if not (amount.is_finite() and 0 <= amount <= _MAX_AMOUNT):
        _refuse(field, f"bad_{field}", f"No entiendo la cantidad «{clean(cell)[:40]}»: escríbela como 2 o 0.5.")
    return amount.quantize(_GRAM)


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def _number(cell: float | Decimal) -> Decimal:
    try:
        return Decimal(str(cell))
    except (InvalidOperation, ValueError):  # an integer of more digits than Python will print
        return Decimal("NaN")


def _flag(field: str) -> Callable[[Any], bool | None]:
    def read(cell: Any) -> bool | None:
        text = plain(clean(cell))
        if text in _YES:
            return True
        if text and text not in _NO:
            _refuse(field, f"bad_{field}", "Escribe sí o no.")
        return False if text else None

    return read


def _aliases(cell: Any) -> tuple[str, ...]:
    parts = cell if isinstance(cell, list) else re.split(r"[,;|\n]", "" if cell is None else str(cell))
    names = [_text("aliases", _MAX_ALIAS)(part) for part in parts]
    kept = tuple(dict.fromkeys(name for name in names if name))
    if len(kept) > _MAX_ALIASES:
        _refuse("aliases", "too_many_aliases", f"Caben {_MAX_ALIASES} nombres.")
    return kept


def _image_url(cell: Any) -> str | None:
    text = _text("image_url", _MAX_URL)(cell)
    if text and not _PATH.fullmatch(text):
        _refuse("image_url", "bad_image_url", "La imagen es una dirección que empieza con https://.")
    return text or None


def _weekdays(cell: Any) -> tuple[int, ...] | None:
    """ISO weekdays: "sábado y domingo", "lun a vie", "6,7" or [6, 7]. None: every day."""
    told = " ".join(map(clean, cell)) if isinstance(cell, list) else clean(cell)
    said = plain(re.sub(r"[-–—]", " a ", told))
    rest, days = said, set[int]()
    for found in _DAY_RANGE.finditer(said):
        first, last = _day(found[2], found[3]), _day(found[5], found[6])
        days |= {(first + step - 1) % 7 + 1 for step in range((last - first) % 7 + 1)}
        rest = rest.replace(found[0], " ")
    for word in rest.split():
        found_day = _DAY.fullmatch(word)
        if found_day:
            days.add(_day(found_day[1], found_day[2]))
        elif word != "y":
            _refuse("weekdays", "bad_weekdays", "Escribe los días como «sábado y domingo» o «lunes a viernes».")
    return tuple(sorted(days)) if days and len(days) < len(_DAYS) else None


def _day(name: str | None, number: str | None) -> int:
    return int(number) if number else _DAYS.index(name or "") + 1


_READERS: dict[str, Callable[[Any], Any]] = {
    "sku": _sku,
    "name": _text("name", MAX_NAME),
    "category": _text("category", _MAX_CATEGORY),
    "price": _price,
    "unit": _unit,
    "step": _step,
    "aliases": _aliases,
    "description": _text("description", _MAX_DESCRIPTION),
    "stock": _stock,
    "image_url": _image_url,
    "active": _flag("active"),
    "whatsapp_sellable": _flag("whatsapp_sellable"),
    "weekdays": _weekdays,
}
