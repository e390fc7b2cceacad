"""Amounts that belong to things named before: *lo demás 1/2*, *de cada una*, *tres del otro*."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from marchante.understanding.entries.entries import Entry, heads_of
from marchante.understanding.entries.sharing import Sharing
from marchante.understanding.lexicon.fillers import IDIOMS
from marchante.understanding.lexicon.words import ANOTHER, ARTICLES, LINKS, PACKAGING, THE, WEIGHTS
from marchante.understanding.lines.lines import Line
from marchante.understanding.normalize import other_gender
from marchante.understanding.phrases.narrowing import narrow_by_amount
from marchante.understanding.phrases.readings import Reading
from marchante.understanding.shop.matching import Group, Outcome, choose
from marchante.understanding.words.numerals import key_at, text_at
from marchante.understanding.words.quantities import Spoken
from marchante.understanding.words.sizes import Size

_NEAR = 3
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


class Named(Sharing):
    """How amounts that come later spread over what a message has named so far."""

    def _repeated(self, amount: Spoken | None) -> Spoken | None:
        """*media docena y verdes otra media*, *un kilo y chambarete otro tanto*: as the amount before."""
        last = next((entry.amount for entry in reversed(self.entries) if entry.amount), None)
        if amount is None or last is None:
            return amount
        if last.unit == "dozen" and amount.of and self._tokens[amount.start].text == "media" and not amount.unit:
            return replace(amount, value=amount.value * 12, unit="dozen")  # *una docena de limones y media de naranja*
        if self._tokens[amount.start].text not in ANOTHER:
            return amount
        if amount.of and amount.end == amount.start + 1 and (last.unit or last.fraction):
            small = last.fraction and last.value < 1  # *un cuarto de jamón, otro de chorizo*
            return replace(
                last if small else replace(last, value=Decimal(1)), start=amount.start, end=amount.end, of=True
            )
        if self._tokens[amount.end - 1].text == "tanto":
            return replace(last, start=amount.start, end=amount.end, of=amount.of)
        if amount.fraction and not amount.unit and last.unit == "dozen":
            return replace(amount, value=amount.value * 12, unit="dozen")
        return amount

    def _alike(self, line: Line) -> Spoken | None:
        """The amount of what the shop lacks goes over to what is wanted in its stead."""
        last = self._latest
        return last.amount if line.alternative and last is not None and not last.known else None

    def _amount_only(self, line: Line) -> None:
        amount = line.amount
        if amount is None and self.entries and self.entries[-1].known:
            self.entries[-1].sizes += tuple(size for size in line.said_sizes if size.kilos)
        if amount is None or not self.entries or amount.plural_article:
            return
        if amount.of and any(self._tokens[at].text in LINKS for at in line.words):
            self._the_other(line, amount)
            return
        if key_at(self._tokens, amount.end) in IDIOMS:
            self.settled.add(amount.start)  # *son 50 años*, *somos 8 personas*
            return
        last = self.entries[-1]
        if self._belongs_elsewhere(line, last, amount):
            return
        if last.asked and line.wanted:
            kilos = last.amount is not None and last.amount.unit == "kg" and not (amount.unit or amount.pack)
            amount = replace(amount, unit="kg") if kilos else amount
            last.asked, last.amount, last.op = False, amount, line.op
        elif self._is_put_right(line, last, amount):
            old = last.amount
            last.amount = self._in_the_old_unit(amount, old) if old else amount
            told = old is None and self._merely_counts(last, amount)
            ordering = told or any(
                each.amount and each.op == "add" and not each.line.changes for each in self.entries[:-1]
            )
            if line.op == "set" or (old is None and last.line.amount is None and not (last.line.wanted or ordering)):
                last.op = "set"
                last.line.changes = True
        elif (last.amount is None or not last.amount.counts) and not self._rows_apart(last, amount):
            self.settled.update([last.amount.start] if last.amount else [])
            last.amount = amount
            narrow_by_amount(last.reading, amount, self._lookup.index)
            self._in_that_box(line, last, amount)
            last.op = line.op if line.changes else last.op
            last.line.changes |= line.changes

    def _is_put_right(self, line: Line, last: Entry, amount: Spoken) -> bool:
        """*súbele a 3*, *no, mejor 3*, *tres pliegos, cinco pues*"""
        rather = text_at(self._tokens, amount.end) == "pues"
        return rather or line.op == "set" or line.corrects or (last.op == "set" and line.op == "add" and line.changes)

    def _merely_counts(self, last: Entry, amount: Spoken) -> bool:
        """*cortinas, son 6 hojas* orders; *las cortinas, son 6* may be a change."""
        said = text_at(self._tokens, amount.start - 1) == "son"
        return said and bool(last.line.words) and self._first_word(last.line) not in THE

    def _belongs_elsewhere(self, line: Line, last: Entry, amount: Spoken) -> bool:
        """Whether it is no plain amount of the last thing."""
        if (line.op == "set" or line.corrects) and self._halve_all(amount):
            return True
        if self._is_the_total(amount):
            return True
        if self._comes_instead(line, last, amount) or self._and_a_half(line, last, amount):
            return True
        return self._one_after_the_other(last, amount) or self._sold_otherwise(line, last, amount)

    def _comes_instead(self, line: Line, last: Entry, amount: Spoken) -> bool:
        """*en vez de 2 kilos de papa que sean 3*; *mejor gala en vez de golden, 2 kilos*"""
        before = self.entries[-2] if len(self.entries) > 1 and last.line.instead and last.op == "remove" else None
        if (
            before is not None
            and before.amount is None
            and before.op != "remove"
            and (before.line.changes or before.line.corrects)
        ):
            before.amount = amount
            return True
        if not (line.swapped and last.op == "remove" and last.line.instead and last.amount is not None):
            return False
        last.op, last.amount = "set", self._in_the_old_unit(amount, last.amount)
        return True

    def _in_the_old_unit(self, amount: Spoken, old: Spoken) -> Spoken:
        self.settled.add(old.start)
        boxed = key_at(self._tokens, amount.end) in PACKAGING
        bare = not (amount.unit or amount.pack or amount.fraction or (boxed and old.unit == "peso"))
        return replace(amount, unit=old.unit, pack=old.pack, of=old.of) if bare else amount

    def _in_that_box(self, line: Line, last: Entry, amount: Spoken) -> None:
        """*purina para ponedoras, un bulto*: the packaging says which."""
        at = amount.end - 1 if amount.pack else line.words[-1] if line.words else -1
        if at < 0 or self._tokens[at].key not in PACKAGING or not last.known:
            return
        box = self._lookup.hits(self._tokens[at])
        boxed = {at for at in heads_of(last.reading.group).places & last.reading.group.places if at in box}
        if len(boxed) == 1:
            last.reading.choice = last.reading.choice.narrowed_to(boxed, "in that packaging")

    def _halve_all(self, total: Spoken) -> bool:
        """*mitad roja mitad verde, en total 2 kilos*"""
        parts = [entry.amount for entry in self.entries if entry.amount is not None]
        if not parts or any(self._tokens[part.start].text != "mitad" for part in parts):
            return False
        self.settled.update(part.start for part in parts)
        for entry in self.entries:
            if entry.amount is not None:
                entry.amount = replace(total, value=total.value * entry.amount.value, fraction=False)
                entry.op = "add"
        self.settled.add(total.start)
        return True

    def _one_after_the_other(self, last: Entry, amount: Spoken) -> bool:
        """*bebedero y comedero 2 y 2*, *de vainilla y de chocolate, 4 y 6*: the amounts in the order of the things."""
        if last.amount is None or amount.unit or amount.pack:
            return False
        follows = last.amount.end == amount.start - 1 and self._tokens[amount.start - 1].text == "y"
        counted = last.line.trailing or last.line.amount is None
        uncounted = [at for at, entry in enumerate(self.entries) if entry.amount is None and entry.known]
        if not follows or not counted or not uncounted:
            return False
        row = self.entries[uncounted[-1] :]
        for entry, following in pairwise(row):
            entry.amount = following.amount
        last.amount = amount
        return True

    def _sold_otherwise(self, line: Line, last: Entry, amount: Spoken) -> bool:
        """*2 paquetes de tortillas y un kilo*: of the same name what is sold by weight."""
        boxed = last.amount is not None and bool(last.amount.pack) and self._tokens[amount.start - 1].text == "y"
        if not boxed or amount.unit not in WEIGHTS or line.op != "add" or line.corrects:
            return False
        products, heads = self._lookup.index.products, heads_of(last.reading.group)
        loose = {at for at in heads.places if products[at].unit == "kg"}
        choice = choose(Group(heads.words, loose), (), self._lookup.index) if loose else None
        if choice is None or choice.outcome is not Outcome.ONE:
            return False
        self.entries.append(Entry(line, replace(last.reading, choice=choice, notes=[]), amount, elliptic=True))
        return True

    def _is_the_total(self, amount: Spoken) -> bool:
        """*3 gansitos y 2 takis, en total 5 cosas*"""
        counts = [entry.amount for entry in self.entries if entry.amount is not None]
        bare = [each.value for each in counts if not (each.unit or each.pack)]
        total = len(bare) > 1 and len(bare) == len(counts) == len(self.entries) and sum(bare) == amount.value
        near = self._tokens[max(0, amount.start - _NEAR) : amount.end + _NEAR]
        if not total or amount.unit or all(token.text != "total" for token in near):
            return False
        self.settled.add(amount.start)
        return True

    def _and_a_half(self, line: Line, last: Entry, amount: Spoken) -> bool:
        """*un pollo y medio*"""
        whole, before = last.amount, text_at(self._tokens, amount.start - 1)
        halves = amount.fraction and amount.value < 1 and not (amount.unit or amount.pack) and before == "y"
        if self._tokens[amount.start].text == "mitad":
            return False
        if whole is None and halves and amount.start - 1 == last.reading.last + 1 and not line.changes:
            last.doubt = "a half was said beside the whole"  # *pollo y medio*
        if whole is None or not halves or whole.fraction or whole.unit not in {"", "kg", "l"} or line.changes:
            return False
        if self._tokens[amount.start].text in ARTICLES:
            return self._the_half_one(line, last, amount)
        self.settled.add(amount.start)
        last.amount = replace(whole, value=whole.value + amount.value, explicit=True, fraction=bool(whole.unit))
        return True

    def _the_half_one(self, line: Line, last: Entry, amount: Spoken) -> bool:
        """*una barra de hielo y una media*, *un pollo rostizado y un medio*, where half of it is sold as such."""
        half = self._tokens[amount.end - 1]
        keys = {half.key, other_gender(half.key)}
        alike = heads_of(last.reading.group).places
        halves = {at for key in keys for at in self._lookup.index.exact(key) if at in alike}
        if len(halves) != 1 or not last.known:
            return False
        choice = last.reading.choice.narrowed_to(halves, "half of what was named")
        one = replace(amount, value=Decimal(1), fraction=False, explicit=False)
        self.entries.append(Entry(line, replace(last.reading, choice=choice, notes=[]), one, elliptic=True))
        return True

    def _the_other(self, line: Line, amount: Spoken) -> None:
        """*suavizante 4 litros, uno de bebé y tres del otro*"""
        whole, last = self._antecedent(), self._last_known()
        if whole is None or last is None or whole is last or not self._says_other(amount):
            return
        left = [at for at in whole.reading.choice.places if at not in last.reading.choice.places]
        if len(left) != 1:
            return
        choice = last.reading.choice.narrowed_to(left, "the other of the two")
        amount = self._share(whole, amount, choice) or amount
        found = replace(last.reading, choice=choice, notes=[])
        self.entries.append(Entry(line, found, amount, whole.sizes, line.op, line.asked, elliptic=True))

    def _says_other(self, amount: Spoken) -> bool:
        return any(token.text in ANOTHER for token in self._tokens[amount.end : amount.end + 2])

    def _rows_apart(self, last: Entry, amount: Spoken) -> bool:
        return any(token.text == "\n" for token in self._tokens[last.reading.last : amount.start])

    def _spread(self, line: Line) -> None:
        """*medio kilo de cada una*, *lo demás 1/2*, *un kilo del primero*."""
        ordinal = self._ordinal(line)
        if ordinal is not None:
            if -len(self.entries) <= ordinal < len(self.entries):
                self.entries[ordinal].amount = line.amount
            return
        if line.each and not self.entries:
            self._for_each = line.amount
        if line.each and self._one_of_each(line):
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
                entry.reading.choice = choice if choice.places else entry.reading.choice

    def _choose_among(self, reading: Reading, group: Group, sizes: tuple[Size, ...]) -> None:
        common = reading.group.places & group.places if group.words else set(reading.group.places)
        if not common:
            return
        more = [replace(word, anchors=False) for word in group.words if common <= word.hits.keys()]
        choice = choose(Group([*reading.group.words, *more], common), sizes, self._lookup.index)
        if choice.found:
            reading.choice = choice

    def _last_known(self) -> Entry | None:
        return next((entry for entry in reversed(self.entries) if entry.known), self._topic)

    def _antecedent(self) -> Entry | None:
        """The last thing named with its noun; things named by pointing back point further."""
        return next((entry for entry in reversed(self.entries) if entry.known and not entry.elliptic), self._topic)

    def _instead_of(self, line: Line) -> Entry | None:
        """Of what the shop lacks in that kind the noun still stands: *coca de vidrio? si no, 2 de 600*."""
        last = self._latest
        lacking = last is not None and not last.known and bool(last.reading.group.words)
        return last if lacking and line.alternative else self._antecedent()
