"""Which place a question is about: "¿llegan a la col. Las Ánimas?", "¿entregan en 91190?", "Lucas Martín".

Vocabulary for reading, not copy.
"""

import re

from marchante.catalog.words import plain
from marchante.conversations.state import AskedPlace
from marchante.conversations.view import ShopView
from marchante.coverage.domain import Colonias
from marchante.coverage.names import compare
from marchante.customers.address_text import read_parts
from marchante.understanding.normalize import flatten

_NAMED = r"(?P<place>(?!(?:que|como|cual|cuanto|quien|donde)\b)[^?!]+)"
# Compared with the text without accents, which is as long.
_ASKED = re.compile(
    r"(?:llega|llegan|llegarian|lleva|llevan|entrega|entregan|entregas|reparte|reparten|reparto|envian?|envios?|"
    r"manda|mandan|van|vienen|cubren|servicio|domicilio|cobertura|surten)"
    r"(?:\s+(?:a domicilio|servicio|entregas?|pedidos?|envios?))*"
    rf"\s+(?:a|al|hasta|en|por|para|hacia)\s+{_NAMED}"
)
# A question that goes on from one about another place.
_AND_THERE = re.compile(rf"^\W*y (?:a|al|en|hasta|para) {_NAMED}\?")
_TOWARDS = re.compile(r"^(?:(?:a|al|en|es|hasta|para|por) )+")
_KIND = re.compile(
    r"^(?:(?:la|el|mi|una?|de|los|las)\s+)?"
    r"(?:col(?:onia)?|fracc(?:ionamiento)?|barrio|unidad habitacional|zona|rumbo|parte|c\.?\s?p|codigo postal)\.?\s+"
    r"(?:de\s+)?"
)
_NO_PLACE = re.compile(r"^(?:(?:la |el |mi |su )*(?:casa|domicilio|hogar|puerta|trabajo|oficina)|todos? lados|toda)\b")
_EDGES = re.compile(r"^\W+|\W+$")
_ZIP = re.compile(r"\b\d{5}\b")
_LONGEST_NAME = 60
_MOST_WORDS = 6


def place_in_question(text: str) -> AskedPlace | None:
    """The place a question names; None when it names none ("¿llevan a domicilio?")."""
    flat = flatten(text)
    found = _ASKED.search(flat) or (_AND_THERE.search(flat) if "?" in text else None)
    return named_place(text[slice(*found.span("place"))]) if found else None


def named_place(text: str) -> AskedPlace | None:
    """What was written as the name of a place: a colonia, a postal code or an address; None: no such thing."""
    said = _EDGES.sub("", " ".join(text.split()))
    towards = _TOWARDS.match(flatten(said))
    said = said[towards.end() :] if towards else said
    if not said or _NO_PLACE.match(plain(said)):
        return None
    parts = read_parts(said)
    zip_code = parts.zip_code or (found[0] if (found := _ZIP.search(said)) else None)
    if parts.colony or parts.street:
        return AskedPlace(said, parts.colony, zip_code)
    bare = _EDGES.sub("", _ZIP.sub("", said))
    kind = _KIND.match(flatten(bare))
    name = bare[kind.end() :] if kind else bare
    if not re.search(r"[^\W\d_]{3}", name):
        return AskedPlace(said, None, zip_code) if zip_code else None
    if len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS:
        return None
    return AskedPlace(name, name, zip_code)


def is_listed(text: str, view: ShopView) -> bool:
    """Whether a colonia of the shop's zones is called so."""
    areas = (zone.area for zone in view.zones)
    names = [name for area in areas if isinstance(area, Colonias) for name in area.names]
    return any(compare(name, text) == "same" for name in names)
