"""What an address typed in one piece tells of its parts: "calle Zaragoza 5, col. Centro, C.P. 91000".

Vocabulary for reading, not copy. Only what is plainly said becomes a part; what may be a colonia is a guess.
"""

import re

import msgspec

from marchante.customers.domain import AddressParts

_ZIP_NAMED = re.compile(r"\b(?:c\.?\s?p\.?|c[oó]digo\s+postal)\s*:?\s*(\d{5})\b", re.IGNORECASE)
_ZIP = re.compile(r"\b\d{5}\b")
_COLONY = re.compile(
    r"\b(?:col(?:onia)?|fracc(?:ionamiento)?|barrio|unidad habitacional|u\.\s?h\.)\.?\s+(?P<name>[^,;\n]+?)"
    r"(?=\s+(?:calle|av|avda|avenida|blvd|priv|privada|cerrada|andador|entre|n[uú]m|n[uú]mero|no|mz|lote|int|interior|"
    r"esq|esquina|frente)\b|\s+#|\s*[,;\n]|$)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bentre\s+(?P<streets>[^,;\n]+)", re.IGNORECASE)
_STREET = re.compile(
    r"^(?P<street>.*?[^\W\d].*?)\s*(?:#|\bno\.?|\bn[uú]m(?:ero)?\.?)?\s*"
    r"(?P<number>\b\d{1,5}(?:\s?-?[A-Za-z]\b(?!/))?|\bs/n\b)"
    r"(?P<rest>(?!.*\bs/n\b)[^\d]*)$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"^(?:[\d#]|casa|int|interior|depto|departamento|edif|edificio|piso|local|lote|lt|mz|mza|manzana|entre|esq|esquina|"
    r"frente|junto|a (?:un|la|lado)|al lado|atr[aá]s|enfrente|cerca|port[oó]n|puerta|z[aá]guan|timbre|rejas?|"
    r"referencia|c\.?\s?p\b|c[oó]digo|de |y |es |por favor|porfa|en )",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"^(?:frente|junto|a (?:un|la|lado)|al lado|atr[aá]s|enfrente|cerca|port[oó]n|puerta|z[aá]guan|timbre|rejas?|"
    r"referencia|casa)",
    re.IGNORECASE,
)
_LONGEST_NAME = 6


def read_parts(text: str) -> AddressParts:
    """The parts that are plainly said; the others are None."""
    pieces = _pieces(text)
    street = _STREET.match(pieces[0]) if pieces and not _COLONY.match(pieces[0]) else None
    colony, between = _COLONY.search(text), _BETWEEN.search(text)
    references = [piece for piece in pieces[1:] if _REFERENCE.match(piece)]
    return AddressParts(
        street=street["street"].strip() if street else None,
        number=street["number"].strip() if street else None,
        colony=_without_zip(colony["name"]) or None if colony else None,
        between_streets=between["streets"].strip() if between else None,
        zip_code=_zip_code(text, pieces),
        observations=", ".join(references) or None,
    )


def as_fields(text: str) -> AddressParts:
    """All of an address as fields, to be corrected one by one: the likely colonia too, and the rest as references."""
    read, pieces = read_parts(text), _pieces(text)
    guesses = colony_guesses(text)
    colony = read.colony or next(iter(guesses), None)
    told = {*guesses, *(read.observations or "").split(", ")}
    rest = [piece for piece in pieces[1:] if not _COLONY.match(piece) and not _BETWEEN.match(piece)]
    left = [piece for piece in map(_without_zip, rest) if piece and piece not in told and piece != read.number]
    observations = ", ".join(filter(None, (*left, read.observations)))
    return msgspec.structs.replace(read, colony=colony, observations=observations or None)


def colony_guesses(text: str) -> tuple[str, ...]:
    """What may be the name of a colonia, without the word before it: after the house number, or between commas."""
    pieces = _pieces(text)
    found = [_without_zip(piece) for piece in pieces[1:] if not _OTHER.match(piece)]
    street = _STREET.match(_without_zip(pieces[0])) if pieces else None
    rest = street["rest"].strip(" .-") if street else ""
    if rest and not _OTHER.match(f"{rest} "):
        found.insert(0, rest)
    return tuple(name for name in found if name and len(name.split()) <= _LONGEST_NAME)


def _pieces(text: str) -> list[str]:
    return [piece for piece in (" ".join(each.split()) for each in re.split(r"[,;\n]", text)) if piece]


def _zip_code(text: str, pieces: list[str]) -> str | None:
    """Five digits named so, or alone in a piece after the first: before that they may be the house number."""
    named = _ZIP_NAMED.search(text)
    if named:
        return named[1]
    alone = [found[0] for piece in pieces[1:] if (found := _ZIP.search(piece))]
    return alone[0] if alone else None


def _without_zip(name: str) -> str:
    return " ".join(_ZIP.sub("", _ZIP_NAMED.sub("", name)).split()).strip(" .-")
