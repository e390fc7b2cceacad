"""Words that carry courtesy, talk or time rather than goods; a list of nouns of the trade stands in `goods`."""

from marchante.understanding.lexicon.conjugation import conjugate
from marchante.understanding.lexicon.reader import keys, section, texts

COURTESY = keys("fillers", "courtesy")
TALK = keys("fillers", "talk")
VERBS_OF_TALK = keys("fillers", "verbs_of_talk")
"""Verbs about which nothing is ordered; order verbs stand in `orders`."""
REASONS = frozenset({"porque", "pues", "aunque", "mientras", "cuando", "donde", "quien", "ojala", "siempre"})
"""A word after which the customer explains rather than orders, up to the next sign."""
IDIOMS = keys("fillers", "idioms")
"""After *un/una* these are no goods: *un favor*, *una pregunta*."""


def _told() -> frozenset[str]:
    """Every form of the verbs people tell things with, as flattened text."""
    verbs: list[tuple[str, dict[str, str]]] = []
    for word in section("fillers", "told").split():
        stem, given, other = word.partition("=")
        if given:
            verbs[-1][1][stem] = other
        else:
            verbs.append((word, {}))
    forms = {form for infinitive, stems in verbs for form, _ in conjugate(infinitive, stems)}
    return frozenset(forms - texts("fillers", "told as things"))


TOLD = _told()
