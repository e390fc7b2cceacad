"""The grammar of product names: what is the thing, what only says which one, how large, how many in a pack."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum

from marchante.understanding.lexicon.attributes import ATTRIBUTES, COLORS, COMES, PLAIN, SERVICES, SIZE_WORDS
from marchante.understanding.lexicon.goods import (
    BRANDS,
    CONTAINERS,
    CUTS,
    FORMS,
    GOODS,
    HOLDERS,
    INGREDIENTS,
    MATERIALS,
)
from marchante.understanding.lexicon.words import ARTICLES, HALVES, LINKS, PACKAGING, STOPWORDS, UNITS, half_or_number
from marchante.understanding.lexicon.works import WORK_OF
from marchante.understanding.normalize import bound, word_key
from marchante.understanding.words.sizes import PERSONS, Size, is_whole
from marchante.understanding.words.tokens import Token


class Role(IntEnum):
    """What a word does in a product's name; from TOLD up it names the product by itself."""

    ABOUT = 0
    """Only in the description."""
    DETAIL = 1
    """Ingredient, colour, size, what it is for."""
    FORM = 2
    """How it comes or what is done: *bolsa de*, *planchado*."""
    TOLD = 3
    """The kind of thing as the description has it: *Papas fritas* of *Sabritas*."""
    KIND = 4
    """Of which animal a cut is."""
    VARIETY = 5
    """Brand or variety: *Hass*, *Nutrioli*."""
    HEAD = 6
    """The thing itself."""


_COMPLEMENT = frozenset(["para", "con", "sin", "en", "sabor", "tipo", "contra"])
_LEAST_NAME = 2
_ABBREVIATED = 4
_NEVER_FIRST = SIZE_WORDS | PLAIN | COLORS
"""Any other adjective that begins a name is a noun there: *Enchiladas verdes*."""
_PAPER_SIZES = frozenset(word_key(word) for word in ("carta", "oficio", "legal", "tabloide"))
_HEAD_STARTERS = FORMS | SERVICES


@dataclass(frozen=True, slots=True)
class NameForm:
    """One name of a product: the keys of its words with their roles, its sizes, and how many a pack holds."""

    keys: tuple[str, ...]
    roles: tuple[Role, ...]
    sizes: tuple[Size, ...]
    pack_count: int | None
    linked: bool = False
    """Whether *de* follows the first word: a *bolsa de hielo* is ice."""

    @property
    def head(self) -> str:
        """The key of the thing itself; empty where the name has none."""
        return self.keys[self.roles.index(Role.HEAD)] if Role.HEAD in self.roles else ""


def parse_name(tokens: Sequence[Token], *, served: bool = False) -> NameForm:
    """Read a product's name or alias; where it is `served`, work and parts worked on are no heads: *Bastilla falda*."""
    keys: list[str] = []
    roles: list[Role] = []
    sizes: list[Size] = []
    reader = _RoleReader(served=served)
    position = 0
    while position < len(tokens):
        token = tokens[position]
        size, after = _range_at(tokens, position)
        if size is None:
            size, after = size_at(tokens, position)
        if size:
            held = position > 0 and (tokens[position - 1].key in _HOLDING or tokens[position - 1].text == "con")
            sizes.append(Size(size.value, "pz") if not size.unit and held and size.value > 1 else size)
            position = after
            continue
        position += 1
        if is_measure(token.key):
            sizes.extend(Size(Decimal(part)) for part in token.key.split("x") if part.isdigit())
            keys.append(token.key)
            roles.append(Role.DETAIL)
            continue
        role = reader.role_of(token)
        if role is not None and not (token.text == "agua" and reader.added and HOLDERS.intersection(keys)):
            keys.append(bound("sin", token.key) if reader.ruled_out else token.key)
            roles.append(role)
    linked = len(tokens) > 1 and tokens[1].text in LINKS
    return NameForm(tuple(keys), _with_head(keys, roles, served=served), tuple(sizes), _pack_count(sizes), linked)


