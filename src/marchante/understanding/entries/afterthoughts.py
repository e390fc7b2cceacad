"""Second thoughts about the last thing named: *no del petacón*, *no, de pollo mejor*, *en vez de una, dos*."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from marchante.understanding.entries.asides import Asides
from marchante.understanding.entries.entries import Entry, heads_of
from marchante.understanding.lexicon.words import DETERMINERS, LINKS
from marchante.understanding.lines.lines import Line
from marchante.understanding.phrases.readings import Reading, Verdict
from marchante.understanding.shop.matching import Choice, Group, Outcome, choose
from marchante.understanding.shop.product_names import Role
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import Spoken


class Afterthoughts(Asides):
    """Changes what was read before by what the customer adds to it."""

    def _leaves_others(self, line: Line, ruled_out: Sequence[Reading]) -> bool:
        """*mango, pero no del petacón*: of the last thing the variants not ruled out stay."""
        last = self._latest
        if last is None or not last.known or last.op == "remove":
            return False
        alike, entries = heads_of(last.reading.group).places, self._lookup.index.entries
        gone = {at for reading in ruled_out if self._of_that_kind(reading, alike) for at in self._told_by(reading)}
        gone |= {at for at in alike if any(entries[at].comes_in(size) for size in line.said_sizes)}
        chosen = set(last.reading.choice.places)
        kind = chosen if last.reading.choice.outcome is Outcome.SEVERAL else last.reading.group.anchored()
        left = kind - gone
        if not left or not gone & kind:
            return False
        if last.reading.choice.outcome is Outcome.SEVERAL or chosen & gone:
            last.reading.choice = self._chosen_among(last, left)
        return True

    def _is_of_its_kind(self, reading: Reading, whole: Entry | None) -> bool:
        """*6 cuernos, 2 rellenos de jamón*: told without the noun, though it is found without it too."""
        if whole is None or reading.verdict is not Verdict.PRODUCT or self._names_a_thing(reading):
            return False
        return set(reading.choice.places) <= heads_of(whole.reading.group).places

    def _spoken_of(self, reading: Reading, amount: Spoken | None) -> set[int]:
        """*un pollo enchilado … y el pollo que venga partido*: the noun with its article is any that was named."""
        by_noun = amount is None and len(reading.group.words) == 1 and self._is_pointed_at(reading)
        return set(reading.choice.places) | (reading.group.anchored() if by_noun else set())

    def _is_pointed_at(self, reading: Reading) -> bool:
        return text_at(self._tokens, reading.first - 1) in DETERMINERS

    def _names_a_thing(self, reading: Reading) -> bool:
        return any(hit.role is Role.HEAD for word in reading.group.words for hit in word.hits.values())

    def _told_by(self, reading: Reading) -> set[int]:
        words = reading.group.words
        return {at for at in reading.group.places if any(word.role_in(at) > Role.ABOUT for word in words)}

    def _of_that_kind(self, reading: Reading, alike: set[int]) -> bool:
        named = reading.group.anchored()
        return reading.verdict is not Verdict.PRODUCT or not named or bool(named & alike)

    def _chosen_among(self, last: Entry, left: set[int]) -> Choice:
        if len(left) == 1:
            return last.reading.choice.narrowed_to(left, "the one not ruled out")
        choice = choose(Group(last.reading.group.words, left), last.sizes, self._lookup.index)
        return choice if choice.found else Choice(Outcome.SEVERAL, tuple(sorted(left)), reason="not ruled out")

    def _corrects_part(self, line: Line, reading: Reading, amount: Spoken | None) -> bool:
        """*milanesa de res, no, de pollo mejor*: the noun and the amount stay, only the kind is another."""
        last = self._latest
        linked = self._first_word(line) in LINKS
        linked = linked or not self._names_a_thing(reading)  # *cable 12, digo calibre 14*
        if last is None or not last.known or not (line.corrects and linked) or line.changes:
            return False
        if amount is not None and (amount.unit or self._names_a_thing(reading)):
            return False
        described = self._completed(last, reading, line.said_sizes)
        if described.outcome is not Outcome.ONE:
            return False
        last.reading = replace(last.reading, choice=described)
        self.settled.update([last.amount.start] if amount and last.amount else [])
        last.amount = amount or last.amount
        return True

    def _drop_shared_out(self) -> None:
        """*3 sobres también de Whiskas, 2 de atún y uno de pollo* are three: the whole is its parts."""
        for place, entry in enumerate(tuple(self.entries)):
            amount = entry.whole or entry.amount
            whole = entry.known and entry.op == "add" and not entry.elliptic
            if amount is None or amount.unit or not whole:
                continue
            parts = self._parts_of(entry, self.entries[place + 1 :])
            if len(parts) > 1 and sum(parts) == amount.value:
                self.entries.remove(entry)
                self.settled.add(amount.start)
                break

    def _parts_of(self, whole: Entry, following: Sequence[Entry]) -> list[Decimal]:
        """Give the amounts of what follows and is told without the noun of the whole."""
        alike, parts = heads_of(whole.reading.group).places, []
        for part in following:
            told_so = part.elliptic and set(part.reading.choice.places) <= alike
            if not told_so or part.amount is None or part.amount.unit:
                break
            parts.append(part.amount.value)
        return parts
