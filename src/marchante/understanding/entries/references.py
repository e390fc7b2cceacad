"""Nouns left out: *la roja*, *una de 2*, *y otra con envase* complete what was named before."""

from dataclasses import replace

from marchante.understanding.entries.chatter import is_chatter
from marchante.understanding.entries.entries import Entry
from marchante.understanding.entries.replaced import Replaced
from marchante.understanding.lexicon.attributes import ATTRIBUTES
from marchante.understanding.lexicon.words import DETERMINERS, LINKS, OTHERS, PACKAGING, POSSESSIVES, THE
from marchante.understanding.lines.lines import Line, points_back
from marchante.understanding.normalize import word_key
from marchante.understanding.phrases.readings import Reading, Verdict, is_wish
from marchante.understanding.shop.matching import NOTHING, Choice, Group, Outcome, Word, choose
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import Spoken
from marchante.understanding.words.sizes import Size

_BRIEF = 4
_LOAD = word_key("ropa")
_OF = (["de"], ["del"])
_AS_OF = ["como", "de"]
_MANNER = frozenset({"en", "a", "sin", "se", "bien", "muy"})


class BackReferences(Replaced):
    """Completes lines that only describe with the noun they point back to."""

    def _wordless(self, line: Line) -> None:
        """*una de 2* says a size, *2* only an amount."""
        if line.words and line.amount is None and self.entries and is_wish(self._tokens[line.words[0]]):
            self.entries[-1].notes.append((line.words[0], line.words[-1]))
            return
        if self._weighs_the_last(line):
            return
        if not line.sizes or any(self._tokens[at].text not in LINKS for at in line.words):
            self._amount_only(line)
            return
        if self.entries and line.amount and self._rows_apart(self.entries[-1], line.amount):
            return
        bare = Reading(Verdict.ELLIPTIC, line.sizes[0][1], line.sizes[-1][2])
        self._elliptic(line, bare, line.amount, line.said_sizes)

    def _weighs_the_last(self, line: Line) -> bool:
        """*una papaya que no esté madura, como de kilo y medio*"""
        last = self._latest
        weights = tuple(size for size in line.said_sizes if size.kilos)
        single = last is not None and last.known and (last.amount is None or last.amount.value == 1)
        if last is None or not single or not weights or line.amount is not None or line.changes:
            return False
        last.sizes += weights
        return True

    def _elliptic(self, line: Line, reading: Reading, amount: Spoken | None, sizes: tuple[Size, ...]) -> None:
        if self._first_word(line) == "todo" and reading.group.words:
            self._narrow_all(reading.group)
            return
        if amount and self._describes_all(line, reading, amount, sizes):
            return
        boxes = all(word.keys & PACKAGING and word.anchors for word in reading.group.words)
        if reading.group.words and boxes and not points_back(line, self._tokens):
            self._wordless(line)
            return
        if amount and amount.pack and reading.group.words and self._by_box(line, reading, amount, sizes):
            return
        last = self._instead_of(line)
        amount = self._in_packs_as_before(last, amount)
        amount = amount or self._one_of_two(line, last, reading)
        describes = last is not None and self._only_describes(line, amount)
        choice = self._completed(last, reading, sizes or (last.sizes if describes else ())) if last else NOTHING
        choice = self._of_the_same_size(line, choice, last) if last else choice
        if choice.outcome is Outcome.NONE and amount is not None:
            choice, earlier = self._completed_by_earlier(last, reading, sizes)
            last, describes = earlier or last, describes and earlier is None
        named = bool(reading.group.words) and not reading.group.keys & ATTRIBUTES
        if choice.outcome is Outcome.NONE and (last is None or (amount is not None and named)):
            choice, last = self._by_detail(line, reading, sizes), None
        if self._points_at_named(line, reading, choice):
            return
        if choice.outcome is Outcome.NONE:
            self._lacking(line, reading, amount, sizes)
        elif last is None or not self._describes(line, reading, amount, choice, last, describes=describes):
            self._name_again(line, reading, amount, choice, sizes, last)

    def _describes(
        self,
        line: Line,
        reading: Reading,
        amount: Spoken | None,
        choice: Choice,
        last: Entry,
        *,
        describes: bool,
    ) -> bool:
        """Tell whether the line says which of the last thing, and note it there."""
        if not last.known:
            return False
        if last in self.entries[-1:] and self._goes_for_another(line, choice):
            return False
        if self._sets_the_topic(line, last):
            last.reading.choice, last.amount = choice, amount
            last.op, last.line.changes = "set", True
            return True
        other = not set(choice.places) & set(last.reading.choice.places)
        first = self._first_word(line)
        if not describes or (other and line.amount is None and not line.after_comma and first not in LINKS):
            return False
        last.reading.choice = _of_those_named(choice, last.reading.choice)
        last.notes.extend(reading.notes)
        last.amount = last.amount or amount
        return True

    def _name_again(
        self,
        line: Line,
        reading: Reading,
        amount: Spoken | None,
        choice: Choice,
        sizes: tuple[Size, ...],
        last: Entry | None,
    ) -> None:
        """One more thing, named by what tells it from the last."""
        if last is not None and not line.corrects:
            amount = self._share(last, amount, choice, told=line.partitive) or amount
        group = last.reading.group if last else reading.group
        found = replace(reading, verdict=Verdict.PRODUCT, choice=choice, group=group)
        entry = Entry(line, found, amount, sizes, line.op, line.asked, list(reading.notes), elliptic=True)
        self._put(entry, last)

    def _sets_the_topic(self, line: Line, last: Entry) -> bool:
        """*la coca que sea de 3 litros*"""
        same = line.sentence == last.line.sentence and last in self.entries[-1:]
        return line.op == "set" and same and last.amount is None and not last.line.changes and not last.line.wanted

    def _lacking(self, line: Line, reading: Reading, amount: Spoken | None, sizes: tuple[Size, ...]) -> None:
        if reading.sure and self._plausible(line, reading):
            lacking = replace(reading, verdict=Verdict.UNKNOWN)
            self.entries.append(Entry(line, lacking, amount, sizes, line.op, line.asked))

    def _put(self, entry: Entry, last: Entry | None) -> None:
        """*dos de tres litros, no, mejor una de dos* takes the place of the first."""
        if entry.line.corrects and last is not None and last in self.entries[-1:]:
            self.settled.update([last.amount.start] if last.amount else [])
            entry.amount = entry.amount or last.amount
            self.entries.pop()
        self.entries.append(entry)

    def _points_at_named(self, line: Line, reading: Reading, choice: Choice) -> bool:
        """*un pozole grande y 2 chicos, los chicos sin lechuga*: what was ordered already, and how it is to be."""
        definite = self._first_word(line) in THE
        if not definite or line.amount is not None or line.changes or line.asked:
            return False
        for entry in reversed(self.entries):
            if entry.known and entry.reading.choice.places == choice.places:
                entry.notes.extend(reading.notes)
                return True
        return False

    def _in_packs_as_before(self, last: Entry | None, amount: Spoken | None) -> Spoken | None:
        """*6 paquetes de botellas de 500 y 4 de litro y medio*: four packs as well."""
        before = last.amount if last is not None else None
        if before is None or amount is None or not before.pack or amount.unit or amount.pack or not amount.explicit:
            return amount
        return replace(amount, pack=before.pack)

    def _by_box(self, line: Line, reading: Reading, amount: Spoken, sizes: tuple[Size, ...]) -> bool:
        """*2 galones de agua*: the packaging names the product, what follows describes it."""
        box = self._lookup.find(self._tokens[amount.end - 1])
        common = reading.group.places & box.hits.keys()
        words = [Word(box.keys, (amount.end - 1,), box.hits), *reading.group.words]
        choice = choose(Group(words, common), sizes, self._lookup.index) if common else NOTHING
        if not choice.found:
            return False
        found = replace(reading, verdict=Verdict.PRODUCT, choice=choice, group=Group(words, common))
        self.entries.append(Entry(line, found, amount, sizes, line.op, line.asked, list(reading.notes)))
        return True

    def _describes_the_last(self, line: Line, reading: Reading, amount: Spoken | None) -> bool:
        noted = bool(self.entries and line.words) and (self._is_manner(line) or self._is_a_measure(line, amount))
        if noted:
            self.entries[-1].notes.append((line.words[0], line.words[-1]))
            return True
        return self._of_the_same_load(line, reading, amount)

    def _is_manner(self, line: Line) -> bool:
        """*, en bolsitas de medio*, *, a mano*, *y otro sin partir* say how the last thing is to be."""
        if not line.words or not self.entries or not self.entries[-1].known or line.asked:
            return False
        first = self._first_word(line)
        if line.amount is None:
            return first in _MANNER and not line.wanted
        return first in {"sin", "en"}

    def _is_a_measure(self, line: Line, amount: Spoken | None) -> bool:
        """*rib eye grueso, como de 2 dedos*"""
        if amount is None or amount.unit or amount.of or not self.entries or not self.entries[-1].known:
            return False
        said = [token.text for token in self._tokens[amount.start : amount.start + len(_AS_OF)]]
        if said != _AS_OF:
            return False
        line.words = list(range(amount.start, line.words[-1] + 1))
        self.settled.add(amount.start)
        return True

    def _of_the_same_load(self, line: Line, reading: Reading, amount: Spoken | None) -> bool:
        """*6 kilos de ropa blanca y 3 de color*: at the laundry *de color* says which of it, in whatever words."""
        last = self._last_known()
        before = [self._tokens[at].text for at in range(max(0, reading.first - 2), reading.first)]
        pointed = bool(amount and amount.of) or (before[:1] and before[0] in DETERMINERS and before[-1] in LINKS)
        loaded = bool(amount and amount.of) and self._first_word(line) in LINKS
        pointed = (pointed and before[-1:] in _OF) or loaded
        if last is None or amount is None or not amount.explicit or not pointed:
            return False
        served = all(map(self._lookup.index.is_service, last.reading.choice.places))
        if not served and _LOAD not in last.reading.group.keys:
            return False
        found = replace(last.reading, notes=[])
        self.entries.append(
            Entry(line, found, amount, (), line.op, line.asked, [(line.words[0], line.words[-1])], elliptic=True)
        )
        return True

    def _only_describes(self, line: Line, amount: Spoken | None) -> bool:
        """*lavadas y planchadas*: neither amount nor article, so it is the same thing still."""
        first = self._first_word(line)
        last = self._last_known()
        unclear = last is not None and last.reading.choice.outcome is Outcome.SEVERAL and line.after_comma
        if unclear and amount is None and not line.asked and line.op == "add":
            return True  # *mándame dos, la de 2.5*
        if amount is not None and self._tokens[amount.start].text in OTHERS:
            return False  # *otro* is one more
        if amount is None and last is not None and self._sizes_another(line, last):
            return False
        if amount is not None and last is not None and last.amount is None and self._adjoins(line, last):
            return True
        joined = amount is not None and text_at(self._tokens, amount.start - 1) == "y"
        if joined and amount is not None and not amount.explicit:
            return False  # *candado chico y uno grande*
        if amount is not None and not amount.explicit and last is not None and last.amount is None:
            return not line.changes or not last.line.changes or last.op == "add"
        return (
            amount is None
            and first not in DETERMINERS - {"del"}
            and not line.changes
            and not line.asked
            and self._topic is None
        )

    def _sizes_another(self, line: Line, last: Entry) -> bool:
        """*masking de 1 y de 2*, *de camarón y de pollo*: after one size, or one kind, another is another thing."""
        first = min([*line.words[:1], *(start for _, start, _ in line.sizes)], default=0)
        if text_at(self._tokens, first - 1) != "y":
            return False
        if line.sizes:
            return bool(last.sizes) or any(self._tokens[at].kind == "number" for at in last.line.words)
        told = last.reading.choice.outcome is Outcome.ONE and len(last.reading.group.words) > 1
        return told and self._tokens[first].text in LINKS

    def _adjoins(self, line: Line, last: Entry) -> bool:
        """*conchas 3 de vainilla*"""
        return (
            bool(last.line.words and line.amount)
            and line.amount is not None
            and line.amount.start - 1 == last.line.words[-1]
        )

    def _plausible(self, line: Line, reading: Reading) -> bool:
        """Tell whether words that fit nothing are a thing asked for rather than talk."""
        if is_chatter(line, reading, self._tokens):
            return False
        if line.amount is not None or line.asked or line.conditional or (line.swapped and reading.sure):
            return reading.sure or not (line.trailing and line.amount and line.amount.unit == "peso")
        joined = self._is_joined(line, reading)
        in_list = (line.after_comma or joined) and self._is_a_list()
        said = [at for at in line.words if not joined or self._tokens[at].text not in DETERMINERS - {"del"}]
        linked = len(said) > 1 and self._tokens[said[1]].text in {"de", "del", "para"}
        brief = len(said) == 1 or (linked and len(said) <= _BRIEF)
        return (line.wanted or in_list or bool(self.entries)) if reading.sure else (in_list and brief)

    def _is_a_list(self) -> bool:
        named = (*self.entries, *self._doubtful)
        return any(entry.known or ((entry.reading.sure or entry.amount) and not entry.asked) for entry in named)

    def _is_joined(self, line: Line, reading: Reading) -> bool:
        """*2 barras de silicón y la pistola*"""
        first = line.words[0] if line.words else 0
        last = self._latest
        follows = last is not None and last.line.sentence == line.sentence and last.reading.last < first
        whose = any(self._tokens[at].text in POSSESSIVES for at in line.words)
        return follows and not whose and self._tokens[first - 1].text in {"y", "e"} and line.words[-1] == reading.last


def _of_those_named(found: Choice, before: Choice) -> Choice:
    """*2 aguas de horchata, de las de medio*: of what so comes only what was named."""
    places = tuple(place for place in found.places if place in before.places)
    if not places or len(places) == len(found.places):
        return found
    return found.narrowed_to(places, found.reason)
