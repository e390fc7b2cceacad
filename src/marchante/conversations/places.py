"""Whether what was typed is a place one can deliver to, or the name of one already known."""

import re
from collections.abc import Iterable, Sequence

from marchante.catalog.words import plain
from marchante.coverage.domain import Zone, named_in
from marchante.understanding.normalize import flatten

SHORTEST_ADDRESS = 8
# What the understanding may take an answer to "where to?" for; anything else was not the answer.
MAY_BE_A_PLACE = frozenset({"address", "order", "change_cart", "other"})
_ENOUGH_WORDS = 5
# A question may be as long as an address.
_ASKING = re.compile(r"\b(?:cuanto|cuanta|cual|cuando|por que|se puede|puedo|pueden|podran|tienen|tienes|aceptan)\b")
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
    r"^(?:(?:a|en|es|para|la|el) )*"
    r"(?:col|colonia|fracc|fraccionamiento|barrio|calle|av|avenida|calzada|privada|blvd|cp|c p|codigo postal)\b"
)
_ZIP_NAMED = re.compile(r"\b(?:c\.?\s?p\.?|c[o\u00f3]digo\s+postal)\s*:?\s*\d{5}\b", re.IGNORECASE)
_WRITTEN_OUT = re.compile(
    r"^[^\W\d_][^\d,]{3,40}?,? #?\d{1,5}(?:[- ]?[a-z]\b)?,? (?:col(?:onia|\.)? )?(?P<colonia>[^\d,]{4,40})$",
    re.IGNORECASE,
)
_FINDABLE = re.compile(
    r"\b(?:s n|sn|sin numero|domicilio conocido|entre|esq|esquina|frente|enfrente|junto|lado|atras|casa|edificio|"
    r"porton|local|km|rancho|negocio|tienda|iglesia|escuela|lote|mz|manzana)\b"
)
_NEXT_PART = re.compile(r"\s*,\s*(?P<part>[^,.;:?!\n]+?)(?=\s*(?:[,.;:?!\n]|$|\sy\s))")
_LONGEST_COLONIA = 4
_NO_PLACE = re.compile(
    r"\b(?:pag\w+|con|efectivo|tarjeta|transferencia|manana|hoy|pasado|tarde|noche|dia|lunes|martes|miercoles|jueves|"
    r"viernes|sabado|domingo|favor|porfa\w*|gracias|agrega\w*|pon\w*|manda\w*|quiero|tambien|dame|deme|trae\w*|kilos?|"
    r"medi[oa]|un[oa]?|dos|tres|para|si|no|que|es|sin|ya|ok|al?|te|me|le|urge\w*|rapido|antes|despues|hola|buen\w+|y)\b"
)
_ORDERING = re.compile(
    r"\b(?:kilos?|medi[oa]|cuarto|docenas?|un[oa]?|dos|tres|cuatro|cinco|agrega\w*|pon(?:me|le|game)|manda\w*|tambien|"
    r"quiero|dame|deme)\b"
)
_LEAD = re.compile(
    r"^(?:(?:(?:mi|la) (?:direcci[^ ]{1,2}n|domicilio|casa) (?:es|queda|seria)|vivo|estoy|a|en|es|para|hasta) |"
    r"(?:mejor )?(?:me l[oa]s? )?(?:tr.e|trai|m.nda|ll.va|entr.ga)(?:s|n|me|l[oa]s?|mel[oa]s?)? "
    r"(?=(?:a|en|hasta) )|"
    r"(?:a )?domicilio(?! conocido)[,:]? )+",
    re.IGNORECASE,
)
_TOWARDS = re.compile(r"^(?:mejor )?(?:a|en|para) (?:la |el |mi )?|^(?:la|el|mi) ")


def names_street(text: str) -> bool:
    """Whether words are in it that only addresses have."""
    typed = plain(text)
    return len(typed) >= SHORTEST_ADDRESS and _STREET.search(typed) is not None


def is_brought_to(text: str) -> bool:
    """As in "mejor me lo traes a Javier Mina 900": where to, with a number."""
    said = address_of(text)
    if "?" in text or _ASKING.search(plain(text)):
        return False
    return said != " ".join(text.split()) and bool(_NUMBERED.search(plain(said)))


def is_only_a_door(address: str) -> bool:
    """As in "es el depto 302": short, with a door and no street."""
    typed = plain(address)
    return _DOOR.search(typed) is not None and not _STREET.search(_DOOR.sub("", typed)) and len(typed) < _SHORT


def is_only_a_zip(address: str) -> bool:
    """As in the "cp 44100" of an invoice: it says no street, and takes the place of none."""
    return plain(_ZIP_NAMED.sub("", address)) == ""


def looks_like_address(text: str) -> bool:
    """Street words, a number after a word, or enough words to find a house by."""
    typed = plain(text)
    if len(typed) < SHORTEST_ADDRESS:
        return False
    if "?" in text or _ASKING.search(typed):
        return names_street(text)
    return names_street(text) or bool(_NUMBERED.search(typed)) or len(typed.split()) >= _ENOUGH_WORDS


def lacks_house(text: str) -> bool:
    """Only a colonia or a postal code, or a street without a number or anything else to find the house by."""
    pieces = [plain(piece) for piece in re.split(r"[,;\n]", text) if plain(piece)]
    if any(char.isdigit() for char in _ZIP_NAMED.sub("", text)) or len(" ".join(pieces).split()) > _BARE_WORDS:
        return False
    return not any(_FINDABLE.search(piece) for piece in pieces) and any(_BARE.match(piece) for piece in pieces)


def written_out(text: str, zones: Iterable[Zone]) -> bool:
    """Whether it can be nothing but an address: a street, its number and a colonia that is known, as in "Regina 15
    centro".
    """
    if names_street(text):  # read with the rest of what is said
        return False
    found = _WRITTEN_OUT.match(" ".join(text.split()))
    return found is not None and (plain(found["colonia"]) == "centro" or named_in(zones, found["colonia"]) is not None)


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


def whole_address(text: str, address: str, named: Sequence[str]) -> str:
    """An address read in a text, with the colonia or town written after it: "calle Juárez 250, Centro". `named` are
    the products of the text: they are no places.
    """
    start = text.find(address)
    end = start + len(address)
    found = _NEXT_PART.match(text, end) if start >= 0 else None
    while found and _is_a_place(found["part"], named):
        end = found.end("part")
        found = _NEXT_PART.match(text, end)
    return text[start:end] if start >= 0 else address


def _is_a_place(part: str, named: Sequence[str]) -> bool:
    words = plain(part).split()
    short = 1 <= len(words) <= _LONGEST_COLONIA and all(map(str.isalpha, words))
    return short and not _NO_PLACE.search(plain(part)) and not any(phrase in part for phrase in named)


def says_how_much(text: str) -> bool:
    """Whether an amount or a wish to order stands in it: what follows is a product, no part of an address."""
    return any(map(str.isdigit, text)) or _ORDERING.search(plain(text)) is not None


def address_of(text: str) -> str:
    """An address as a courier reads it: one line, without the "a" or "es en" before it."""
    return _LEAD.sub("", " ".join(text.split()))