class _RoleReader:
    """Walks over a name; knows whether the head has come and what the last preposition was."""

    def __init__(self, *, served: bool) -> None:
        self._served = served
        self._headless = True
        self._formed = False
        self._cut = False
        self._link = ""
        self._aside = False

    @property
    def ruled_out(self) -> bool:
        """Whether the last word read came after *sin*."""
        return self._link == "sin"

    @property
    def added(self) -> bool:
        """Whether the last word read came after *con*: a *garrafón c/agua* is a full one."""
        return self._link == "con"

    def role_of(self, token: Token) -> Role | None:
        if token.text in "()":
            self._aside = token.text == "("
            return None
        if token.kind == "sign":
            return None
        if token.text in LINKS or token.text in _COMPLEMENT:
            self._link = "" if self._link and token.text in LINKS else token.text
            self._link = self._link or token.text
            return None
        if token.text in STOPWORDS:
            return None
        role = self._content(token.key)
        if self._link in LINKS:
            self._link = ""
        return role

    def _content(self, key: str) -> Role:
        if self._served and key in WORK_OF:  # *Lavado en seco saco*: the cloth is not in it
            self._link = ""
            self._formed |= self._headless
            return Role.FORM if self._headless else Role.DETAIL
        if key in UNITS or len(key) < _LEAST_NAME:
            return Role.DETAIL
        if self._link == "tipo":
            return Role.VARIETY
        if self._aside:
            return Role.DETAIL if key in PACKAGING | MATERIALS | ATTRIBUTES else Role.VARIETY
        if self._link in _COMPLEMENT:
            return Role.DETAIL
        if self._headless:
            return self._before_head(key)
        if key in INGREDIENTS:
            return Role.KIND if self._cut else Role.DETAIL
        if key in ATTRIBUTES:
            return Role.DETAIL
        return Role.FORM if key in PACKAGING else Role.VARIETY

    def _before_head(self, key: str) -> Role:
        if key in _HEAD_STARTERS or key in HALVES:
            self._formed = True
            return Role.FORM
        if self._formed and key in BRANDS:
            return Role.VARIETY
        if self._formed and key in _PAPER_SIZES:
            return Role.DETAIL
        if key in ATTRIBUTES - GOODS - CUTS and key not in MATERIALS and (self._formed or key in _NEVER_FIRST):
            return Role.DETAIL
        self._headless, self._cut = False, key in CUTS
        return Role.HEAD


def _with_head(keys: Sequence[str], roles: Sequence[Role], *, served: bool) -> tuple[Role, ...]:
    """A name of nothing but forms and adjectives (*Paquete botellas*) is headed by its last form."""
    if not keys or Role.HEAD in roles:
        return tuple(roles)
    forms = [place for place, role in enumerate(roles) if role is Role.FORM]
    telling = [place for place in forms if keys[place] not in CONTAINERS] or forms
    garments = [place for place in telling if served and keys[place] not in WORK_OF]  # *Saco solo planchado*
    telling = garments or telling
    head = telling[-1] if telling else 0
    return tuple(Role.HEAD if place == head else role for place, role in enumerate(roles))


def _range_at(tokens: Sequence[Token], position: int) -> tuple[Size | None, int]:
    """*hasta 100 hojas*, *101 a 200 hojas*, *6-18 meses*"""
    one, two, three = (*tokens[position : position + 3], None, None, None)[:3]
    if one is None or two is None:
        return None, position
    if one.text == "hasta" and two.value is not None:
        least, start = Decimal(0), position + 1
    elif one.value is not None and two.text in {"a", "-"} and three is not None and three.value is not None:
        least, start = one.value, position + 2
    else:
        return None, position
    size, after = size_at(tokens, start)
    if size is None or not size.unit or size.value <= least:
        return None, position
    return replace(size, least=least), after


def is_measure(key: str) -> bool:
    """Tell whether a word of a name is made of numbers: *80/20*, *90x120*."""
    return key[:1].isdigit() and ("x" in key or "/" in key)


def is_number_of_name(form: NameForm, size: Size) -> bool:
    """Whether a number beside a measure is what a thing is called: *Aceite 123 1 L*, *Resistol 850 1 kg*."""
    called = not size.unit and size.value > _LARGEST_SIZE and is_whole(size.value)
    return called and any(other.unit for other in form.sizes)


