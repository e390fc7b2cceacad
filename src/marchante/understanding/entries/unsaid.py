"""Lines that leave out the thing itself: *8 kilos y 2 cobijas*, *me rellena 2*, *…, en bolsas de 15*."""

from marchante.understanding.entries.brought import by_the_kilo, usual_refill
from marchante.understanding.entries.entries import Entry, heads_of
from marchante.understanding.entries.line_kinds import LineKinds
from marchante.understanding.lexicon.goods import BRANDS
from marchante.understanding.lexicon.words import DEFINITE, LINKS, PACKAGING, STOPWORDS
from marchante.understanding.lines.lines import Line
from marchante.understanding.phrases.readings import Reading, Verdict
from marchante.understanding.shop.matching import Outcome
from marchante.understanding.shop.vessels import TELLS_STATE, VESSELS
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import amount_at

_HAVING = frozenset({"trae", "traen", "tiene", "tienen", "viene", "vienen", "lleva", "llevan"})
_COMING = frozenset(
    {"van", "va", "vienen", "son", "mando", "dejo", "llevo", "traigo", "tengo", "pesan", "pesa", "pesaron"}
)
_BEING = frozenset({"es", "son", "eran"})
_FILLING = ("rellen", "llen", "recarg")
_NEAR = 2


class Unsaid(LineKinds):
    """Knows what the shop takes in or brings anyway."""

    def _leaves_out_the_thing(self, line: Line) -> bool:
        self._fills_some(line)
        return self._tells_its_box(line) or self._is_the_usual(line) or self._tells_of_a_part(line)

    def _fills_some(self, line: Line) -> None:
        """*3 garrafones 1 alcalina* are three; *3 garrafones y 1 alcalina* are four."""
        last, amount, vessels = self._latest, line.amount, self._lookup.index.vessels
        if last is None or last.amount is None or amount is None or len(line.words) != 1 or line.changes:
            return
        word = self._tokens[line.words[0]]
        between = [token.text for token in self._tokens[last.reading.last + 1 : amount.start]]
        plain = not (amount.unit or amount.pack or amount.of or last.amount.unit or last.line.trailing)
        contained = bool(last.reading.group.keys & VESSELS) and set(last.reading.choice.places) <= vessels.keys()
        told = plain and contained and between in ([], [","]) and word.key not in VESSELS | TELLS_STATE | BRANDS
        end = line.words[0] + 1
        ahead = range(end, min(end + 2, len(self._tokens)))
        goes_on = any(amount_at(self._tokens, at) for at in ahead)  # *…, 1 alcalina, 2 mineral*
        within = set(self._lookup.hits(word)) & vessels.keys()
        if told and within and not goes_on and amount.value < last.amount.value:
            line.partitive = last.line.partitive = True

    def _tells_of_a_part(self, line: Line) -> bool:
        """*6 filipinas, dos traen manchas*"""
        last, amount = self._latest, line.amount
        if last is None or last.amount is None or amount is None or line.words or amount.unit or amount.of:
            return False
        has = text_at(self._tokens, amount.end) in _HAVING
        told = has and not line.changes and amount.value <= last.amount.value
        self.settled.update([amount.start] if told else [])
        return told

    def _is_the_usual(self, line: Line) -> bool:
        """*son 8 kilos y 2 cobijas* where clothes are washed by the kilo, *me rellena 2* where garrafones are."""
        amount = line.amount
        told = line.changes or line.asked or line.negated or line.corrects or line.sizes or line.each or line.rest
        if amount is None or told or amount.pack or self._says_more(line):
            return False
        if amount.unit == "kg" and self._takes_no_kilos():
            choice = by_the_kilo(self._lookup.index)
        elif not amount.unit and not self.entries and line.wanted and self._is_filled(amount.start):
            choice = usual_refill(self._lookup.index)
        else:
            return False
        if choice.outcome is not Outcome.ONE:
            return False
        self.entries.append(Entry(line, Reading(Verdict.PRODUCT, amount.start, amount.end - 1, choice), amount))
        return True

    def _says_more(self, line: Line) -> bool:
        said = (self._tokens[at].text for at in line.words)
        return any(text not in STOPWORDS and text not in _COMING for text in said)

    def _takes_no_kilos(self) -> bool:
        """Whether all that was named before has its amount and is counted by the piece."""
        index = self._lookup.index
        return all(
            entry.amount is not None and all(map(index.is_service, entry.reading.choice.places))
            for entry in self.entries
        )

    def _is_filled(self, position: int) -> bool:
        before = self._tokens[max(0, position - _NEAR) : position]
        return any(token.text.startswith(_FILLING) for token in before)

    def _tells_whose(self, line: Line) -> bool:
        """*5 guayaberas, son de los meseros*"""
        said = [self._tokens[at].text for at in line.words[:3]]
        whose = said[:1] != [] and said[0] in _BEING and said[1:2] != [] and said[1] in LINKS
        pointed = said[1:2] == ["del"] or (said[2:] != [] and said[2] in DEFINITE)
        return whose and pointed and line.amount is None and bool(self.entries)

    def _tells_its_box(self, line: Line) -> bool:
        """*30 kg de hielo molido, en bolsas de 15*: in which of its packs the last thing is to come."""
        last = self._latest
        said = [self._tokens[at] for at in line.words]
        boxed = said[:1] != [] and said[0].text == "en" and any(token.key in PACKAGING for token in said)
        if last is None or not last.known or not boxed or line.amount is not None or not line.sizes:
            return False
        if any(token.key not in PACKAGING and token.text not in STOPWORDS for token in said):
            return False
        alike = last.reading.choice.places
        alike = alike if len(alike) > 1 else tuple(heads_of(last.reading.group).places & last.reading.group.places)
        entries, size = self._lookup.index.entries, line.sizes[0][0]
        fitting = tuple(at for at in alike if entries[at].comes_in(size))
        if len(fitting) == 1:
            last.reading.choice = last.reading.choice.narrowed_to(fitting, "in that packaging")
        return len(fitting) == 1
