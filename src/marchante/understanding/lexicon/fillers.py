"""Words that carry courtesy, talk or time rather than goods; a list of nouns of the trade stands in `goods`."""

from marchante.understanding.lexicon.reader import keys

COURTESY = keys("fillers", "courtesy")
TALK = keys("fillers", "talk")
VERBS_OF_TALK = keys("fillers", "verbs_of_talk")
"""Verbs about which nothing is ordered; order verbs stand in `orders`."""
REASONS = frozenset({"porque", "pues", "aunque", "mientras", "cuando", "donde", "quien", "ojala", "siempre"})
"""A word after which the customer explains rather than orders, up to the next sign."""
IDIOMS = keys("fillers", "idioms")
"""After *un/una* these are no goods: *un favor*, *una pregunta*."""
