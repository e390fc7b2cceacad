"""Lines become entries: products found, back-references followed, corrections made."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from marchante.understanding.index import Hit
from marchante.understanding.lexicon.attributes import SERVICES
from marchante.understanding.lexicon.fillers import COURTESY, IDIOMS, TALK, VERBS_OF_TALK
from marchante.understanding.lexicon.goods import GOODS, MATERIALS
from marchante.understanding.lexicon.words import ARTICLES, DETERMINERS, LINKS, PACKAGING, STOPWORDS
from marchante.understanding.lookup import Lookup, names_a_product
from marchante.understanding.matching import MAX_CANDIDATES, Choice, Group, Outcome, Word, choose, narrow_by_size_word
from marchante.understanding.phrases import Reading, Verdict, read_phrase
from marchante.understanding.product_names import Role
from marchante.understanding.quantities import Spoken
from marchante.understanding.segments import Line
from marchante.understanding.sizes import Size
from marchante.understanding.tokens import Token

_BRIEF = 4
_SAME_SHELF = Hit(Role.HEAD, 0.9)
_MINE = frozenset({"mi", "mis", "su", "sus", "tu", "tus"})
_ORDINALS = {
    "primero": 0,
    "primera": 0,
    "segundo": 1,
    "segunda": 1,
    "tercero": 2,
    "tercera": 2,
    "ultimo": -1,
    "ultima": -1,
}


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
    elliptic: bool = False
    shared: bool = False

    @property
    def known(self) -> bool:
        return self.reading.verdict is Verdict.PRODUCT


class Resolver:
    """Walks the lines of one message in order and keeps what has been named so far."""

    def __init__(self, tokens: Sequence[Token], lookup: Lookup) -> None:
        self._tokens = tokens
        self._lookup = lookup
        self.entries: list[Entry] = []
        self._header: Reading | None = None
        self._topic: Entry | None = None
        self._doubtful: list[Entry] = []

    def run(self, lines: Sequence[Line]) -> list[Entry]:
        for line in lines:
            self._line(line)
        if any(entry.known and not entry.asked for entry in self.entries):
            self.entries.extend(self._doubtful)
        elif not self.entries and len(lines) == 1 and not lines[0].questioned:
            self.entries.extend(self._doubtful)
        return self.entries

    def _line(self, line: Line) -> None:
        sizes = tuple(size for size, _, _ in line.sizes)
        words = line.words if self._says_something(line) else self._boxed(line)
        readings = read_phrase(words, sizes, self._tokens, self._lookup)
        useful = [reading for reading in readings if reading.verdict is not Verdict.NOTHING]
        if not any(reading.verdict in (Verdict.PRODUCT, Verdict.ELLIPTIC) for reading in useful) and self._boxed(line):
            useful = read_phrase(self._boxed(line), sizes, self._tokens, self._lookup)
        if line.negated or line.wish:
            self._aside(line, useful)
        elif line.each or line.rest or self._ordinal(line) is not None:
            self._list(line, useful)
            self._spread(line)
        elif line.header or self._only_a_service(line, useful):
            self._take_header(line, useful)
        elif useful and self._only_boxes(line, useful):
            self._amount_only(line)
        elif useful:
            owner = len(useful) - 1 if line.trailing else 0
            for place, reading in enumerate(useful):
                mine = place == owner
                self._reading(line, reading, line.amount if mine else None, sizes if mine else ())
        else:
            self._amount_only(line)

    def _only_boxes(self, line: Line, useful: Sequence[Reading]) -> bool:
        """*al cemento súmale 2 bultos*: packaging by itself says how much of what was named before."""
        if not self.entries or not line.amount or not (self.entries[-1].amount is None or self.entries[-1].asked):
            return False
        return all(
            reading.group.words and all(word.keys & PACKAGING for word in reading.group.words) for reading in useful
        )

    def _only_a_service(self, line: Line, useful: Sequence[Reading]) -> bool:
        """*lavar y planchar 6 camisas*: the work is named first, for what comes after it."""
        if self.entries or line.amount is not None or line.asked or line.changes or not useful:
            return False
        return all(
            reading.group.words and all(word.keys & SERVICES for word in reading.group.words) for reading in useful
        )

    def _says_something(self, line: Line) -> bool:
        return any(self._tokens[at].text not in STOPWORDS for at in line.words)

    def _boxed(self, line: Line) -> list[int]:
        """Where only packaging is named (*48 botellas de medio litro*) it names the thing."""
        amount = line.amount
        if amount is None or not amount.pack or (self.entries and self.entries[-1].amount is None):
            return []
        return [amount.end - 1] if names_a_product(self._lookup.hits(self._tokens[amount.end - 1])) else []

    def _list(self, line: Line, useful: Sequence[Reading]) -> None:
        """The things named in the very line that says how much of each."""
        for reading in useful:
            if reading.verdict is Verdict.PRODUCT:
                self._reading(line, reading, None, ())

    def _aside(self, line: Line, useful: Sequence[Reading]) -> None:
        """*sin cilantro* orders nothing; what the shop does not sell is a wish: *sin suavizante*."""
        first = self._tokens[line.words[0]].text if line.words else ""
        if line.negated and line.changes and self._topic:
            line.negated, line.op = False, "remove"
            self._line(line)
            return
        ruled_out = read_phrase(line.words[1:], (), self._tokens, self._lookup) if first == "sin" else useful
        bought = any(reading.verdict is Verdict.PRODUCT for reading in ruled_out)
        if line.wish and first == "con" and line.amount:
            line.wish = False
            self._amount_only(line) if not bought else self._line(line)
        elif line.wish and first != "con" and self.entries:
            self.entries[-1].notes.append((line.words[0], line.words[-1]))
        elif self.entries and first in {"sin", "con"} and not bought:
            self.entries[-1].notes.append((line.words[0], line.words[-1]))

    # what a line says by itself

    def _reading(self, line: Line, reading: Reading, amount: Spoken | None, sizes: tuple[Size, ...]) -> None:
        if reading.verdict is Verdict.ELLIPTIC:
            self._elliptic(line, reading, amount, sizes)
            return
        if reading.verdict is Verdict.UNKNOWN and not self._plausible(line, reading):
            brief = reading.last - reading.first < _BRIEF and self._tokens[reading.first].key in GOODS | MATERIALS
            if reading.sure and brief and not self._is_talk(line, reading):
                self._doubtful.append(Entry(line, reading, amount, sizes, line.op))
            return
        if reading.verdict is Verdict.PRODUCT:
            self._narrow(line, reading, sizes)
            self._narrow_by_box(line, reading, amount, sizes)
            if amount is not None and len(reading.choice.places) > 1 and self._is_the_size(reading, amount):
                amount = None
            if self._refines(line, reading) or self._mentions_again(line, reading, amount):
                return
        entry = Entry(line, reading, amount, sizes, line.op, line.asked, list(reading.notes))
        entry.elliptic = self._topic is not None and self._topic not in self.entries and self._header is not None
        if line.corrects and not line.changes:
            self._take_back(entry)
        self.entries.append(entry)

    def _take_back(self, entry: Entry) -> None:
        """A correction replaces the last line if it is about the same thing, or names another in its stead."""
        if not self.entries:
            return
        last = self.entries[-1]
        same = last.known and entry.known and set(last.reading.choice.places) & set(entry.reading.choice.places)
        if same or (
            last.amount is not None and entry.amount is not None and last.known == entry.known and not last.asked
        ):
            self.entries.pop()

    def _refines(self, line: Line, reading: Reading) -> bool:
        """*plátano 1 kg, del dominico*: a line without an amount that says which of the last thing."""
        last = self._last_known()
        if last is None or line.amount is not None or not line.words or line.changes:
            return False
        common = last.reading.group.places & reading.group.places
        if common and all(word.keys & SERVICES for word in reading.group.words):
            self._choose_among(last.reading, Group(reading.group.words, common), last.sizes)
            return True
        if self._tokens[line.words[0]].text not in LINKS:
            return False
        if not set(reading.choice.places) <= _heads(last.reading.group).places:
            return False
        last.reading.choice = reading.choice
        return True

    def _is_the_size(self, reading: Reading, amount: Spoken) -> bool:
        """*arena 5 kg* where there are bags of 5 and of 10: the measure says which, not how much."""
        said = Size(amount.value, amount.unit)
        if said.kilos is None and said.litres is None:
            return False
        entries = self._lookup.index.entries
        fitting = [at for at in reading.choice.places if any(size.fits(said) for size in entries[at].sizes)]
        if len(fitting) == 1 and amount.value != 1:
            reading.choice = Choice(Outcome.ONE, (fitting[0],), reading.choice.score, "the size asked for")
        return len(fitting) == 1 and amount.value != 1

    def _mentions_again(self, line: Line, reading: Reading, amount: Spoken | None) -> bool:
        """*el edredón no me urge*, *cuatro, cuatro tubos*: what was named already is not ordered twice."""
        if line.asked or line.changes or line.sizes or line.op == "remove":
            return False
        for entry in reversed(self.entries):
            if (
                not entry.known
                or entry.line.asked
                or not set(entry.reading.choice.places) <= set(reading.choice.places)
            ):
                continue
            pointed = reading.first > 0 and self._tokens[reading.first - 1].text in DETERMINERS
            repeated = entry is self.entries[-1] and amount and entry.amount and amount.value == entry.amount.value
            if (
                not pointed
                and not repeated
                and amount is not None
                and not (line.corrects and entry is self.entries[-1])
            ):
                return False
            entry.amount = amount or entry.amount
            entry.notes.extend(reading.notes)
            return True
        return False

    def _narrow(self, line: Line, reading: Reading, sizes: tuple[Size, ...]) -> None:
        """Use a header (*Planchada:*) or what *de lo mismo* points at to tell variants apart."""
        if line.same:
            last = self._last_known()
            if last is not None:
                self._choose_among(reading, _without_head(last.reading.group), last.sizes or sizes)
        elif self._header is not None:
            self._choose_among(reading, self._header.group, sizes)

    def _choose_among(self, reading: Reading, group: Group, sizes: tuple[Size, ...]) -> None:
        common = reading.group.places & group.places if group.words else set(reading.group.places)
        if not common:
            return
        more = [replace(word, anchors=False) for word in group.words if common <= word.hits.keys()]
        choice = choose(Group([*reading.group.words, *more], common), sizes, self._lookup.index)
        if choice.outcome in (Outcome.ONE, Outcome.SEVERAL):
            reading.choice = choice

    def _narrow_by_box(self, line: Line, reading: Reading, amount: Spoken | None, sizes: tuple[Size, ...]) -> None:
        """*cartera de huevo*, *docena de planchado*: the packaging may be part of the name."""
        if amount is None or not (amount.pack or amount.unit in {"dozen", "pair"}) or not line.words:
            return
        box = self._lookup.find(self._tokens[amount.end - 1])
        named = {place for place, hit in box.hits.items() if hit.role > Role.ABOUT or len(reading.choice.places) > 1}
        common = reading.group.places & named
        if common:
            word = Word(box.keys, (amount.end - 1,), box.hits)
            choice = choose(Group([*reading.group.words, word], common), sizes, self._lookup.index)
            if choice.outcome in (Outcome.ONE, Outcome.SEVERAL):
                reading.choice = choice

    def _plausible(self, line: Line, reading: Reading) -> bool:
        """Tell whether words that fit nothing are a thing asked for rather than talk."""
        if self._is_talk(line, reading):
            return False
        if line.amount is not None or line.asked:
            return reading.sure or not (line.trailing and line.amount and line.amount.unit == "peso")
        in_list = line.after_comma and any(entry.known for entry in self.entries)
        return (line.wanted or in_list or bool(self.entries)) if reading.sure else (in_list and len(line.words) == 1)

    def _is_talk(self, line: Line, reading: Reading) -> bool:
        first = self._tokens[reading.first]
        place = reading.first - 1
        while place > 0 and self._tokens[place].text in DETERMINERS | ARTICLES:
            place -= 1
        before = self._tokens[place].text if place >= 0 else ""
        if before in {"para", "por"}:
            return True
        goods = first.key in GOODS and (line.amount is not None or line.asked)
        if (first.key in COURTESY | TALK | VERBS_OF_TALK | IDIOMS and not goods) or (
            line.amount is None and before in _MINE
        ):
            return True
        return "todo" in {self._tokens[at].text for at in line.words}

    def _take_header(self, line: Line, useful: Sequence[Reading]) -> None:
        named = [reading for reading in useful if reading.group.words]
        if named and self._header and self._header.group.places & named[0].group.places:
            self._header.group.places &= named[0].group.places
        elif named:
            self._header = named[0]
            self._topic = Entry(line, named[0], None) if named[0].verdict is Verdict.PRODUCT else None

    # what it says by pointing back

    def _last_known(self) -> Entry | None:
        return next((entry for entry in reversed(self.entries) if entry.known), self._topic)

    def _antecedent(self) -> Entry | None:
        """The last thing named with its noun; things named by pointing back point further."""
        return next((entry for entry in reversed(self.entries) if entry.known and not entry.elliptic), self._topic)

    def _elliptic(self, line: Line, reading: Reading, amount: Spoken | None, sizes: tuple[Size, ...]) -> None:
        if line.words and self._tokens[line.words[0]].text == "todo" and reading.group.words:
            self._narrow_all(reading.group)
            return
        boxes = all(word.keys & PACKAGING and word.anchors for word in reading.group.words)
        if reading.group.words and boxes:
            self._amount_only(line)
            return
        last = self._antecedent()
        if amount and amount.pack and reading.group.words and self._by_box(line, reading, amount, sizes):
            return
        describes = last is not None and self._only_describes(line, amount)
        choice = (
            self._completed(last, reading, last.sizes if describes else sizes)
            if last
            else self._by_detail(line, reading, sizes)
        )
        if choice.outcome is Outcome.NONE:
            if reading.sure and self._plausible(line, reading):
                self.entries.append(
                    Entry(line, replace(reading, verdict=Verdict.UNKNOWN), amount, sizes, line.op, line.asked)
                )
            return
        if last is not None and describes:
            last.reading.choice = choice
            last.notes.extend(reading.notes)
            last.amount = last.amount or amount
            return
        if last is not None:
            self._share(last, amount, choice)
        group = last.reading.group if last else reading.group
        found = replace(reading, verdict=Verdict.PRODUCT, choice=choice, group=group)
        self.entries.append(Entry(line, found, amount, sizes, line.op, line.asked, list(reading.notes), elliptic=True))

    def _by_box(self, line: Line, reading: Reading, amount: Spoken, sizes: tuple[Size, ...]) -> bool:
        """*2 galones de agua*: the packaging names the product, what follows describes it."""
        box = self._lookup.find(self._tokens[amount.end - 1])
        common = reading.group.places & box.hits.keys()
        words = [Word(box.keys, (amount.end - 1,), box.hits), *reading.group.words]
        choice = choose(Group(words, common), sizes, self._lookup.index) if common else Choice(Outcome.NONE)
        if choice.outcome not in (Outcome.ONE, Outcome.SEVERAL):
            return False
        found = replace(reading, verdict=Verdict.PRODUCT, choice=choice, group=Group(words, common))
        self.entries.append(Entry(line, found, amount, sizes, line.op, line.asked, list(reading.notes)))
        return True

    def _only_describes(self, line: Line, amount: Spoken | None) -> bool:
        """*lavadas y planchadas*: neither amount nor article, so it is the same thing still."""
        first = self._tokens[line.words[0]].text if line.words else ""
        last = self._last_known()
        if amount is not None and last is not None and last.amount is None and self._adjoins(line, last):
            return True
        if amount is not None and not amount.explicit and last is not None and last.amount is None:
            return not line.changes or not last.line.changes or last.op == "add"
        return (
            amount is None
            and first not in DETERMINERS - {"del"}
            and not line.changes
            and not line.asked
            and self._topic is None
        )

    def _adjoins(self, line: Line, last: Entry) -> bool:
        """*conchas 3 de vainilla*"""
        return (
            bool(last.line.words and line.amount)
            and line.amount is not None
            and line.amount.start - 1 == last.line.words[-1]
        )

    def _by_detail(self, line: Line, reading: Reading, sizes: tuple[Size, ...]) -> Choice:
        """Without a noun a detail will do if only one product has it: *4 kilos express*."""
        places = {place for place in reading.group.places if reading.group.words[0].hits[place].role > Role.ABOUT}
        if len(places) == 1 and (line.amount is not None or not reading.sure or line.changes):
            return Choice(Outcome.ONE, tuple(places), 0.9, "the only one so described")
        if places and line.amount is not None and line.amount.explicit and not reading.sure:
            return Choice(Outcome.SEVERAL, tuple(sorted(places))[:MAX_CANDIDATES], reason="described, not named")
        if not reading.group.words and sizes:
            entries = self._lookup.index.entries
            fitting = [
                at
                for at, each in enumerate(entries)
                if all(any(size.fits(said) for size in each.sizes) for said in sizes)
            ]
            if len(fitting) == 1:
                return Choice(Outcome.ONE, (fitting[0],), 0.9, "the only one of that size")
            if fitting:
                return Choice(Outcome.SEVERAL, tuple(fitting[:MAX_CANDIDATES]), reason="only a size was said")
        return Choice(Outcome.NONE)

    def _completed(self, last: Entry, reading: Reading, sizes: tuple[Size, ...]) -> Choice:
        heads = _heads(last.reading.group)
        places = heads.places & reading.group.places if reading.group.words else set(heads.places)
        if not places:
            return Choice(Outcome.NONE)
        if not reading.group.words and sizes:
            places = self._on_the_shelf(last, places, sizes)
            heads = Group(
                [replace(word, hits={**dict.fromkeys(places, _SAME_SHELF), **word.hits}) for word in heads.words],
                places,
            )
        words = [*heads.words, *(replace(word, anchors=False) for word in reading.group.words)]
        choice = choose(Group(words, places), sizes, self._lookup.index)
        if not reading.group.words and not sizes and choice.places == last.reading.choice.places:
            return self._neighbours(last)
        if choice.outcome is Outcome.SEVERAL and reading.size_words:
            choice = narrow_by_size_word(choice, reading.size_words, self._lookup.index)
        return choice if choice.outcome in (Outcome.ONE, Outcome.SEVERAL) else Choice(Outcome.NONE)

    def _neighbours(self, last: Entry) -> Choice:
        """*2 de alcalina y 3 normales*: the plain thing has another noun; the shop asks which of the shelf."""
        entries = self._lookup.index.entries
        shelves = {entries[at].category for at in last.reading.choice.places}
        near = [
            at for at, entry in enumerate(entries) if entry.category in shelves and at not in last.reading.choice.places
        ]
        return Choice(
            Outcome.SEVERAL if near else Outcome.NONE, tuple(near[:MAX_CANDIDATES]), reason="the plain one of the shelf"
        )

    def _on_the_shelf(self, last: Entry, places: set[int], sizes: tuple[Size, ...]) -> set[int]:
        """*1 paquete de botellitas de medio litro y 1 de litro*: where no namesake has the size, its neighbours may."""
        entries = self._lookup.index.entries

        def fits(at: int) -> bool:
            return all(any(size.fits(said) for size in entries[at].sizes) for said in sizes)

        if any(fits(at) for at in places):
            return places
        shelves = {entries[at].category for at in last.reading.choice.places}
        return {at for at, entry in enumerate(entries) if entry.category in shelves and fits(at)} or places

    def _share(self, last: Entry, amount: Spoken | None, part: Choice) -> None:
        """Of *2 brochas, una de 2 y otra de 4* each part comes out of the two."""
        whole = last.amount
        if whole is None or amount is None or last.sizes or whole.unit not in {"", "l"} or amount.unit:
            return
        apart = part.places != last.reading.choice.places
        if len(last.reading.choice.places) == 1 and ((apart and amount.explicit) or len(last.reading.group.words) > 1):
            return
        if amount.value > whole.value or (whole.value == 1 and not last.shared) or last not in self.entries:
            return
        left = whole.value - amount.value
        last.amount = replace(whole, value=left)
        last.shared = True
        if left == 0:
            self.entries.remove(last)
            self._topic = last

    def _amount_only(self, line: Line) -> None:
        amount = line.amount
        if line.sizes and not line.words:
            bare = Reading(Verdict.ELLIPTIC, line.sizes[0][1], line.sizes[-1][2])
            self._elliptic(line, bare, amount, tuple(size for size, _, _ in line.sizes))
            return
        if amount is None or not self.entries or amount.plural_article:
            return
        if amount.of and any(self._tokens[at].text in LINKS for at in line.words):
            self._the_other(line, amount)
            return
        last = self.entries[-1]
        if last.asked and line.wanted:
            last.asked, last.amount, last.op = False, amount, line.op
        elif line.op == "set" or line.corrects:
            old = last.amount
            same_unit = old is not None and not (amount.unit or amount.pack or amount.fraction)
            last.amount = replace(amount, unit=old.unit, pack=old.pack, of=old.of) if old and same_unit else amount
            if line.op == "set" or (last.line.amount is None and not last.line.wanted):
                last.op = "set"
                last.line.changes = True
        elif (last.amount is None or not last.amount.explicit) and not self._rows_apart(last, amount):
            last.amount = amount
            last.op = line.op if line.changes else last.op
            last.line.changes |= line.changes

    def _the_other(self, line: Line, amount: Spoken) -> None:
        """*suavizante 4 litros, uno de bebé y tres del otro*"""
        whole, last = self._antecedent(), self._last_known()
        if whole is None or last is None or whole is last or self._tokens[amount.end + 1].text not in {"otro", "otra"}:
            return
        left = [at for at in whole.reading.choice.places if at not in last.reading.choice.places]
        if len(left) != 1:
            return
        choice = Choice(Outcome.ONE, tuple(left), last.reading.choice.score, "the other of the two")
        self._share(whole, amount, choice)
        found = replace(last.reading, choice=choice, notes=[])
        self.entries.append(Entry(line, found, amount, whole.sizes, line.op, line.asked, elliptic=True))

    def _rows_apart(self, last: Entry, amount: Spoken) -> bool:
        return any(token.text == "\n" for token in self._tokens[last.reading.last : amount.start])

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
