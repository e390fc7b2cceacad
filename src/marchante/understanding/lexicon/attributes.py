"""Adjectives: which tell variants apart, which are the plain kind, which are wishes to note down."""

from decimal import Decimal

from marchante.understanding.lexicon.reader import rows, section
from marchante.understanding.normalize import other_gender, word_key


def _both(words: str) -> frozenset[str]:
    sounds = {word_key(word) for word in words.split()}
    return frozenset(sounds | {other_gender(sound) for sound in sounds})


def _keys(name: str) -> frozenset[str]:
    """Give a section's words in both genders."""
    return _both(section("attributes", name))


COLORS = _keys("colors")
SIZE_WORDS = _keys("size_words")
SMALL = _keys("small")
LARGE = _keys("large")
MIDDLE = _keys("middle")
PLAIN = _keys("plain")
"""Not said, this is the one meant: *leche* is the whole milk."""
PLAIN_OF_HEAD: dict[str, frozenset[str]] = {
    word_key(head): _both(words) for head, words in rows("attributes", "plain of head")
}
SPECIAL_OF_HEAD: dict[str, frozenset[str]] = {
    word_key(head): _both(words) for head, words in rows("attributes", "special of head")
}
"""Nobody who only says *leche* means powder."""
STANDARD_SIZES: dict[str, tuple[tuple[Decimal, str], ...]] = {
    word_key(head): tuple((Decimal(size.rstrip("lpz")), size.lstrip("0123456789.")) for size in sizes.split())
    for head, sizes in rows("attributes", "standard sizes")
}
"""Where no size is said: a *garrafón* holds 20 litres."""
COMES = _keys("comes")
"""How drinks come: neither plain nor special, so *coca* may be the returnable one too."""
SPECIAL = _keys("special")
"""Never meant unless said."""
WISHES = _keys("wishes")
STATES = _keys("states")
"""How a thing comes, which names no thing: *líquido para vidrios*."""
NEVER_PLAIN = SPECIAL | _keys("special contents")
"""Those, and what water is by nature and no adjective of anything else."""
ATTRIBUTES = COLORS | SIZE_WORDS | PLAIN | SPECIAL | WISHES | STATES
WISH_STARTS = frozenset({"bien", "muy", "sin", "pero", "que", "lo", "con"})
SERVICES = _keys("services")
"""What is done rather than sold: two of them for one garment are two products."""
MENDED = SERVICES | _keys("mending")
"""Words in the names of shops that wash, iron or mend what customers bring."""
IRONING = _keys("ironing")
MADE_KINDS = _keys("made_kinds")
"""Participles that make another product of it: an *ahumada* is no plain chop cut in some way."""
PLAIN_SAID = _keys("plain_said")
"""Said of a thing, they ask for the variant without a name."""
GENERIC = _keys("generic")
