"""Variants told apart by what the rest of the message says: a header, the packaging, what was asked for before."""

from dataclasses import replace

from marchante.understanding.entries.entries import Entry, details_of
from marchante.understanding.entries.references import BackReferences
from marchante.understanding.lexicon.attributes import IRONING, SERVICES
from marchante.understanding.lexicon.words import ANOTHER, LINKS, PACK_OF_UNIT, PACKAGING, UNITS, WEIGHTS
from marchante.understanding.lines.lines import Line, points_back
from marchante.understanding.phrases.narrowing import CONTENTS
from marchante.understanding.phrases.readings import Reading
from marchante.understanding.shop.index import Hit
from marchante.understanding.shop.lookup import Found
from marchante.understanding.shop.matching import MAX_CANDIDATES, Choice, Group, Outcome, Word, choose
from marchante.understanding.shop.product_names import Role
from marchante.understanding.words.quantities import Spoken
from marchante.understanding.words.sizes import Size

_USUAL = 3
"""Products of a kind from which on a shop is known for it."""
_OF_KIND = Hit(Role.HEAD, 1.0)
_OPENING = LINKS | {"a", "con", "sin"}


class Narrowed(BackReferences):
    """Narrows the products of a reading down."""

    def _narrow(self, line: Line, reading: Reading, sizes: tuple[Size, ...]) -> None:
        """Use a header (*Planchada:*) or what *de lo mismo* points at to tell variants apart."""
        if line.same:
            last = self._last_known()
            if last is not None:
                self._like_the_last(reading, details_of(last.reading.group), last.sizes or sizes)
        elif self._header is not None:
            self._choose_among(reading, self._header.group, sizes)
            self._doubt_the_work(reading, self._header)

    def _like_the_last(self, reading: Reading, details: Group, sizes: tuple[Size, ...]) -> None:
        """*pañales Huggies etapa 4 y toallitas de las mismas*: of all that was said what the other thing has too."""
        if not details.words or reading.group.places & details.places:
            self._choose_among(reading, details, sizes)
            return
        for word in details.words:
            self._choose_among(reading, Group([word], set(word.hits)), sizes)

    def _doubt_the_work(self, reading: Reading, header: Reading) -> None:
        """*planchar: 2 blusas* where blouses are only washed: the work asked for or the garment's own?"""
        if not all(word.keys & SERVICES for word in header.group.words) or reading.choice.outcome is not Outcome.ONE:
            return
        washed = not any(word.keys & IRONING for word in header.group.words)
        named = (frozenset(self._lookup.index.entries[at].forms[0].keys) for at in reading.choice.places)
        if washed and not any(keys & SERVICES for keys in named):
            return
        if not set(reading.choice.places) & header.group.places:
            places = (*reading.choice.places, *sorted(header.group.places))[:MAX_CANDIDATES]
            reading.choice = Choice(Outcome.SEVERAL, places, reading.choice.score, "the work asked for is another's")

    def _narrow_as_before(self, line: Line, reading: Reading, amount: Spoken | None) -> None:
        """*3 kilos de Ganador y 1 de Whiskas*, *3 pacas de alfalfa, 2 de avena*: it comes as the thing before came."""
        last = self._last_known()
        linked = amount.of and not (amount.unit or amount.pack) if amount else self._first_word(line) in LINKS
        if last is None or not linked or reading.choice.outcome is not Outcome.SEVERAL:
            return
        places, products = set(reading.choice.places), self._lookup.index.products
        alike = {at for at in places if products[at].unit == "kg"} if self._counts_kilos(last) else set()
        if not alike:
            alike = places & self._coming_as(last)
        if alike and alike < places:
            reading.choice = reading.choice.narrowed_to(sorted(alike), "as the thing before")

    def _of_the_usual_kind(self, line: Line, reading: Reading, amount: Spoken | None) -> None:
        """*5 de pastor, 3 de suadero* are tacos where tacos are sold, not kilos nor volcanes."""
        if amount is None or not amount.explicit or amount.unit or amount.pack or not line.words:
            return
        if self._first_word(line) not in LINKS | {"al"} or self._antecedent() is not None:
            return
        index = self._lookup.index
        words = reading.group.words
        named = [at for at in reading.group.places if any(word.role_in(at) > Role.ABOUT for word in words)]
        kinds = {index.entries[at].forms[0].head: index.heads[index.entries[at].forms[0].head] for at in named}
        usual = max(kinds, key=lambda kind: kinds[kind], default="")
        rivals = [count for kind, count in kinds.items() if kind != usual]
        if not rivals or kinds[usual] < max(_USUAL, 2 * max(rivals)):
            return
        places = {at for at in reading.group.places if index.entries[at].forms[0].head == usual}
        words = [
            replace(word, anchors=True, hits={**word.hits, **dict.fromkeys(places & word.hits.keys(), _OF_KIND)})
            for word in reading.group.words
        ]
        choice = choose(Group(words, places), (), index)
        reading.choice = choice if choice.places else reading.choice

    def _counts_kilos(self, last: Entry) -> bool:
        return last.amount is not None and last.amount.unit in WEIGHTS

    def _coming_as(self, last: Entry) -> set[int]:
        """Products in whose names or descriptions stands the packaging the last thing was asked for in."""
        boxes = [word for word in last.reading.group.words if word.keys & PACKAGING]
        places = {at for word in boxes for at in word.hits}
        if last.amount is not None and last.amount.pack:
            places |= self._lookup.hits(self._tokens[last.amount.end - 1]).keys()
        return places

    def _narrow_by_box(self, line: Line, reading: Reading, amount: Spoken | None, sizes: tuple[Size, ...]) -> None:
        """*cartera de huevo*, *docena de planchado*: the packaging may be part of the name."""
        if amount is None or not (amount.pack or amount.unit in {"dozen", "pair"}) or not line.words:
            return
        said = range(amount.end - 1, amount.start - 1, -1)  # *docena y media*
        boxed = next((at for at in said if UNITS.get(self._tokens[at].key) == amount.unit), amount.end - 1)
        box = self._lookup.find(self._tokens[boxed])
        itself = self._lookup.index.exact(self._tokens[boxed].key)
        if itself and not box.keys & reading.group.keys:  # *un cilindro de gas* is no tank
            box = Found(itself, box.keys)
        named = {place for place, hit in box.hits.items() if hit.role > Role.ABOUT or len(reading.choice.places) > 1}
        common = reading.group.places & named
        heads = {place for place, hit in box.hits.items() if hit.role is Role.HEAD}
        comes_so = any(
            amount.pack in PACK_OF_UNIT["bag"] and self._lookup.index.products[at].unit == "bag"
            for at in reading.group.anchored()
        )
        if not common and heads and reading.group.keys <= CONTENTS and not comes_so:  # *4 bolsas de hielo* are ice
            word = Word(box.keys, (boxed,), box.hits)
            reading.group = Group([word], heads)
            choice = choose(reading.group, sizes, self._lookup.index, reading.size_words)
            reading.choice = choice if choice.places else reading.choice
        common = self._of_whole_packs(common, amount)
        if common:  # *galón de agua*: whatever is called so or comes so
            called = {place for place in common if box.hits[place].role > Role.ABOUT}
            word = Word(box.keys, (boxed,), {**box.hits, **dict.fromkeys(called, _OF_KIND)})
            group = Group([*reading.group.words, word], common)
            choice = choose(group, sizes, self._lookup.index, reading.size_words)
            if choice.found:
                reading.choice = choice

    def _of_whole_packs(self, common: set[int], amount: Spoken) -> set[int]:
        """*un galón de leche* is none of *1/2 galón* where there are whole ones."""
        entries = self._lookup.index.entries
        parts = {at for at in common for size in entries[at].sizes if size.unit in {"", amount.pack} and size.value < 1}
        return common - parts or common if not amount.fraction else common

    def _prefer_the_same_kind(
        self, line: Line, reading: Reading, amount: Spoken | None, sizes: tuple[Size, ...]
    ) -> bool:
        """In *3 milanesas de res y 4 de pollo* the four are milanesas too, in *5 a color* and *de sal 1* likewise."""
        last = self._antecedent()
        if last is None or amount is None or not self._stands_alone(line, reading, amount):
            return False
        pointed = points_back(line, self._tokens)
        measured = bool(amount.unit or amount.pack)
        if measured and not (pointed or (line.trailing and self._opens_with_preposition(line))):
            return False
        halved = self._tokens[amount.start].text == "mitad"
        lone = len(last.reading.group.words) == 1 and last.reading.choice.outcome is Outcome.ONE
        described = self._first_word(line) == "a"  # *5 a color*, though colours are sold
        if lone and not (pointed or halved or described or self._names_no_kind(reading)):
            return False
        found = self._completed(last, reading, sizes)
        again = halved or self._tokens[amount.start].text in ANOTHER
        if found.outcome is not Outcome.ONE or (found.places == last.reading.choice.places and not again):
            return False
        reading.choice = found
        return True

    def _stands_alone(self, line: Line, reading: Reading, amount: Spoken) -> bool:
        """Whether the noun of a line may be that of the thing before."""
        counts = self._tokens[amount.start].text in {"uno", "mitad"} and amount.start < reading.first
        worked = all(word.keys & SERVICES for word in reading.group.words)
        named = amount.of or counts or self._opens_with_preposition(line) or worked
        return named or points_back(line, self._tokens) or self._names_no_kind(reading)

    def _opens_with_preposition(self, line: Line) -> bool:
        return self._first_word(line) in _OPENING

    def _names_no_kind(self, reading: Reading) -> bool:
        """*15 copias a color y 20 blanco y negro*, where prints come in black and white too."""
        if reading.choice.outcome is not Outcome.SEVERAL:
            return False
        return all(hit.role is not Role.HEAD for word in reading.group.words for hit in word.hits.values())

    def _is_the_size(self, reading: Reading, amount: Spoken) -> bool:
        """*arena 5 kg* where there are bags of 5 and of 10: the measure says which, not how much."""
        said = Size(amount.value, amount.unit)
        if said.kilos is None and said.litres is None and said.metres is None:
            return False
        entries = self._lookup.index.entries
        fitting = [at for at in reading.choice.places if entries[at].comes_in(said)]
        if len(fitting) == 1 and amount.value != 1:
            reading.choice = reading.choice.narrowed_to(fitting, "the size asked for")
        return len(fitting) == 1 and amount.value != 1
