"""Lines that name no thing of their own: packaging alone, the work alone, *de ellos*."""

from collections.abc import Sequence
from decimal import Decimal

from marchante.understanding.entries.afterthoughts import Afterthoughts
from marchante.understanding.entries.chatter import is_chatter
from marchante.understanding.entries.sharing import SORTS
from marchante.understanding.lexicon.attributes import SERVICES
from marchante.understanding.lexicon.words import COUNTERS, PACKAGING, STOPWORDS
from marchante.understanding.lines.lines import Line, points_back
from marchante.understanding.phrases.readings import Reading, Verdict
from marchante.understanding.shop.lookup import names_a_product
from marchante.understanding.words.quantities import Spoken

_THESE = frozenset({"ellos", "ellas", "esos", "esas", "estos", "estas"})


class LineKinds(Afterthoughts):
    """Tells such lines from others."""

    def _take_pronoun(self, line: Line) -> None:
        """*3 garrafones, uno de ellos alcalina*: one of the three."""
        said = [self._tokens[at].text for at in line.words[:3]]
        whose = 2 if said[:1] == ["de"] and said[1:] and said[1] in _THESE else 0
        whose = 3 if said in (["de", "las", "cuales"], ["de", "los", "cuales"]) else whose
        if line.amount and line.words and said[0] in {"es", "son"} and line.amount.start == line.words[0] - 1:
            whose = 1  # *dos chamarras para lavar, una es de piel*
        if line.amount and self.entries and whose:
            line.partitive = True
            del line.words[:whose]
        both = self._first_word(line) in {"ambos", "ambas"}
        if both and line.amount is None and len(line.words) > 1 and len(self.entries) > 1:  # *…, ambos king*
            line.amount = Spoken(Decimal(2), line.words[0], line.words[0] + 1)
            del line.words[0]
        if line.each:  # *una de cada sabor*
            line.words = [at for at in line.words if self._tokens[at].text not in SORTS]

    def _only_boxes(self, line: Line, useful: Sequence[Reading]) -> bool:
        """*al cemento súmale 2 bultos*: packaging by itself says how much of what was named before."""
        if not self.entries or not line.amount or not (self.entries[-1].amount is None or self.entries[-1].asked):
            return False
        if points_back(line, self._tokens):
            return False
        return all(self._is_a_box(reading) for reading in useful)

    def _is_a_box(self, reading: Reading) -> bool:
        """Whether nothing but packaging was said, be it such as no product of the shop comes in: *lija, 6 hojas*."""
        if reading.group.words:
            return all(word.keys & PACKAGING for word in reading.group.words)
        said = [token for token in self._tokens[reading.first : reading.last + 1] if token.text not in STOPWORDS]
        return reading.verdict is Verdict.UNKNOWN and all(token.key in PACKAGING | COUNTERS for token in said)

    def _names_something(self, line: Line, reading: Reading) -> bool:
        """Also what the shop lacks: *2 bolsas de Tutsi Pop* are none of the bags it has."""
        lacking = reading.verdict is Verdict.UNKNOWN and line.amount is not None and line.amount.of
        if lacking:
            return not is_chatter(line, reading, self._tokens)
        return reading.verdict in (Verdict.PRODUCT, Verdict.ELLIPTIC)

    def _only_a_service(self, line: Line, useful: Sequence[Reading]) -> bool:
        """*lavar y planchar 6 camisas*: the work is named first, for what comes after it."""
        if self.entries or self._ending or line.amount is not None or line.asked or line.changes or not useful:
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
