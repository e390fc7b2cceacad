"""Whether what was typed is a place one can deliver to, or the name of one already known."""

import re

from marchante.catalog.words import plain
from marchante.understanding.normalize import flatten

SHORTEST_ADDRESS = 8
# What the understanding may take an answer to "where to?" for; anything else was not the answer.
MAY_BE_A_PLACE = frozenset({"address", "order", "change_cart", "other"})
_ENOUGH_WORDS = 5
_SHORT = 30
_STREET_WORDS = (
    *("calle", "av", "avenida", "avda", "blvd", "boulevard", "bulevar", "calz", "calzada", "carretera", "camino"),
    *("callejon", "andador", "privada", "priv", "cerrada", "circuito", "prolongacion", "prol", "col", "colonia"),
    *("fracc", "fraccionamiento", "barrio", "ejido", "manzana", "mz", "mza", "lote", "lt", "int", "interior"),
    *("depto", "departamento", "edificio", "esquina", "esq", "entre", "numero", "num", "cp", "sn", "s n"),
    *("frente", "unidad habitacional", "domicilio conocido", "atras de", "junto a", "rancho", "pueblo", "km"),
)
# Says which door, not which street: alone it completes an address already known.
_DOOR = re.compile(r"\b(?:depto|departamento|dpto|edificio|interior|int|piso|local|torre|porton|timbre|puerta)\b")
_STREET = re.compile(rf"\b(?:{'|'.join(_STREET_WORDS)})\b")
_NUMBERED = re.compile(r"[a-z]{3,} \d{1,5}\b")
_BY_WAY_OF = re.compile(
    r"\b(?:con|en (?:lo|casa|el puesto) de) (?:don|dona|(?:el|la) (?:senora?|sra?\b\.?|vecin[oa])) [^,.;\n]{2,60}"
)
# "colonia Centro", "calle Zaragoza": in so few words there is no house.
_BARE_WORDS = 7
_BARE = re.compile(
    r"^(?:(?:a|en|es|para|la|el) )*(?:col|colonia|fracc|fraccionamiento|barrio|calle|av|avenida|calzada|privada|blvd)\b"
)
_FINDABLE = re.compile(
    r"\b(?:s n|sn|sin numero|domicilio conocido|entre|esq|esquina|frente|enfrente|junto|lado|atras|casa|edificio|"
    r"porton|local|km|rancho|negocio|tienda|iglesia|escuela|lote|mz|manzana)\b"
)
_TOWARDS = re.compile(r"^(?:mejor )?(?:a|en|para) (?:la |el |mi )?|^(?:la|el|mi) ")


def names_street(text: str) -> bool:
    """Whether words are in it that only addresses have."""
    typed = plain(text)
    return len(typed) >= SHORTEST_ADDRESS and _STREET.search(typed) is not None


def is_only_a_door(address: str) -> bool:
    """As in "es el depto 302": short, with a door and no street."""
    typed = plain(address)
    return _DOOR.search(typed) is not None and not _STREET.search(_DOOR.sub("", typed)) and len(typed) < _SHORT


def looks_like_address(text: str) -> bool:
    """Street words, a number after a word, or enough words to find a house by."""
    typed = plain(text)
    if len(typed) < SHORTEST_ADDRESS:
        return False
    return names_street(text) or bool(_NUMBERED.search(typed)) or len(typed.split()) >= _ENOUGH_WORDS


def lacks_house(text: str) -> bool:
    """Only a colonia, or a street without a number or anything else to find the house by."""
    pieces = [plain(piece) for piece in re.split(r"[,;\n]", text) if plain(piece)]
    if any(char.isdigit() for char in text) or len(" ".join(pieces).split()) > _BARE_WORDS:
        return False
    return not any(_FINDABLE.search(piece) for piece in pieces) and any(_BARE.match(piece) for piece in pieces)


def named_place(text: str) -> str:
    """The name of a saved address in "mejor a la casa" or "en mi trabajo"."""
    return _TOWARDS.sub("", plain(text))


def mentions(text: str, name: str) -> bool:
    """Whether a saved address is meant by its name: "para la casa", "en mi trabajo"."""
    return re.search(rf"\b(?:a|al|en|para|pal|por) (?:la |el |mi )?{re.escape(plain(name))}\b", plain(text)) is not None


def delivered_by_way_of(text: str) -> str | None:
    """Whom to ask for or leave it with, in "con don Chuy el de la esquina"."""
    found = _BY_WAY_OF.search(flatten(text))  # as long as the text: a place in one is a place in the other
    return " ".join(text[found.start() : found.end()].split()) if found else None


def address_of(text: str) -> str:
    """An address as a courier reads it: one line, without the "a" or "es en" before it."""
    return re.sub(r"^(?:(?:a|en|es|es en|para|hasta) )+", "", " ".join(text.split()), flags=re.IGNORECASE)
