"""What a description without its noun comes to: the noun of what was named before, or the only thing so described."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from marchante.understanding.entries.amount_references import Named
from marchante.understanding.entries.brought import refills_among, unnamed
from marchante.understanding.entries.entries import Entry, heads_of
from marchante.understanding.lexicon.attributes import ATTRIBUTES, SIZE_WORDS
from marchante.understanding.lexicon.goods import GOODS
from marchante.understanding.lexicon.words import LINKS, WEIGHTS
from marchante.understanding.lines.lines import Line
from marchante.understanding.phrases.readings import Reading
from marchante.understanding.shop.index import Hit
from marchante.understanding.shop.lookup import SYNONYM_SCORE
from marchante.understanding.shop.matching import (
    ITS_NAME,
    MAX_CANDIDATES,
    NOTHING,
    PLAIN_VARIANT,
    Choice,
    Group,
    Outcome,
    Word,
    choose,
)
from marchante.understanding.shop.product_names import Role
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.sizes import Size

_FEW_NEIGHBOURS = 5
_SAME_SHELF = Hit(Role.HEAD, 0.9)


class Completed(Named):
    """Finds products for words that only describe."""

    def _neighbours(self, last: Entry) -> Choice:
        """*2 de alcalina y 3 normales*: the plain thing has another noun; the shop asks which of the shelf."""
        entries = self._lookup.index.entries
        shelves = {entries[at].category for at in last.reading.choice.places}
        near = [
            at for at, entry in enumerate(entries) if entry.category in shelves and at not in last.reading.choice.places
        ]
        alike = self._most_alike(last, near)
        if len(alike) == 1:
            return Choice(Outcome.ONE, (alike[0],), 0.9, "the plain one beside it")
        if not near or len(near) > _FEW_NEIGHBOURS:
            return NOTHING
        return Choice(Outcome.SEVERAL, tuple(near), reason="the plain one of the shelf")

    def _most_alike(self, last: Entry, near: Sequence[int]) -> list[int]:
        """Of its neighbours those that share a word and every size with what was named: *Relleno … 20 L* of both."""
        entries = self._lookup.index.entries
        if last.reading.choice.outcome is not Outcome.ONE:
            return []
        mine = entries[last.reading.choice.places[0]]
        keys = frozenset(mine.forms[0].keys)
        same_size = [at for at in near if entries[at].sizes == mine.sizes and mine.sizes]
        shared = {at: len(keys & frozenset(entries[at].forms[0].keys)) for at in same_size}
        most = max(shared.values(), default=0)
        return [at for at, count in shared.items() if count == most] if most else []

    def _on_the_shelf(self, last: Entry, places: set[int], sizes: tuple[Size, ...]) -> set[int]:
        """*1 paquete de botellitas de medio litro y 1 de litro*: where no namesake has the size, its neighbours may."""
        if any(self._has_sizes(at, sizes) for at in places):
            return places
        entries = self._lookup.index.entries
        shelves = {entries[at].category for at in last.reading.choice.places}
        near = (at for at, entry in enumerate(entries) if entry.category in shelves)
        return {at for at in near if self._has_sizes(at, sizes)} or places

    def _has_sizes(self, at: int, sizes: tuple[Size, ...]) -> bool:
        return all(self._lookup.index.entries[at].comes_in(said) for said in sizes)

    def _plain_one(self, last: Entry, heads: Group) -> Choice:
        """*chicharrón prensado y del normal*: of the others called so the plain one, unless that was it already."""
        plain = choose(heads, (), self._lookup.index)
        if plain.outcome is Outcome.ONE and plain.reason in {PLAIN_VARIANT, ITS_NAME}:
            return plain
        others = heads.places - set(last.reading.choice.places)
        if last.reading.choice.outcome is Outcome.ONE and others:
            choice = choose(Group(heads.words, others), (), self._lookup.index)
            if choice.outcome is Outcome.ONE or len(choice.places) < len(heads.places):
                return choice
        return self._neighbours(last)

    def _says_only_size(self, reading: Reading, heads: Group) -> bool:
        """*dos Topo Chico grandes y tres chicos*: what all are called tells none apart."""
        words = reading.group.words
        return bool(words) and all(word.keys <= SIZE_WORDS and heads.places <= word.hits.keys() for word in words)

    def _completed(self, last: Entry, reading: Reading, sizes: tuple[Size, ...]) -> Choice:
        """What the description comes to with a noun of the thing named before."""
        found = NOTHING
        for heads in self._kinds(last):
            choice = self._completed_by(heads, last, reading, sizes)
            if choice.outcome is Outcome.ONE:
                return choice
            found = choice if found.outcome is Outcome.NONE else found
        return found

    def _completed_by_earlier(
        self, last: Entry | None, reading: Reading, sizes: tuple[Size, ...]
    ) -> tuple[Choice, Entry | None]:
        """*2 cocas de 600, unas sabritas y una de 3*: where the last thing has no such variant, one before it may."""
        if not (reading.group.words or sizes or reading.size_words):
            return NOTHING, None
        for entry in reversed(self.entries):
            if entry is not last and entry.known and not entry.elliptic:
                choice = self._completed(entry, reading, sizes)
                if choice.outcome is not Outcome.NONE:
                    return choice, entry
        return NOTHING, None

    def _kinds(self, last: Entry) -> Iterator[Group]:
        """The nouns said together, each by itself, and what the thing is called that was only told by its brand."""
        said = heads_of(last.reading.group)
        yield said
        if len(said.words) > 1:
            yield from (Group([word], set(word.hits)) for word in said.words)
        if last.reading.choice.outcome is not Outcome.ONE:
            return
        brands = (word for word in last.reading.group.words if not word.keys & said.keys)
        yield from (Group([word], set(word.hits)) for word in brands if self._names_all(word, last))
        entries, seen = self._lookup.index.entries, set(said.keys)
        for place in last.reading.choice.places:
            head = entries[place].forms[0].head
            if head and head not in seen:
                seen.add(head)
                hits = {at: hit for at, hit in self._lookup.index.exact(head).items() if hit.role is Role.HEAD}
                yield Group([Word(frozenset({head}), (last.reading.first,), hits)], set(hits))

    def _names_all(self, word: Word, last: Entry) -> bool:
        return all(word.role_in(at) >= Role.TOLD for at in last.reading.choice.places)

    def _completed_by(self, heads: Group, last: Entry, reading: Reading, sizes: tuple[Size, ...]) -> Choice:
        if self._says_only_size(reading, heads):
            reading = replace(reading, group=Group(), size_words=reading.size_words | reading.group.keys)
        if reading.size_words and not heads.places & reading.group.places:
            reading = replace(reading, group=Group())
        places = heads.places & reading.group.places if reading.group.words else set(heads.places)
        if not places:
            return NOTHING
        if not (reading.group.words or sizes or reading.size_words) and last.known:
            return self._plain_one(last, heads)
        if not reading.group.words and sizes:
            places = self._on_the_shelf(last, places, sizes)
            heads = Group(
                [replace(word, hits={**dict.fromkeys(places, _SAME_SHELF), **word.hits}) for word in heads.words],
                places,
            )
        words = [*heads.words, *(replace(word, anchors=False) for word in reading.group.words)]
        choice = choose(Group(words, places), sizes, self._lookup.index, reading.size_words)
        told = set(choice.places) & places & last.reading.group.places
        if choice.outcome is Outcome.SEVERAL and told and reading.group.words:
            choice = choose(Group(words, told), sizes, self._lookup.index, reading.size_words)
        if choice.outcome is Outcome.SEVERAL and reading.group.words:
            choice = self._still_said(choice, Group(words, places), last, reading, sizes)
        return choice if choice.found else NOTHING

    def _still_said(
        self, choice: Choice, group: Group, last: Entry, reading: Reading, sizes: tuple[Size, ...]
    ) -> Choice:
        """*un plumón para pizarrón azul y uno negro*: what else was said of the first goes for the second too."""
        left = set(choice.places)
        for word in last.reading.group.words:
            left = left & word.hits.keys() or left
        if left == set(choice.places):
            return choice
        return choose(Group(group.words, left), sizes, self._lookup.index, reading.size_words)

    def _beside_the_named(self, places: set[int]) -> set[int]:
        """*cloro 20 litros, lavanda 10*: on a shelf of what was named, and sold in the same way."""
        products = self._lookup.index.products
        said = {at for entry in self.entries for at in entry.reading.choice.places}
        shelves = {(products[at].category, products[at].unit) for at in said}
        return {at for at in places if (products[at].category, products[at].unit) in shelves}

    def _by_detail(self, line: Line, reading: Reading, sizes: tuple[Size, ...]) -> Choice:
        """Without a noun a detail will do if only one product has it: *4 kilos express*."""
        brought = unnamed(self._tokens[reading.first : reading.last + 1], self._lookup.index)
        if line.amount is not None and not sizes and brought.outcome is not Outcome.NONE:
            return brought
        hits = reading.group.words[0].hits if reading.group.words else {}
        sure = {at for at, hit in hits.items() if hit.role > Role.ABOUT and hit.score > SYNONYM_SCORE}
        places = reading.group.places & sure
        if reading.group.keys <= ATTRIBUTES and line.amount is None:
            places = set()
        first = text_at(self._tokens, reading.first - 1)
        lone = len(reading.group.words) == 1 and reading.group.keys & GOODS and not line.changes
        if lone and not (first in LINKS and line.amount and not (line.amount.pack or line.amount.unit in WEIGHTS)):
            places = self._beside_the_named(places) if line.amount and line.amount.explicit else set()
        places = {at for at in places if self._has_sizes(at, sizes)} or places  # *quita el molido de 15*
        if len(places) == 1 and (line.amount is not None or not reading.sure or line.changes):
            return Choice(Outcome.ONE, tuple(places), 0.9, "the only one so described")
        if places and line.amount is not None and line.amount.explicit and (not reading.sure or lone):
            return Choice(Outcome.SEVERAL, tuple(sorted(places))[:MAX_CANDIDATES], reason="described, not named")
        if not reading.group.words and sizes and all(entry.known for entry in self.entries):
            fitting = [at for at in range(len(self._lookup.index.entries)) if self._has_sizes(at, sizes)]
            fitting = refills_among(fitting, self.entries, self._lookup.index)
            if len(fitting) == 1:
                return Choice(Outcome.ONE, (fitting[0],), 0.9, "the only one of that size")
            if fitting:
                return Choice(Outcome.SEVERAL, tuple(fitting[:MAX_CANDIDATES]), reason="only a size was said")
        return NOTHING
