"""What a line says of work and of garments, and what the shop does to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from marchante.understanding.lexicon.words import STOPWORDS
from marchante.understanding.lexicon.works import CARES, LIGHT, WORK_OF, WORN
from marchante.understanding.lines.lines import Line
from marchante.understanding.normalize import word_key
from marchante.understanding.phrases.readings import is_traded
from marchante.understanding.shop.lookup import Lookup
from marchante.understanding.shop.product_names import Role
from marchante.understanding.words.tokens import Token, tokenize_name

MEASURES = frozenset({"cm", "in", "m"})
PIECES = frozenset(map(word_key, ("pieza", "pza", "prenda", "pz")))
_MEASURED = frozenset({"cm", "centimetro", "metro"})
_NO_GARMENT = frozenset(map(word_key, ("prenda", "carga", "invisible", "pieza", "hoyo", "maquina"))) | WORK_OF.keys()
_ALREADY = 3
_WASHED = frozenset({"lavado", "limpieza"})
_DONE = ("ado", "ada", "ados", "adas", "limpio", "limpia", "limpios", "limpias")


@dataclass(slots=True)
class Strand:
    """A line with what it says: positions of works and of the garments they are done to."""

    line: Line
    works: list[int] = field(default_factory=list)
    things: list[int] = field(default_factory=list)
    lent: list[int] = field(default_factory=list)

    @property
    def only_work(self) -> bool:
        return bool(self.works) and not self.things

    @property
    def only_thing(self) -> bool:
        return bool(self.things) and not (self.works or self.lent)

    @property
    def amounted(self) -> bool:
        return self.line.amount is not None and self.line.amount.unit not in MEASURES

    @property
    def counted(self) -> bool:
        amount = self.line.amount
        return amount is not None and amount.explicit and amount.unit not in MEASURES


class Workshop:
    """Knows which works the shop does to which garments."""

    def __init__(self, tokens: Sequence[Token], lookup: Lookup) -> None:
        self._tokens = tokens
        self._lookup = lookup

    def strand(self, line: Line) -> Strand:
        """Tell the works and the garments of a line apart; what was done at home is taken out of it."""
        strand = Strand(line)
        amount = line.amount
        if amount and amount.pack and not line.words and self._is_thing(self._tokens[amount.end - 1]):
            line.words.append(amount.end - 1)  # *1 saco* is a jacket
            line.amount = replace(amount, pack="", end=amount.end - 1)
        self._without_purpose(line)
        for at in tuple(line.words):
            token = self._tokens[at]
            if not token.is_word or token.text in STOPWORDS:
                continue
            if not self._lookup.work_of(token):
                strand.things += [at] if self._is_thing(token) else []
            elif self._is_done_already(at):
                line.words.remove(at)
            else:
                strand.works.append(at)
        makers = [at for at in strand.things if self._tokens[at].text in WORN]
        if makers and len(makers) < len(strand.things):  # *2 bolsas coach de piel*
            line.words = [at for at in line.words if at not in makers]
            strand.things = [at for at in strand.things if at not in makers]
        if all(self._lookup.work_of(self._tokens[at]) in LIGHT for at in strand.works):
            strand.works.clear()  # *me pone 2 camisas*
        return strand

    def _without_purpose(self, line: Line) -> None:
        """*media docena para planchado* is half a dozen of it."""
        first, *rest = line.words or [0]
        worked = bool(rest) and all(self._lookup.work_of(self._tokens[at]) for at in rest)
        if worked and line.amount is not None and line.amount.unit == "dozen" and self._tokens[first].text == "para":
            line.words.remove(first)

    def _is_thing(self, token: Token) -> bool:
        hits = self._lookup.hits(token)
        named = any(hit.role is Role.HEAD for hit in hits.values()) or (is_traded(token) and not hits)
        return named and token.key not in PIECES

    def _is_done_already(self, at: int) -> bool:
        """*ya están lavadas, nomás es plancharlas*; *sin lavar*"""
        before = [token.text for token in self._tokens[max(0, at - _ALREADY) : at]]
        washed = self._lookup.work_of(self._tokens[at]) in _WASHED
        return washed and (before[-1:] == ["sin"] or ("ya" in before and self._tokens[at].text.endswith(_DONE)))

    def done_to(self, works: Sequence[int], things: Sequence[int]) -> bool:
        """Whether the shop does the works to the garments, by its names."""
        return bool(self._places(works) & self._places(things))

    def is_care(self, strand: Strand) -> bool:
        return all(self._lookup.work_of(self._tokens[at]) in CARES for at in strand.works)

    def in_any(self, work: Strand) -> set[int]:
        """Products of a work that name no garment: *Zurcido invisible*, *Pegar botón*."""
        entries = self._lookup.index.entries
        return {at for at in self._places(work.works) if entries[at].forms[0].head in _NO_GARMENT}

    def by_the_piece(self, work: Strand) -> frozenset[int]:
        """Products of a work that is done by the piece: *Planchado por prenda*."""
        entries = self._lookup.index.entries
        named = self.in_any(work) if self.is_care(work) else set()
        return frozenset(at for at in named if any(PIECES.intersection(form.keys) for form in entries[at].forms))

    def is_measured(self, strand: Strand) -> bool:
        """Whether the work is sold by its measure: *Zurcido invisible (cm)*."""
        amount, products = strand.line.amount, self._lookup.index.products
        named = [tokenize_name(products[at].name) for at in self._places(strand.works)]
        return amount is not None and any(token.text in _MEASURED for name in named for token in name)

    def _places(self, positions: Sequence[int]) -> set[int]:
        """Products whose names have all of the words, those left out that would leave none."""
        found: set[int] = set()
        for at in sorted(positions, key=lambda at: self._lookup.work_of(self._tokens[at]) in LIGHT):
            hits = {place for place, hit in self._lookup.hits(self._tokens[at]).items() if hit.role > Role.ABOUT}
            found = (found & hits or found) if found else hits
        return found
