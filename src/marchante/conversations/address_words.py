"""What people type about their own addresses: "guardar como casa", "borra la dirección del trabajo".

Vocabulary for reading, not copy. A name comes back as it was written; "" where something was asked without a name.
"""

import re

from marchante.catalog.words import plain
from marchante.conversations.words import bare
from marchante.customers.address_names import MAX_NAME

_THE = r"(?:(?:la|el|mi|esta|esa|de|del) )*"
_PLACE = r"(?:direccion|ubicacion|domicilio)"
_SAVE = re.compile(
    rf"^(?:guarda|guardar|guardala|guardalo|guardame|guardamela|nombrala|ponle|llamala)(?: {_THE}{_PLACE})?"
    rf"(?: de nombre| nombre)? como {_THE}(?P<name>.+)$"
)
_FORGET = re.compile(
    rf"^(?:borra|borrar|borrame|elimina|eliminar|olvida|quita|quitar) {_THE}{_PLACE}(?: {_THE}(?P<name>.+))?$"
)
_USUAL = re.compile(
    rf"^(?:usa|usar|que sea) {_THE}{_PLACE}? ?{_THE}(?P<name>.+?) (?:siempre|por default|de siempre)$"
    rf"|^que {_THE}(?P<named>.+?) sea {_THE}{_PLACE} (?:principal|predeterminada|de siempre)$"
)
_BOOK = frozenset(
    {
        "mis direcciones",
        "ver mis direcciones",
        "direcciones guardadas",
        "mis direcciones guardadas",
        "administrar direcciones",
        "borrar direccion",
        "borrar una direccion",
    }
)
_STEPWISE = re.compile(
    r"^(?:(?:mejor|prefiero|quiero|la|lo|escribir|escribirla|escribo|dar|direccion|mi) )*"
    r"(?:paso a paso|por partes|campo por campo|parte por parte|por pasos|escribirla a mano|escribir direccion)$"
)
_NOTHING = frozenset(
    {
        *("no", "ninguna", "ninguno", "no se", "no tengo", "nada", "no hay", "sin referencias", "no recuerdo"),
        *("saltar", "no aplica"),
    }
)
_EDGES = re.compile(r"^\W+|\W+$")


def asks_for_book(text: str) -> bool:
    return bare(text) in _BOOK


def new_name(text: str) -> str | None:
    """The name an address is to have."""
    found = _SAVE.match(bare(text))
    return _as_written(text, found["name"]) if found else None


def wants_steps(text: str) -> bool:
    """Whether somebody would rather be asked for an address field by field."""
    return _STEPWISE.match(bare(text)) is not None


def says_nothing(text: str) -> bool:
    """The answer of who has nothing to say to a field."""
    return bare(text) in _NOTHING


def forgotten_name(text: str) -> str | None:
    """The name of the address that is to be forgotten."""
    found = _FORGET.match(bare(text))
    return None if found is None else found["name"] or ""


def usual_name(text: str) -> str | None:
    """The name of the address that is to be the usual one."""
    found = _USUAL.match(bare(text))
    return None if found is None else found["name"] or found["named"]


def _as_written(text: str, name: str) -> str:
    """With its accents: the words of the text that read so."""
    words = text.split()
    count = len(name.split())
    for start in range(len(words) - count, -1, -1):
        written = _EDGES.sub("", " ".join(words[start : start + count]))
        if plain(written) == name:
            return (written[:1].upper() + written[1:])[:MAX_NAME]
    return name.capitalize()[:MAX_NAME]
