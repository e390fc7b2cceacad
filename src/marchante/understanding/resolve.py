"""Lines become entries: products found, back-references followed, corrections made."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from marchante.understanding.lexicon.fillers import COURTESY, IDIOMS, TALK, VERBS_OF_TALK
from marchante.understanding.lookup import Lookup
from marchante.understanding.matching import Choice, Group, Outcome, choose
from marchante.understanding.phrases import Reading, Verdict, read_phrase
from marchante.understanding.product_names import Role
from marchante.understanding.quantities import Spoken
from marchante.understanding.segments import Line
from marchante.understanding.sizes import Size
from marchante.understanding.tokens import Token

_ORDINALS = {"primero": 0, "primera": 0, "segundo": 1, "segunda": 1, "tercero": 2, "tercera": 2, "ultimo": -1, "ultima": -1}


@dataclass(slots=True)
class Entry:
    """One product (or the question which) with its amount, or a thing the shop lacks."""

    line: Line
    reading: Reading
    amount: Spoken | None
    sizes: tuple[Size, ...] = ()
    op: str = "add"
    asked: bool = False
    notes: list[tuple[int, int]] = field(default_factory=list)

    @property
    def known(self) -> bool:
        return self.reading.verdict is Verdict.PRODUCT


class Resolver:
    """Walks the lines of one message in order and keeps what has been named so far."""

    def __init__(self, tokens: Sequence[Token], lookup: Lookup) -> None:
        self._tokens = tokens
        self._lookup = lookup
        self.entries: list[Entry] = []
        self.loose_notes: list[tuple[int, int]] = []
        self._header: Group | None = None

    def run(self, lines: Sequence[Line]) -> list[Entry]:
        for line in lines:
            self._line(line)
        return self.entries

    def _line(self, line: Line) -> None:
        if line.negated:
            return
        sizes = tuple(size for size, _, _ in line.sizes)
        if line.each or line.rest or self._ordinal(line) is not None:
            self._spread(line)
            return
        readings = read_phrase(line.words, sizes, self._tokens, self._lookup)
        useful = [reading for reading in readings if reading.verdict is not Verdict.NOTHING]
        if line.header:
            self._take_header(useful)
            return
        if not useful:
            self._amount_only(line)
            return
        owner = len(useful) - 1 if line.trailing else 0
        for place, reading in enumerate(useful):
            self._reading(line, reading, line.amount if place == owner else None, sizes if place == owner else ())

    # what a line says by itself

    def _reading(self, line: Line, reading: Reading, amount: Spoken | None, sizes: tuple[Size, ...]) -> None:
        if reading.verdict is Verdict.ELLIPTIC:
            self._elliptic(line, reading, amount, sizes)
            return
        if reading.verdict is Verdict.UNKNOWN and not self._plausible(line, reading):
            return
        if reading.verdict is Verdict.PRODUCT:
            self._narrow(line, reading, sizes)
        entry = Entry(line, reading, amount, sizes, line.op, line.asked, list(reading.notes))
        if line.corrects and self.entries and not line.changes and self._replaces(entry):
            self.entries.pop()
        self.entries.append(entry)

    def _replaces(self, entry: Entry) -> bool:
        last = self.entries[-1]
        return last.reading.verdict is entry.reading.verdict and (last.amount is not None or entry.amount is None)

    def _narrow(self, line: Line, reading: Reading, sizes: tuple[Size, ...]) -> None:
        """Use a header (*Planchada:*) or what *de lo mismo* points at to tell variants apart."""
        group = self._header
        if line.same:
            last = self._last_known()
            if last is None:
                return
            group = _without_head(last.reading.group)
            sizes = last.sizes
        if group is None:
            return
        common = reading.group.places & group.places if group.words else reading.group.places
        if common:
            narrowed = Group(reading.group.words, set(common))
            choice = choose(narrowed, sizes, self._lookup.index)
            if choice.outcome in (Outcome.ONE, Outcome.SEVERAL):
                reading.choice = choice

    def _plausible(self, line: Line, reading: Reading) -> bool:
        """Tell whether words that fit nothing are a thing asked for rather than talk."""
        first = self._tokens[reading.first]
        if first.key in COURTESY | TALK | VERBS_OF_TALK | IDIOMS:
            return False
        if line.amount is not None or line.asked:
            return True
        in_list = line.after_comma and any(entry.known for entry in self.entries)
        return (line.wanted or in_list or bool(self.entries)) if reading.sure else (in_list and len(line.words) == 1)

    def _take_header(self, useful: Sequence[Reading]) -> None:
        groups = [reading.group for reading in useful if reading.group.words]
        self._header = groups[0] if groups else None

    # what it says by pointing back

    def _last_known(self) -> Entry | None:
        return next((entry for entry in reversed(self.entries) if entry.known), None)

    def _elliptic(self, line: Line, reading: Reading, amount: Spoken | None, sizes: tuple[Size, ...]) -> None:
        if "todo" in {self._tokens[at].text for at in line.words} and reading.group.words:
            self._narrow_all(reading.group)
            return
        last = self._last_known()
        choice = self._completed(last, reading, sizes) if last else Choice(Outcome.NONE)
        if choice.outcome is Outcome.NONE or last is None:
            self.loose_notes.extend(reading.notes)
            return
        found = replace(reading, verdict=Verdict.PRODUCT, choice=choice, group=last.reading.group)
        self._share(last, amount)
        asked = line.asked
        self.entries.append(Entry(line, found, amount, sizes, line.op, asked, list(reading.notes)))

    def _completed(self, last: Entry, reading: Reading, sizes: tuple[Size, ...]) -> Choice:
        heads = _heads(last.reading.group)
        places = set(heads.places)
        if reading.group.words:
            places &= reading.group.places
        if not places:
            return Choice(Outcome.NONE)
        words = [*heads.words, *reading.group.words]
        choice = choose(Group(words, places), sizes, self._lookup.index)
        return choice if choice.outcome in (Outcome.ONE, Outcome.SEVERAL) else Choice(Outcome.NONE)

    def _share(self, last: Entry, amount: Spoken | None) -> None:
        """Of *2 brochas, una de 2 y otra de 4* each part comes out of the two."""
        whole = last.amount
        if whole is None or amount is None or last.sizes or whole.unit or whole.value < 2 or amount.unit:
            return
        if amount.value > whole.value or (amount.of and amount.explicit):
            return
        left = whole.value - amount.value
        if left == 0:
            self.entries.remove(last)
        else:
            last.amount = replace(whole, value=left)

    def _amount_only(self, line: Line) -> None:
        amount = line.amount
        if line.sizes and not line.words:
            self._elliptic(line, Reading(Verdict.ELLIPTIC, line.sizes[0][1], line.sizes[-1][2]), amount, tuple(s for s, _, _ in line.sizes))
            return
        if amount is None or not self.entries or (not amount.explicit and amount.plural_article):
            return
        last = self.entries[-1]
        if last.asked and line.wanted:
            last.asked, last.amount, last.op = False, amount, line.op
        elif line.op == "set" or line.corrects:
            last.amount = amount
            if line.op == "set" or (last.line.amount is None and not last.line.wanted):
                last.op = "set"
                last.line.changes = True
        elif last.amount is None or not last.amount.explicit:
            last.amount = amount
            last.op = line.op if line.changes else last.op
            last.line.changes |= line.changes

    def _spread(self, line: Line) -> None:
        """*medio kilo de cada una*, *lo demás 1/2*, *un kilo del primero*."""
        ordinal = self._ordinal(line)
        if ordinal is not None:
            if -len(self.entries) <= ordinal < len(self.entries):
                self.entries[ordinal].amount = line.amount
            return
        for entry in self.entries:
            if entry.amount is None or (line.each and not entry.amount.explicit):
                entry.amount = line.amount or entry.amount

    def _ordinal(self, line: Line) -> int | None:
        named = [_ORDINALS[text] for at in line.words if (text := self._tokens[at].text) in _ORDINALS]
        return named[0] if named and line.amount and self.entries else None

    def _narrow_all(self, group: Group) -> None:
        for entry in self.entries:
            common = entry.reading.group.places & group.places if entry.known else set()
            if common:
                choice = choose(Group(entry.reading.group.words, common), entry.sizes, self._lookup.index)
                entry.reading.choice = choice


def _heads(group: Group) -> Group:
    """The words of a group that name the kind, with every product of that kind."""
    words = [word for word in group.words if any(word.hits[place].role >= Role.KIND for place in group.places)]
    strongest = [word for word in words if any(word.hits[place].role is Role.HEAD for place in group.places)] or words
    places: set[int] = set(strongest[0].hits) if strongest else set()
    for word in strongest[1:]:
        places &= word.hits.keys()
    return Group(list(strongest), places)


def _without_head(group: Group) -> Group:
    words = [word for word in group.words if not any(word.hits[place].role is Role.HEAD for place in group.places)]
    places: set[int] = set(words[0].hits) if words else set()
    for word in words[1:]:
        places &= word.hits.keys()
    return Group(words, places)


