"""The data of an invoice as customers type them: all in one text, in any order, with labels or without."""

import re
from collections.abc import Collection
from unicodedata import normalize

from marchante.customers.invoicing import REGIMES, USES, InvoiceForm, RfcFault, read_tax_id
from marchante.foundation.kernel.errors import Invalid

_MAX_NAME = 150
_Said = tuple[tuple[str, str], ...]
_SAID_REGIMES = (
    (r"resico|simplificado de confianza", "626"),
    (r"sueldos|salarios|asalariad[oa]", "605"),
    (r"actividad(?:es)? (?:empresarial|profesional)|honorarios|servicios profesionales", "612"),
    (r"arrendamiento", "606"),
    (r"sin obligaciones", "616"),
    (r"plataformas? tecnologicas?", "625"),
    (r"incorporacion fiscal|\brif\b", "621"),
    (r"(?:no lucrativ[oa]s|sin fines de lucro)", "603"),
    (r"general de ley", "601"),
)
_SAID_USES = (
    (r"gastos? en general|gastos generales", "G03"),
    (r"mercancias?", "G01"),
    (r"sin efectos", "S01"),
)
_RFC = re.compile(r"(?<![A-ZÑ&0-9])[A-ZÑ&]{3,4}[\s.\-]?[0-9]{6}[\s.\-]?[A-Z0-9]{3}(?![A-Z0-9])", re.IGNORECASE)
_LIKE_RFC = re.compile(r"\brfc\b[:\s]*([A-ZÑ&0-9]{9,16})", re.IGNORECASE)
_ZIP = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")
_CODE = re.compile(r"(?<![0-9A-Z])6[0-2][0-9](?![0-9])", re.IGNORECASE)
_USE = re.compile(r"(?<![0-9A-Z])(?:G0[13]|S01)(?![0-9A-Z])", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:nombre|raz[oó]n social|a nombre de)\s*(?:o raz[oó]n social)?\s*[:\-]?\s*([^\n;]+)", re.IGNORECASE
)
_PARTS = re.compile(r"[\n;]|,(?!\s*s\.?\s*(?:a|de)\b)", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:mi |el |la |los |mis |son |es )*(?:rfc|c\.?\s?p\.?|codigo postal|código postal|cp|r[eé]gimen(?: fiscal)?|"
    r"uso(?: de(?:l)? cfdi)?|cfdi|datos(?: fiscales)?|factura)\b[:.\s]*",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"\b[A-Z]\.$")
_NO_NAME = re.compile(
    r"@|^y\b|codigo postal|factur|persona (?:fisica|moral)|regimen|"
    r"por favor|gracias|^hola|^buen|^claro|^si\b|\bcfdi\b"
)
# What goes before a correction: "ay perdón, es …".
_CORRECTING = re.compile(
    r"(?:\b(?:ay|ah|uy|ups|perdon\w*|disculp\w+|sorry|es|era|seria|si|no|bueno|mi|el|rfc|correcto|bien|asi|aqui|va|digo|mejor|"
    r"este|me|equivoque|falto|una|letra)\b[ ,.:;]*)+"
)


def found_in(text: str) -> tuple[InvoiceForm, RfcFault | None]:
    """What a text says of an invoice, and what is wrong with its RFC."""
    rfc, fault, rest = _rfc_in(text)
    regime, rest = _code_in(rest, _CODE, _SAID_REGIMES, known=REGIMES)
    use, rest = _code_in(rest, _USE, _SAID_USES, known=USES)
    zips = _ZIP.search(rest)
    zip_code = zips[0] if zips else ""
    rest = rest.replace(zip_code, "\n", 1) if zip_code else rest
    return InvoiceForm(rfc, _name_in(rest), zip_code, regime, use), fault


def is_name(text: str) -> bool:
    words = _folded(text)
    if _NO_NAME.search(words) or _CORRECTING.fullmatch(words.strip()):
        return False
    return len(words.split()) > 1 and any(char.isalpha() for char in words)


def _rfc_in(text: str) -> tuple[str, RfcFault | None, str]:
    found = _RFC.search(text)
    if found is None:
        like = _LIKE_RFC.search(text)
        return "", ("malformed" if like else None), text.replace(like[0], "\n") if like else text
    rest = f"{text[: found.start()]}\n{text[found.end() :]}"
    try:
        return read_tax_id(found[0]), None, rest
    except Invalid as error:
        return "", _fault(error.code), rest


def _fault(code: str) -> RfcFault:
    return "generic" if code == "generic" else "check_digit" if code == "check_digit" else "malformed"


def _code_in(text: str, pattern: re.Pattern[str], said: _Said, known: Collection[str]) -> tuple[str, str]:
    """A code of the SAT or how people call it, and the text without it."""
    for found in pattern.finditer(text):
        if found[0].upper() in known:
            return found[0].upper(), f"{text[: found.start()]}\n{text[found.end() :]}"
    folded = _folded(text)
    for words, code in said:
        named = re.search(words, folded)
        if named:
            return code, f"{text[: named.start()]}\n{text[named.end() :]}"
    return "", text


def _folded(text: str) -> str:
    """In lower case without accents, every character in its place."""
    return "".join(normalize("NFD", char)[0].lower()[0] for char in text)


def _name_in(rest: str) -> str:
    named = _NAMED.search(rest)
    if named:
        return _cleaned(named[1])
    parts = (_LABEL.sub("", part.strip(" :-")).strip(" :-") for part in _PARTS.split(rest))
    return next((_cleaned(part) for part in parts if is_name(part)), "")


def _cleaned(name: str) -> str:
    shown = " ".join(name.split()).strip(" ,;:-").upper()[:_MAX_NAME]
    return shown if _INITIALS.search(shown) else shown.strip(".")
