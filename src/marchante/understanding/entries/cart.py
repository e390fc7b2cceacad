"""Entries become cart operations, questions to ask and things the shop lacks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import cast

from marchante.understanding.amounts.amounts import amount_for
from marchante.understanding.amounts.said import UNCLEAR, Said
from marchante.understanding.domain import Ambiguous, CartOperation, Explanation, ItemOp
from marchante.understanding.entries.doubts import LOST_AMOUNT
from marchante.understanding.entries.entries import Entry
from marchante.understanding.lexicon.attributes import ATTRIBUTES, SIZE_WORDS
from marchante.understanding.lexicon.fillers import COURTESY
from marchante.understanding.lexicon.words import PACKAGING, WEIGHTS
from marchante.understanding.phrases.readings import Verdict
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.shop.matching import Outcome
from marchante.understanding.words.quantities import Spoken
from marchante.understanding.words.tokens import Token

_QUARTER = Decimal("0.25")


@dataclass(slots=True)
class Cart:
    """Everything a message does to the cart."""

    items: list[ItemOp] = field(default_factory=list)
    ambiguous: list[Ambiguous] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    explanations: list[Explanation] = field(default_factory=list)
    changes: bool = False


class CartBuilder:
    """Turns the entries of one message into a `Cart`; phrases are cut from the original `text`."""

    def __init__(self, text: str, tokens: Sequence[Token], index: CatalogIndex, open_cart: frozenset[str]) -> None:
        self._text = text
        self._tokens = tokens
        self._index = index
        self._open_cart = open_cart
        self._cart = Cart()
        self._kilos = self._grams = False
        self._weighing = self._listing = False
        self._pesos = False
        self._removes = False

    def build(self, entries: Sequence[Entry]) -> Cart:
        self._pesos = any(entry.amount is not None and entry.amount.unit == "peso" for entry in entries)
        self._removes = any(entry.op == "remove" for entry in entries)
        self._weighing = any(entry.amount is not None and _counts_kilos(entry.amount) for entry in entries)
        bare = [entry for entry in entries if entry.line.trailing and entry.amount and not entry.amount.unit]
        self._listing = len(bare) > 1
        for entry in entries:
            if entry.op == "set" and entry.amount is None and self._removes:
                entry.op, entry.line.swapped = "add", True
            self._cart.changes |= entry.line.changes
            if entry.reading.verdict is Verdict.UNKNOWN:
                self._lacking(entry)
            elif entry.asked:
                self._cart.asked.extend(self._index.products[place].sku for place in entry.reading.choice.places)
            else:
                self._wanted(entry)
            self._note_units(entry)
        return self._cart

    def _wanted(self, entry: Entry) -> None:
        """One product, or several to ask about; of what goes or changes only the one in the open cart can be meant."""
        places = entry.reading.choice.places
        if not places:
            self._lacking(entry)
            return
        if entry.op in {"remove", "set"} and len(places) > 1:
            there = [place for place in places if self._index.products[place].sku in self._open_cart]
            places = tuple(there) if len(there) == 1 else places
        if len(places) == 1 and (entry.reading.choice.outcome is Outcome.ONE or places != entry.reading.choice.places):
            self._one(entry, places[0])
        else:
            self._several(entry)

    def _note_units(self, entry: Entry) -> None:
        if entry.amount is not None:
            self._grams |= entry.amount.unit == "g" or _to_the_gram(entry.amount)
            self._kilos |= _counts_kilos(entry.amount)

    def phrase(self, first: int, last: int) -> str:
        """Cut the customer's own words from one token to another."""
        return self._text[self._tokens[first].start : self._tokens[last].end]

    def _phrase_of(self, entry: Entry) -> str:
        last = max([entry.reading.last, *(end for _, _, end in entry.line.sizes if end > entry.reading.first)])
        return self.phrase(entry.reading.first, last)

    def _note_of(self, entry: Entry) -> str | None:
        found = [self.phrase(first, self._before_courtesy(first, last)) for first, last in entry.notes]
        self._cart.notes.extend(found)
        return ", ".join(found) or None

    def _before_courtesy(self, first: int, last: int) -> int:
        while last > first and self._tokens[last].key in COURTESY:
            last -= 1
        return last

    def _lacking(self, entry: Entry) -> None:
        phrase = self._phrase_of(entry)
        if entry.op != "remove" and phrase not in self._cart.unknown:
            self._cart.unknown.append(phrase)
            self._explain(phrase, "the shop has nothing that fits every word")

    def _said(self, entry: Entry) -> Said:
        noun = self._tokens[entry.reading.group.words[0].at[0]].text if entry.reading.group.words else ""
        return Said(
            entry.amount,
            noun,
            trailing=entry.line.trailing,
            elliptic=entry.elliptic,
            counting_kilos=self._kilos,
            weighing=self._weighing,
            listing=self._listing,
            one=self._tokens[entry.amount.start].text if entry.amount and not entry.amount.explicit else "",
            counting_pesos=self._pesos,
            counting_grams=self._grams,
            described=self._is_described(entry),
            sizes=entry.sizes,
            in_full=self._in_full(entry),
        )

    def _in_full(self, entry: Entry) -> frozenset[int]:
        """Products called by their full names, with the packaging or what it holds where they hold several."""
        said = [self._tokens[at] for word in entry.reading.group.words if word.called for at in word.at]
        boxed = any(token.key in PACKAGING for token in said)
        counts = {self._index.entries[at].pack_count for at in entry.reading.group.called()}
        counted = any(token.value in counts for token in said if token.value is not None)
        return frozenset(entry.reading.group.called()) if boxed or counted or counts == {None} else frozenset()

    def _is_described(self, entry: Entry) -> bool:
        """*manzana 4 rojas*, *sandía 1 chica*: what stands after the number tells pieces from kilos."""
        after = entry.amount.end if entry.amount and not entry.amount.of else len(self._tokens)
        following = self._tokens[after] if after < len(self._tokens) else None
        if following is None or following.key not in ATTRIBUTES:
            return False
        return following.text.endswith("s") or following.key in SIZE_WORDS

    def _one(self, entry: Entry, place: int) -> None:
        product = self._index.products[place]
        choice = entry.reading.choice
        phrase = self._phrase_of(entry)
        op = cast("CartOperation", entry.op)
        amount = amount_for(place, self._said(entry), self._index)
        bare = (entry.amount is None or self._only_boxed(entry)) and op in {"remove", "set"}
        if entry.doubt:
            asked = UNCLEAR if entry.doubt == LOST_AMOUNT else amount
            self._ask(Ambiguous(phrase, (product.sku,), asked.quantity, asked.amount_mxn, asked.pieces))
            self._explain(phrase, entry.doubt, product.sku, choice.score)
            return
        if bare or self._same_as_before(entry):
            amount = UNCLEAR
        elif amount == UNCLEAR:
            whole = self._whole_phrase(entry)
            self._ask(Ambiguous(whole, (product.sku,)))
            self._explain(whole, "how much of it is not clear", product.sku, choice.score)
            return
        item = ItemOp(
            product.sku,
            op,
            amount.quantity,
            amount.amount_mxn,
            amount.pieces,
            self._note_of(entry),
            phrase,
            choice.score,
        )
        self._explain(phrase, choice.reason, product.sku, choice.score)
        self._add(item)

    def _only_boxed(self, entry: Entry) -> bool:
        """*quítame el bulto de Campeón* takes the whole line away."""
        amount = entry.amount
        return amount is not None and bool(amount.pack) and not amount.explicit and amount.end == amount.start + 1

    def _same_as_before(self, entry: Entry) -> bool:
        """After *cambia X por Y* without an amount, as much of Y as there was of X."""
        alike = entry.line.swapped or entry.line.same
        return entry.op == "add" and entry.amount is None and alike and self._removes

    def _whole_phrase(self, entry: Entry) -> str:
        first = entry.amount.start if entry.amount and not entry.line.trailing else entry.reading.first
        last = max([entry.reading.last, *(end for _, _, end in entry.line.sizes)])
        return self.phrase(min(first, entry.reading.first), last)

    def _several(self, entry: Entry) -> None:
        candidates = tuple(self._index.products[place].sku for place in entry.reading.choice.places)
        amount = amount_for(entry.reading.choice.places[0], self._said(entry), self._index)
        phrase = self._phrase_of(entry)
        self._note_of(entry)
        question = Ambiguous(phrase, candidates, amount.quantity, amount.amount_mxn, amount.pieces)
        self._ask(question, more=entry.amount is not None and entry.amount.explicit)
        self._explain(phrase, entry.reading.choice.reason)

    def _ask(self, question: Ambiguous, *, more: bool = False) -> None:
        """What can be the same products is asked once; *2 cocas y otras 3 cocas* are five."""
        for place, other in enumerate(self._cart.ambiguous):
            if other.candidates == question.candidates:
                self._cart.ambiguous[place] = _together(other, question) if more else other
                return
        self._cart.ambiguous.append(question)

    def _explain(self, phrase: str, reason: str, sku: str | None = None, score: float | None = None) -> None:
        self._cart.explanations.append(Explanation(phrase, reason, sku, score))

    def _add(self, item: ItemOp) -> None:
        """A product stands in the cart once: more of it is added up, a new amount replaces the old."""
        for place, other in enumerate(self._cart.items):
            if other.sku == item.sku:
                self._cart.items[place] = _merged(other, item)
                return
        self._cart.items.append(item)


def _together(old: Ambiguous, new: Ambiguous) -> Ambiguous:
    """Added up where both are counted alike; else as it was asked first."""
    if old.quantity is not None and new.quantity is not None:
        return replace(old, quantity=old.quantity + new.quantity)
    if old.pieces is not None and new.pieces is not None:
        return replace(old, pieces=old.pieces + new.pieces)
    return old


def _counts_kilos(amount: Spoken) -> bool:
    return amount.unit in WEIGHTS or (amount.fraction and not amount.unit)


def _to_the_gram(amount: Spoken) -> bool:
    """*kilo trescientos*: no quarters of a kilo."""
    return amount.unit == "kg" and amount.value % _QUARTER != 0


def _merged(old: ItemOp, new: ItemOp) -> ItemOp:
    if new.op == "set" or old.op != new.op:
        return new
    total: dict[str, Decimal | None] = {}
    for name in ("quantity", "amount_mxn", "pieces"):
        mine, other = getattr(old, name), getattr(new, name)
        if (mine is None) != (other is None):
            return old
        total[name] = None if mine is None else mine + other
    return replace(old, **total)  # type: ignore[arg-type]