_LARGEST_SIZE = 99
OF_PERSONS = frozenset(map(word_key, ("personas", "pers", "pax", "invitados")))
_SINGULAR_UNITS = frozenset({"metro", "litro", "kilo", "pieza"})


def size_at(tokens: Sequence[Token], position: int) -> tuple[Size | None, int]:
    """Read a size: `2.5 L`, `3/8`, `100 hojas`, `litro y medio`; number words only with a unit or after *de*."""
    token = tokens[position]
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if token.kind == "number" and token.value is not None:
        if following is None or not following.is_word or following.text in STOPWORDS:
            inches = following is not None and following.text == '"'
            return Size(token.value, "in" if inches else ""), position + 1 + inches
        sold_so = token.value > 1 or (following.text == "metro" and position + 2 == len(tokens))
        if following.text in _SINGULAR_UNITS and sold_so:  # *calibre 12 metro*, *poliducto 1/2 metro*: by the metre
            return Size(token.value), position + 1
        after = tokens[position + 2] if position + 2 < len(tokens) else None
        counts = after is not None and after.kind == "number"
        if following.key in COMES:  # *2.5 ret*, *600 pet*
            return Size(token.value), position + 1
        if following.key in PACKAGING and (counts or token.value % 1):  # *etapa 4 paquete 40*, *taquete 1/4 ciento*
            return Size(token.value), position + 1
        if not _is_countable(following):  # *Comex 100 negro*
            return Size(token.value), position + 1
        unit = PERSONS if following.key in OF_PERSONS else UNITS.get(following.key, following.key)
        return Size(token.value, unit), position + 2
    return _spoken_size(tokens, position)


def _is_countable(word: Token) -> bool:
    """*100 hojas*, *3 años*, *10 pers*, and no adjective."""
    if word.key in UNITS or word.key in PACKAGING:
        return True
    return word.key not in ATTRIBUTES and (word.text.endswith("s") or len(word.text) <= _ABBREVIATED)


def _spoken_size(tokens: Sequence[Token], position: int) -> tuple[Size | None, int]:
    token = tokens[position]
    rest = tokens[position + 1 : position + 3]
    after_link = position > 0 and tokens[position - 1].text in LINKS
    loose = position > 0 and tokens[position - 1].text == "por"
    if (token.text in {"litro", "kilo"} and after_link) or (token.text == "litro" and position and not loose):
        half = len(rest) == len(("y", "medio")) and rest[0].text == "y" and rest[1].text in HALVES
        return Size(Decimal("1.5") if half else Decimal(1), UNITS[token.key]), position + (3 if half else 1)
    value = half_or_number(token.text)
    if value is None or token.text in {"un", "una", "uno"}:
        return None, position
    if len(rest) > 1 and rest[0].text == "y" and rest[1].text in HALVES:
        return Size(value + Decimal("0.5"), ""), position + 3
    unit = UNITS.get(rest[0].key) if rest and rest[0].is_word else None
    if unit:
        return Size(value, unit), position + 2
    return (Size(value, ""), position + 1) if after_link and not rest else (None, position)


def names_a_number(one: Token, two: Token) -> bool:
    """Tell whether two words of a name begin with a number that is no amount: *tres leches*, *media noche*."""
    if not two.is_word or two.text in STOPWORDS or two.key in UNITS:
        return False
    return one.is_word and half_or_number(one.text) is not None and one.text not in ARTICLES


_HOLDING = frozenset(word_key(word) for word in ("bolsa", "paquete", "caja", "pack", "paq", "charola", "blister"))
"""A bare number after these, or after *c/*, counts what they hold: *bolsa 50*, *colores c/12*."""
_COUNTED = PACKAGING | {
    *map(word_key, ("pieza", "cubo", "pastilla", "tableta", "capsula", "huevo", "pan", "tortilla", "cigarro", "vara")),
    *map(word_key, ("lapiz", "pluma", "servilleta", "toalla", "toallita", "panal", "plato", "vela", "globo", "palito")),
    *map(word_key, ("popote", "cerillo")),
}


def _pack_count(sizes: Sequence[Size]) -> int | None:
    for size in sizes:
        if (size.unit == "pz" or size.unit in _COUNTED) and is_whole(size.value) and size.value > 1:
            return int(size.value)
    return None
