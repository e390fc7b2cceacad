"""A customer's words for a product, or for something the shop could not sell them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from marchante.catalog.words import plain
from marchante.understanding.normalize import word_key

LostReason = Literal["not_carried", "sold_out", "not_sellable"]
LOST_REASONS: tuple[LostReason, ...] = get_args(LostReason)
Kind = Literal["alias", LostReason]
"""`alias`: what was chosen after "which of these?". The others are demand that was lost, by its reason."""

LONGEST_PHRASE = 40
_MOST_WORDS = 5
_LONGEST_NUMBER = 3
_PERSONAL = re.compile(
    r"\b(?:soy|calle|avenida|av|colonia|col|numero|num|edificio|depto|departamento|manzana \d|lote|cp|esquina|casa de|"
    r"don|dona|sr|sra|senor|senora|lic|licenciad[oa]|doctor|doctora|dra?|mi (?:nombre|numero|cel|celular|correo|tel)|"
    r"telefono|whatsapp|correo|cuenta|tarjeta|clabe|contrasena|http|https|www)\b|@"
)
_AMOUNT = re.compile(
    r"^(?:(?:\d+|un|una|unos|unas|dos|tres|cuatro|cinco|seis|media|medio|kg|kilos?|litros?|piezas?|de|del|la|el|los|las|"
    r"y|otro|otra)\b ?)+"
)


@dataclass(frozen=True, slots=True)
class AskedPhrase:
    """Words of one customer. `phrase` groups spellings and plurals; `example` is how it was written, in plain letters.

    `product_id`: the product chosen, or the one that was sold out or may not be sold; None: the shop has no such thing.
    """

    kind: Kind
    phrase: str
    example: str
    product_id: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One phrase as the owner sees it, over all customers. `times`: choices of an alias, else days of a customer."""

    kind: Kind
    phrase: str
    example: str
    sku: str | None
    product_name: str | None
    customers: int
    times: int
    first_at: datetime
    last_at: datetime


def asked(kind: Kind, said: str, product_id: int | None = None, names: Collection[str] = ()) -> AskedPhrase | None:
    """What may be kept of a customer's words; None for what is long, a number, or tells who somebody is.

    `names`: what the customer is called.
    """
    example = _AMOUNT.sub("", plain(said)).strip()
    words = example.split()
    if not words or len(example) > LONGEST_PHRASE or len(words) > _MOST_WORDS or not any(map(str.isalpha, words)):
        return None
    if _PERSONAL.search(plain(said)) or "@" in said or _has_long_number(example):
        return None
    if set(words) & {word for name in names for word in plain(name).split()}:
        return None
    return AskedPhrase(kind, phrase_key(example), example, product_id)


def asked_for_product(name: str, product_id: int) -> AskedPhrase:
    """A product the shop has, asked for while there was none of it: the words are the shop's own, long or not."""
    return AskedPhrase("sold_out", phrase_key(name) or name, plain(name) or name, product_id)


def _has_long_number(words: str) -> bool:
    """A phone, a card, a postcode: more digits than a size has."""
    return sum(map(str.isdecimal, words)) > _LONGEST_NUMBER


def phrase_key(words: str) -> str:
    """One spelling for all: "Kokitas", "coquita" and "las coquitas" are the same asking."""
    return " ".join(word_key(word) for word in _AMOUNT.sub("", plain(words)).split())
