"""Function words, numbers, units and packaging, as flattened text (no accents, lower case)."""

from decimal import Decimal

from marchante.understanding.lexicon.reader import keys, section, texts
from marchante.understanding.normalize import sound, word_key

ABBREVIATIONS = dict(pair.split("=") for pair in section("words", "abbreviations").split())

CLIPPED = dict(pair.split("=") for pair in section("words", "clipped").split())
"""Words cut short in names, mostly before a full stop: *Leche Deslact.*"""


NAME_ABBREVIATIONS = dict(pair.split("=") for pair in section("words", "name abbreviations").split())
"""Those that mean something else in a message: in a name *med* is no half."""


def _numbers() -> dict[str, Decimal]:
    values: dict[str, Decimal] = {}
    following = 1
    for entry in section("words", "numbers").split():
        word, _, given = entry.partition(":")
        value = int(given) if given else following
        values[sound(word)] = Decimal(value)
        following = value + 1
    return values


_NUMBERS = _numbers()


def number_word(text: str) -> Decimal | None:
    """Give the value of one number word, however it is spelt (`sinco`), or None."""
    return _NUMBERS.get(sound(text))


THEM = frozenset({"los", "las"})
THE = THEM | {"el", "la"}
IT = THEM | {"lo", "la"}
TO_IT = frozenset({"le", "les"})
US = frozenset({"me", "nos", "men"})
PRONOUNS = IT | TO_IT | {"me", "nos", "te", "se"}
THOSE = frozenset({"ese", "esa", "esos", "esas"})
ANOTHER = frozenset({"otro", "otra"})
OTHERS = ANOTHER | {"otros", "otras"}
ONE_OF_THEM = ANOTHER | {"uno", "una"}
ONES = ONE_OF_THEM | {"un"}
ARTICLES = OTHERS | ONES | {"unos", "unas"}
SOME = frozenset({"unos", "unas", "otros", "otras", "algunos", "algunas", "varios", "varias"})
HALVES = frozenset({"medio", "media", "medios", "medias", "half", "medito"})
EIGHTHS = frozenset({"octavo", "octavos"})
QUARTERS = frozenset({"cuarto", "cuartito", "cuartos"})


def half_or_number(text: str) -> Decimal | None:
    """Give the value of one number word or of *medio*, or None."""
    return Decimal("0.5") if text in HALVES else number_word(text)


ABOUT = keys("words", "about")
VAGUE = keys("words", "vague")

UNITS: dict[str, str] = {
    word_key(word): unit
    for unit, words in {
        "kg": "kilo kilos kilito kilitos kl kls k kg kgs kgr ks quilo kilogramo kilogramos kiloss",
        "g": "gramo gramos gramito gramitos gr g gms",
        "lb": "libra libras lb lbs pounds pound",
        "t": "tonelada toneladas ton tons",
        "l": "litro litros litrito litritos lt lts l ltr ltrs liter liters",
        "ml": "ml mililitro mililitros mls",
        "m": "metro metros mts mt mtrs m",
        "cm": "cm centimetro centimetros cms",
        "in": "pulgada pulgadas pulg plg plgs in",
        "w": "watt watts wats w",
        "v": "volt volts voltios",
        "oz": "oz onza onzas",
        "pz": "pieza piezas pz pza pzas pzs piesas piezitas piecita piecitas pieces",
        "dozen": "docena docenas dozen",
        "pair": "par pares parcito",
        "peso": "peso pesos pesitos varos mxn bolas_ baros",
    }.items()
    for word in words.split()
}
WEIGHTS = frozenset({"kg", "g", "lb", "t"})
MASS_IN_KG = {"kg": Decimal(1), "g": Decimal("0.001"), "lb": Decimal("0.454"), "t": Decimal(1000)}
VOLUME_IN_LITRES = {"l": Decimal(1), "ml": Decimal("0.001")}
LENGTH_IN_METRES = {"m": Decimal(1), "cm": Decimal("0.01")}

PACK_BY_COUNT = {6: word_key("six")} | {count: word_key(f"pack{count}") for count in (4, 8, 10, 12, 15, 18, 20, 24)}
"""One word for *6 pack*, *12 pack*: how many they hold, not how many packs."""
_CLOSED_PACKS = frozenset(PACK_BY_COUNT.values())
PACKAGING = keys("words", "packaging") | _CLOSED_PACKS
COUNTERS = keys("words", "counters")
"""Counted of what was named before: *estambre rojo, dos bolas*."""
WHOLESALE = keys("words", "wholesale")
MULTIPACKS = keys("words", "multipacks") | _CLOSED_PACKS
SPOKEN_PACK_COUNT = {word_key("sixpack"): 6, word_key("ciento"): 100, word_key("millar"): 1000}
SPOKEN_PACK_COUNT |= {key: count for count, key in PACK_BY_COUNT.items()}
_SOLD_BY = ("bag", "box", "pack", "bottle", "can", "liter", "bunch", "piece", "unit", "service")
PACK_OF_UNIT = {unit: keys("words", f"packs of {unit}") for unit in _SOLD_BY} | {"kg": frozenset()}
PACK_OF_UNIT |= {unit: PACK_OF_UNIT[unit] | _CLOSED_PACKS for unit in ("pack", "box")}

STOPWORDS = texts("words", "stopwords")
COMPOUNDING = texts("words", "compounding")
"""What goods are called with a noun after it, in one word or two: *limpiavidrios*, *porta retrato*."""
GLUED_BEFORE = texts("words", "glued before")
GLUED_AFTER = texts("words", "glued after")
"""What hurried customers write in one with the word after it, or before it: *unabolsa*, *2kilosde*."""
CONNECTIVES = frozenset({"y", "e", "mas", "tambien", "ademas", "plus", "ah", "aparte", "luego", "o"})
LINKS = frozenset({"de", "del"})
DETERMINERS = THE | {"lo", "del", "al"}
QUALIFYING = frozenset({"", "de", "del", "sabor", "tipo", "marca"})
LINKING = frozenset({"para", "con", "sin", "en", "sabor", "a", "al", "por", "tipo"})
NARROWING = frozenset({"con", "sin", "para", "en"})
"""What may stand between a thing and a word about it: what qualifies it, what links at all, what only narrows."""
POSSESSIVES = frozenset({"mi", "mis", "tu", "tus", "su", "sus"})
DEFINITE = THE | POSSESSIVES
OBJECTS = frozenset({"lo", "le", "se", "me", "te", "nos"})
"""After a thing they begin what is done with it: *el huevo lo apunta a la cuenta*."""
NUMBERING = frozenset({"numero", "num", "talla", "folio"})
"""What a number after them numbers is not counted: *talla 32*."""
ROW_ENDS = frozenset("\n,.;:?!")
WEEKDAYS = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
