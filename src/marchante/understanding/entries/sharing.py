"""Sharing out: the parts told of what was counted before, *2 brochas, una de 2 y otra de 4*."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from marchante.understanding.entries.entries import Entry
from marchante.understanding.lexicon.attributes import SERVICES
from marchante.understanding.lexicon.words import LINKS, PACKAGING
from marchante.understanding.lexicon.works import CARE
from marchante.understanding.lines.lines import Line
from marchante.understanding.phrases.readings import Reading
from marchante.understanding.shop.lookup import Lookup
from marchante.understanding.shop.matching import Choice, Outcome
from marchante.understanding.words.quantities import Spoken
from marchante.understanding.words.tokens import Token

SORTS = frozenset({"sabor", "color", "tipo", "clase", "marca", "aroma", "variedad", "tamano"})
_NEAR_SORT = 5
_FEW_VARIANTS = 5


class Sharing:
    """What a message has named so far, and what of it was told apart."""

    def __init__(self, tokens: Sequence[Token], lookup: Lookup) -> None:
        self._tokens = tokens
        self._lookup = lookup
        self.entries: list[Entry] = []
        self._header: Reading | None = None
        self._topic: Entry | None = None
        self._ending = False
        self._corrected = -1
        """The sentence in which amounts are put right: what is named again there is not added up."""
        self._for_each: Spoken | None = None
        """Said before the things it goes for: *medio kilo de cada uno: papa, chayote y ejote*."""
        self._doubtful: list[Entry] = []
        self.settled: set[int] = set()
        """Positions of amounts that were replaced or shared out, and so stand in no entry."""

    @property
    def _latest(self) -> Entry | None:
        """What was named last, be it a thing the shop lacks."""
        return self.entries[-1] if self.entries else None

    def _first_word(self, line: Line) -> str:
        return self._tokens[line.words[0]].text if line.words else ""

    def _share(self, last: Entry, amount: Spoken | None, part: Choice, *, told: bool = False) -> Spoken | None:
        """Of *2 brochas, una de 2 y otra de 4* each comes out of the two; gives the part in the unit of the whole.

        `told` is whether it was said outright that they do: *2 de ellos*.
        """
        whole = last.amount
        if whole is None or amount is None or whole.unit == "peso" or amount.unit or not last.known:
            return None
        if last.sizes and not told:
            return None
        halved = self._tokens[amount.start].text == "mitad"
        apart = not set(part.places) & set(last.reading.choice.places)
        if apart and not (told or halved) and (amount.explicit or len(last.reading.choice.places) > 1):
            return None
        if len(last.reading.choice.places) == 1 and self._is_told_more(last) and not told:
            return None
        total = last.whole or whole
        if halved:
            amount = replace(amount, value=total.value * amount.value, fraction=False)
        if amount.value > whole.value or (whole.value == 1 and not (last.whole or halved)) or last not in self.entries:
            return None
        self.settled.update((whole.start, amount.start))
        left = whole.value - amount.value
        last.amount, last.whole = replace(whole, value=left), total
        last.parts.update(part.places)
        if left == 0:
            self.entries.remove(last)
            self._topic = last
        return replace(amount, unit="kg") if whole.unit == "kg" else amount

    def _one_of_each(self, line: Line) -> bool:
        """*3 donas, una de cada una*, *2 electrolit de cada sabor*: so many of every variant there is."""
        last, each = self._latest, line.amount
        if last is None or each is None or last.reading.choice.outcome is not Outcome.SEVERAL or last.op != "add":
            return False
        places, whole = last.reading.choice.places, last.amount
        named_here = last.line is line
        sorted_so = any(token.text in SORTS for token in self._tokens[each.end : each.end + _NEAR_SORT])
        sorted_so |= self._tokens[last.reading.first - 1].text == "cada"  # *una de cada valentina*
        if whole is not None and self._tokens[each.start].text == "mitad":
            each = replace(each, value=whole.value / 2, fraction=False)
        comes_out = whole is None or whole.value == each.value * len(places)
        if len(places) > _FEW_VARIANTS or not (sorted_so if named_here else comes_out):
            return False
        self.entries.pop()
        self.settled.update([whole.start] if whole else [])
        for place in places:
            found = replace(last.reading, choice=last.reading.choice.narrowed_to([place], "one of each"))
            self.entries.append(Entry(line, found, each, (), line.op, line.asked, elliptic=not named_here))
        return True

    def _is_told_more(self, entry: Entry) -> bool:
        """Whether more was said of it than what it is, what is done to it and how it is packed."""
        aside = SERVICES | CARE | PACKAGING
        return len([word for word in entry.reading.group.words if not word.keys & aside]) > 1

    def _absorb_uncounted(self) -> None:
        """*unas quesadillas: 2 de queso*, *de refresco deme una coca de 3*: the kind alone is no line of its own."""
        for entry, following in pairwise(tuple(self.entries)):
            open_ = (
                entry.known and entry.reading.choice.outcome is Outcome.SEVERAL and not entry.asked and not entry.doubt
            )
            uncounted = entry.amount is None or not entry.amount.explicit
            within = following.known and set(following.reading.choice.places) <= set(entry.reading.choice.places)
            told = following.amount is not None and following.reading.choice.outcome is Outcome.ONE
            if self._is_topic(entry, following):
                self.entries.remove(entry)
                continue
            if open_ and uncounted and within and told and not entry.line.changes and not self._adds(entry, following):
                self.entries.remove(entry)

    def _is_topic(self, entry: Entry, following: Entry) -> bool:
        """*de pollo unas pechugas*: what the thing is of, not one more thing."""
        counted = following.line.amount
        adjoins = counted is not None and counted.start == entry.reading.last + 1
        linked = self._first_word(entry.line) in LINKS
        return entry.amount is None and linked and adjoins and entry.line is not following.line

    def _adds(self, entry: Entry, following: Entry) -> bool:
        """*una coca y una coca de 3 litros* are two."""
        between = [token.text for token in self._tokens[entry.reading.last + 1 : following.reading.first]]
        return entry.amount is not None and "y" in between

    def _keep_wholes(self) -> None:
        """*3 comidas y una sin agua* are four: what does not come out even was no sharing out."""
        for entry in self.entries:
            following = self._tokens[entry.amount.end :] if entry.amount else ()
            listed = any(token.text in ",:\n" for token in following) or entry.line.partitive
            left = tuple(at for at in entry.reading.choice.places if at not in entry.parts)
            if entry.whole is None or listed or not left:
                continue
            entry.amount = entry.whole
            entry.reading.choice = entry.reading.choice.narrowed_to(left, "the others of its kind")
