"""What is sized by how many people it is for: *un mantel de 12 personas*, *un pastel para 20*."""

from collections.abc import Sequence

from marchante.understanding.lexicon.words import ONE_OF_THEM
from marchante.understanding.lines.line_sizes import LineSizes
from marchante.understanding.shop.lookup import Lookup
from marchante.understanding.shop.product_names import OF_PERSONS
from marchante.understanding.words.quantities import Spoken, amount_at
from marchante.understanding.words.sizes import PERSONS, Size
from marchante.understanding.words.tokens import Token

_FOR = frozenset({"para", "pa", "como"})
_LEADING = _FOR | {"de", "unas", "unos"}


class SizedForPeople(LineSizes):
    """Takes such numbers for sizes where the thing named comes in them."""

    def _of_people(self, amount: Spoken) -> int:
        """The position after *12 personas* or, after *para*, the bare number; 0 where it is no such size."""
        end, comes_in = _end(self._tokens, amount), self._sizes_for_people()
        if not end or not comes_in:
            return 0
        said = Size(amount.value, PERSONS)
        if any(size.fits(said) for size in comes_in):  # of no such size it is asked which
            self._line.sizes.append((said, amount.start, end - 1))
        return end

    def _sizes_for_people(self) -> list[Size]:
        """Of what the line names, or else of the last thing named before."""
        index, there = self._lookup.index, [self._line.words, *(line.words for line in reversed(self._lines))]
        named = ({at for word in words for at in self._lookup.hits(self._tokens[word])} for words in there)
        places: set[int] = next(filter(None, named), set())
        return [size for at in places for size in index.entries[at].sizes if size.unit == PERSONS]


def for_people(tokens: Sequence[Token], masked: frozenset[int], lookup: Lookup) -> frozenset[int]:
    """*un mantel para 12 personas*: positions that are no mere talk where things come in such sizes."""
    if all(size.unit != PERSONS for size in lookup.index.spoken_sizes):
        return frozenset()
    found: set[int] = set()
    for at in sorted(masked):
        amount = amount_at(tokens, at)
        end = _end(tokens, amount) if amount is not None and amount.start == at else 0
        if not end:
            continue
        start = at
        while start and tokens[start - 1].text in _LEADING:
            start -= 1
        thing = tokens[start - 1] if start and start < at else None
        if thing is not None and thing.is_word and (thing.text in ONE_OF_THEM or lookup.hits(thing)):
            found.update(range(start, end))
    return frozenset(found)


def _end(tokens: Sequence[Token], amount: Spoken) -> int:
    if amount.unit or amount.pack or amount.fraction or not amount.start:
        return 0
    said = tokens[amount.end : amount.end + 1]
    if said and said[0].key in OF_PERSONS:
        return amount.end + 1
    return amount.end if tokens[amount.start - 1].text in _FOR and amount.explicit and not amount.of else 0
