"""Lines become entries: products found, repetitions dropped, corrections made."""

from collections.abc import Sequence

from marchante.understanding.entries.chatter import is_chatter
from marchante.understanding.entries.entries import Entry, heads_of
from marchante.understanding.entries.unsaid import Unsaid
from marchante.understanding.entries.weaving import give_back
from marchante.understanding.lexicon.attributes import SERVICES
from marchante.understanding.lexicon.goods import GOODS, MATERIALS
from marchante.understanding.lexicon.words import ANOTHER, CONNECTIVES, LINKS, THEM
from marchante.understanding.lines.lines import Line
from marchante.understanding.phrases.narrowing import doubt_contents, narrow_by_amount
from marchante.understanding.phrases.phrases import read_phrase
from marchante.understanding.phrases.readings import Reading, Verdict
from marchante.understanding.shop.matching import Group
from marchante.understanding.shop.product_names import Role
from marchante.understanding.shop.vessels import TELLS_STATE
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import Spoken
from marchante.understanding.words.sizes import Size

_BRIEF = 4


class Resolver(Unsaid):
    """Walks the lines of one message in order."""

    def run(self, lines: Sequence[Line]) -> list[Entry]:
        for line in lines:
            self._ending = line is lines[-1]
            self._line(line)
        for before, entry in zip([None, *self.entries], self.entries, strict=False):
            alike = entry.line.same and not entry.line.changes  # *jamón un cuarto y chorizo lo mismo*
            entry.amount = entry.amount or self._for_each or (before.amount if before and alike else None)
        self._leave_the_ordered()
        self._keep_wholes()
        self._drop_shared_out()
        self._absorb_uncounted()
        if any(entry.known and not entry.asked for entry in self.entries) or (
            not self.entries and len(lines) == 1 and not lines[0].questioned
        ):
            self.entries.extend(self._doubtful)
        return self.entries

    def _line(self, line: Line) -> None:
        if self._is_not_needed(line) or self._only_tells_colours(line) or self._leaves_out_the_thing(line):
            return
        self._take_pronoun(line)
        if self._says_what_to_do(line):
            self.entries[-1].notes.append((line.words[0], line.words[-1]))
            return
        line.amount = self._repeated(line.amount) if line.amount else self._alike(line)
        sizes = line.said_sizes
        boxed = self._boxed(line)
        words = line.words if self._says_something(line) else boxed
        readings = read_phrase([*line.borrowed, *words], sizes, self._tokens, self._lookup)
        give_back(line, readings, self._lookup.index)
        useful = [reading for reading in readings if reading.verdict is not Verdict.NOTHING]
        named = any(self._names_something(line, reading) for reading in useful)
        if not named and boxed:
            useful = read_phrase(boxed, sizes, self._tokens, self._lookup)
        if line.negated or line.wish:
            self._aside(line, useful)
        elif line.each or line.rest or self._ordinal(line) is not None:
            self._list(line, useful)
            self._spread(line)
        elif line.header or self._only_a_service(line, useful):
            self._take_header(line, useful)
        elif useful and self._only_boxes(line, useful):
            self._wordless(line)
        elif useful:
            owner = len(useful) - 1 if line.trailing else 0
            before = len(self.entries)
            for place, reading in enumerate(useful):
                mine = place == owner
                self._reading(line, reading, line.amount if mine else None, sizes if mine else ())
            self._doubt_beside_the_unknown(line, self.entries[before:])
        else:
            self._wordless(line)

    def _list(self, line: Line, useful: Sequence[Reading]) -> None:
        """The things named in the very line that says how much of each."""
        for reading in useful:
            if reading.verdict is Verdict.PRODUCT:
                self._reading(line, reading, None, ())

    def _aside(self, line: Line, useful: Sequence[Reading]) -> None:
        """*sin cilantro* orders nothing; what the shop does not sell is a wish: *sin suavizante*."""
        first = self._first_word(line)
        if line.negated and line.changes and self._topic:
            line.negated, line.op = False, "remove"
            self._line(line)
            return
        if line.negated and self._was_the_other(line, useful):
            return
        besides = first in {"sin", "con"}
        ruled_out = read_phrase(line.words[1:], (), self._tokens, self._lookup) if besides else useful
        if line.negated and self._leaves_others(line, ruled_out):
            return
        bought = any(reading.verdict is Verdict.PRODUCT for reading in ruled_out)
        if line.wish and first == "con" and line.amount and not line.amount.vague and (bought or line.amount.explicit):
            line.wish, line.words = False, line.words[1:] if bought else line.words
            self._wordless(line) if not bought else self._line(line)
        elif self.entries and ((line.wish and first != "con") or (besides and not bought)):
            self.entries[-1].notes.append((line.words[0], line.words[-1]))

    def _reading(self, line: Line, reading: Reading, amount: Spoken | None, sizes: tuple[Size, ...]) -> None:
        if reading.verdict is Verdict.ELLIPTIC:
            self._elliptic(line, reading, amount, sizes)
            return
        lacking = reading.verdict is Verdict.UNKNOWN
        if lacking and (self._tells_whose(line) or self._describes_the_last(line, reading, amount)):
            return
        if lacking and not self._plausible(line, reading):
            brief = reading.last - reading.first < _BRIEF and self._tokens[reading.first].key in GOODS | MATERIALS
            if reading.sure and brief and not is_chatter(line, reading, self._tokens):
                self._doubtful.append(Entry(line, reading, amount, sizes, line.op))
            return
        same_kind = False
        if reading.verdict is Verdict.PRODUCT:
            amount = self._in_boxes_as_before(reading, amount)
            same_kind = self._narrow_down(line, reading, amount, sizes)
            if amount is not None and len(reading.choice.places) > 1 and self._is_the_size(reading, amount):
                self.settled.add(amount.start)
                amount = None
            if self._is_no_more(line, reading, amount):
                return
            self._goes_for_another(line, reading.choice)
        entry = Entry(line, reading, amount, sizes, line.op, line.asked, list(reading.notes))
        whole = self._antecedent()
        if whole is not None and self._is_part(line, reading, whole):
            part = self._share(whole, amount, reading.choice, told=line.partitive)
            same_kind, entry.amount = same_kind or part is not None, part or amount
        headed = self._topic is not None and self._topic not in self.entries and self._header is not None
        entry.elliptic = headed or same_kind or self._is_of_its_kind(reading, whole)
        goes_on = self._corrected == line.sentence and self._named_before(entry) is not None
        if (line.corrects or goes_on) and not line.changes:
            self._corrected = line.sentence
            self._take_back(entry)
        self.entries.append(entry)

    def _narrow_down(self, line: Line, reading: Reading, amount: Spoken | None, sizes: tuple[Size, ...]) -> bool:
        """Tell whether the noun is that of the thing before."""
        self._of_the_usual_kind(line, reading, amount)
        self._narrow(line, reading, sizes)
        self._narrow_by_box(line, reading, amount, sizes)
        self._narrow_as_before(line, reading, amount)
        narrow_by_amount(reading, amount, self._lookup.index)
        doubt_contents(reading, amount, sizes, self._lookup.index)
        return self._prefer_the_same_kind(line, reading, amount, sizes)

    def _is_part(self, line: Line, reading: Reading, whole: Entry) -> bool:
        """Whether it may be some of what was counted before: *3 yogures, 2 de fresa*, *dos chamarras, una de piel*."""
        places = set(reading.choice.places)
        within = bool(places) and places < set(whole.reading.choice.places)
        halved = line.amount is not None and self._tokens[line.amount.start].text == "mitad"
        return (
            within
            or line.partitive
            or (halved and bool(places))
            or (whole.whole is not None and self._is_of_its_kind(reading, whole))
        )

    def _is_no_more(self, line: Line, reading: Reading, amount: Spoken | None) -> bool:
        """Whether it only tells more of what was named already."""
        told = (
            self._speaks_of_one(reading, amount)
            or self._corrects_part(line, reading, amount)
            or self._refines(line, reading)
            or self._mentions_again(line, reading, amount)
        )
        return told or self._settles_which(line, reading, amount)

    def _speaks_of_one(self, reading: Reading, amount: Spoken | None) -> bool:
        """*2 trajes; uno de los trajes trae una mancha*"""
        if amount is None or amount.explicit or not amount.of:
            return False
        if text_at(self._tokens, amount.end + 1) not in THEM:
            return False
        return any(
            entry.known
            and entry.amount
            and entry.amount.value > 1
            and entry.reading.choice.places == reading.choice.places
            for entry in self.entries
        )

    def _take_back(self, entry: Entry) -> None:
        """A correction replaces the last line if it is about the same thing, or names another in its stead."""
        if not self.entries:
            return
        last = self._named_before(entry) or self.entries[-1]
        same = last.known and entry.known and set(last.reading.choice.places) & set(entry.reading.choice.places)
        if same and set(last.reading.choice.places) < set(entry.reading.choice.places):
            entry.reading.choice = last.reading.choice  # *2 tubos de 4, digo 3 tubos*
        named_anew = entry.known and entry.amount is None and last.op == "add" and not last.asked
        if entry.amount is None and (same or (named_anew and not self._speaks_of_a_single(entry, last))):
            entry.amount = last.amount  # *un kilo de falda, digo de suadero*
        replaces = named_anew and last.amount is not None and (not last.known or entry.amount is None)
        if (
            same
            or replaces
            or (last.amount is not None and entry.amount is not None and last.known == entry.known and not last.asked)
        ):
            self.entries.remove(last)
            self.settled.update([last.amount.start] if last.amount else [])

    def _speaks_of_a_single(self, entry: Entry, last: Entry) -> bool:
        """*dos almohadas, no, mejor la colcha king*"""
        counted = last.amount is not None and not last.amount.unit and last.amount.value > 1
        before = text_at(self._tokens, entry.reading.first - 1)
        return counted and before in {"el", "la"}

    def _named_before(self, entry: Entry) -> Entry | None:
        """*un manojo de cilantro y uno de perejil, mejor dos de cilantro*"""
        for other in reversed(self.entries):
            if other.known and entry.known and other.reading.choice.places == entry.reading.choice.places:
                return other
        return None

    def _refines(self, line: Line, reading: Reading) -> bool:
        """*plátano 1 kg, del dominico*: a line without an amount that says which of the last thing."""
        last = self._last_known()
        if last is None or not line.words or line.changes:
            return False
        adjoins = last in self.entries and last.amount is None and self._adjoins(line, last)
        if adjoins and set(reading.choice.places) <= last.reading.group.places:
            last.reading.choice, last.amount = reading.choice, line.amount
            return True
        if line.amount is not None:
            return False
        common = last.reading.group.places & reading.group.places
        if common and all(word.keys & (SERVICES | TELLS_STATE) for word in reading.group.words):
            self._choose_among(last.reading, Group(reading.group.words, common), last.sizes)
            return True
        goes_on = last.amount is not None and last.line.trailing and line.words[0] == last.amount.end
        if line.words[0] and self._tokens[line.words[0] - 1].text in CONNECTIVES:
            return False
        if self._first_word(line) not in LINKS and not goes_on and not self._names_the_variety(line, last):
            return False
        if not set(reading.choice.places) <= heads_of(last.reading.group).places:
            return False
        last.reading.choice = reading.choice
        return True

    def _names_the_variety(self, line: Line, last: Entry) -> bool:
        """*kilo y medio de tortilla, taquera*"""
        lone = line.after_comma and len(line.words) == 1 and last.amount is not None and not line.wanted
        hits = self._lookup.hits(self._tokens[line.words[0]]) if lone else {}
        return bool(hits) and all(hit.role in (Role.VARIETY, Role.DETAIL, Role.ABOUT) for hit in hits.values())

    def _mentions_again(self, line: Line, reading: Reading, amount: Spoken | None) -> bool:
        """*el edredón no me urge*, *cuatro, cuatro tubos*: what was named already is not ordered twice."""
        if line.asked or line.sizes or line.op != "add":
            return False
        if amount is not None and self._tokens[amount.start].text in ANOTHER:
            return False
        for entry in reversed(self.entries):
            if (
                not entry.known
                or entry.line.asked
                or entry.line.ordered
                or not set(entry.reading.choice.places) <= self._spoken_of(reading, amount)
            ):
                continue
            pointed = self._is_pointed_at(reading)
            repeated = self._repeats(entry, reading, amount)
            uncounted = entry.amount is None or (entry is self.entries[-1] and not entry.amount.counts)
            if line.changes and not (entry.amount is None and entry.op == "add"):
                return False
            corrected = line.corrects and entry is self.entries[-1]
            if amount is not None and not (pointed or repeated or uncounted or corrected):
                return False
            self.settled.update(each.start for each in (amount, entry.amount) if each)
            entry.amount = amount or entry.amount
            entry.notes.extend(reading.notes)
            if amount is None:  # *y el huarache que sean dos*: it is spoken of now
                self.entries.remove(entry)
                self.entries.append(entry)
            if corrected:
                self._corrected = line.sentence
                entry.reading.first, entry.reading.last = reading.first, reading.last
            return True
        return False

    def _repeats(self, entry: Entry, reading: Reading, amount: Spoken | None) -> bool:
        """*cuatro, cuatro tubos*"""
        alike = amount is not None and entry.amount is not None and amount.value == entry.amount.value
        return entry is self.entries[-1] and alike and reading.group.keys <= entry.reading.group.keys

    def _take_header(self, line: Line, useful: Sequence[Reading]) -> None:
        named = [reading for reading in useful if reading.group.words]
        if named and self._header and self._header.group.places & named[0].group.places:
            self._header.group.places &= named[0].group.places
        elif named:
            self._header = named[0]
            self._topic = Entry(line, named[0], None) if named[0].verdict is Verdict.PRODUCT else None
