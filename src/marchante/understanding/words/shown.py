"""What the shop is asked to show rather than to send: *mándeme su lista de panes y pasteles*."""

from collections.abc import Sequence

from marchante.understanding.lexicon.words import ROW_ENDS
from marchante.understanding.words.quantities import amount_at
from marchante.understanding.words.tokens import Token

_YOUR = frozenset({"su", "tu", "sus", "tus"})
_LISTS = frozenset({"lista", "listas", "listado", "carta", "tarifas", "surtido"})
_ONLY_THE_SHOP_HAS = frozenset({"catalogo", "catalogos", "folleto", "tarifario"})
_OF_ONE_THING = 3
"""*de su lista de panes quiero 2 conchas*: with something counted, only that much is of the list."""
_LIST_ENDS = ROW_ENDS - {","}


def lists_asked_for(tokens: Sequence[Token]) -> frozenset[int]:
    """Positions of what a list of the shop's is to be about; nothing of it is ordered."""
    found: set[int] = set()
    for at in range(1, len(tokens) - 2):
        word = tokens[at].text
        listed = (word in _LISTS and tokens[at - 1].text in _YOUR) or word in _ONLY_THE_SHOP_HAS
        if not listed or tokens[at + 1].text != "de":
            continue
        end = next((place for place in range(at, len(tokens)) if tokens[place].text in _LIST_ENDS), len(tokens))
        counted = any(amount_at(tokens, place) for place in range(at + 1, end))
        found.update(range(at, at + _OF_ONE_THING if counted else end))
    return frozenset(found)
