"""A message cut into lines: an amount, the words it goes with, and what is to be done with them.

Customers write amounts before the thing (*2 kilos de papa*) and after it (*papa 2 kilos*), with and without commas. A line
ends at a comma, at *y*, at the end of a row, and where the next amount cannot belong to the words before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from marchante.understanding.domain import CartOperation
from marchante.understanding.lexicon.attributes import ATTRIBUTES, SERVICES
from marchante.understanding.lexicon.fillers import COURTESY, IDIOMS, VERBS_OF_TALK
from marchante.understanding.lexicon.orders import CORRECTING, MARKERS, Marker
from marchante.understanding.lexicon.words import CONNECTIVES, DETERMINERS, LINKS, STOPWORDS
from marchante.understanding.lookup import Lookup, names_a_product
from marchante.understanding.product_names import size_at
from marchante.understanding.quantities import Spoken, amount_at
from marchante.understanding.sizes import Size
from marchante.understanding.tokens import Token

HARD_SIGNS = frozenset("\n.;?!¿¡:")
_SIZE_LIKE = 100
_CHANGING = frozenset({Marker.ADD, Marker.REMOVE, Marker.REMOVED, Marker.SET, Marker.SWAP, Marker.INSTEAD})


@dataclass(slots=True)
class Line:
    """One thing wanted, taken away or asked about, before its words are looked up.

    `words` are token positions; `sentence` counts hard signs passed, so that lines of one sentence can be told.
    """

    sentence: int
    op: CartOperation = "add"
    amount: Spoken | None = None
    words: list[int] = field(default_factory=list)
    sizes: list[tuple[Size, int, int]] = field(default_factory=list)
    changes: bool = False
    asked: bool = False
    wanted: bool = False
    corrects: bool = False
    each: bool = False
    same: bool = False
    rest: bool = False
    header: bool = False
    instead: bool = False
    after_comma: bool = False
    trailing: bool = False
    wish: bool = False
    questioned: bool = False
    swapped: bool = False
    negated: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.words and self.amount is None and not self.sizes and not (self.each or self.same or self.rest)


def split_lines(tokens: Sequence[Token], masked: frozenset[int], lookup: Lookup) -> list[Line]:
    """Cut a message into lines; `masked` are token positions already understood as a date, an address or a payment."""
    return _Segmenter(tokens, masked, lookup).run()


class _Segmenter:
    def __init__(self, tokens: Sequence[Token], masked: frozenset[int], lookup: Lookup) -> None:
        self._tokens = tokens
        self._masked = masked | _list_numbers(tokens)
        self._lookup = lookup
        self._lines: list[Line] = []
        self._sentence = 0
        self._op: CartOperation = "add"
        self._changes = self._asked = self._wanted = self._talking = False
        self._swapping = self._instead = self._negated = self._after_comma = self._corrects = self._swapped = False
        self._line = self._new_line()

    def _new_line(self) -> Line:
        line = Line(self._sentence, self._op, changes=self._changes, asked=self._asked, wanted=self._wanted)
        line.swapped = self._swapped
        line.instead, line.after_comma, line.negated = self._instead, self._after_comma, self._negated
        line.corrects = self._corrects
        self._after_comma = self._negated = self._corrects = False
        return line

    def _close(self) -> None:
        if not self._line.is_empty:
            self._lines.append(self._line)
        self._line = self._new_line()

    def run(self) -> list[Line]:
        position = 0
        while position < len(self._tokens):
            position = self._step(position)
        self._close()
        return self._lines

    def _step(self, position: int) -> int:
        token = self._tokens[position]
        if position in self._masked:
            self._close()
            return position + 1
        if token.kind == "sign" and token.text != "$":
            return self._sign(position)
        named = self._named_number(position)
        if named:
            self._line.words.extend(range(position, position + named))
            return position + named
        phrase, marker = self._marker_at(position)
        if marker and len(phrase) > 1:
            return self._mark(marker, position, position + len(phrase))
        amount = amount_at(self._tokens, position)
        if amount and not self._masked.intersection(range(amount.start, amount.end)):
            return self._amount(amount)
        if marker and not self._sold_under_this_name(position):
            return self._mark(marker, position, position + 1)
        if token.text in CONNECTIVES:
            return self._connective(position)
        return self._word(position)

    def _word(self, position: int) -> int:
        text = self._tokens[position].text
        empty = not self._line.words and self._line.amount is None
        if text == "por" and self._swapping and (self._lines or not empty):
            self._swapping, self._op, self._swapped = False, "add", True
            self._close()
        elif text in {"es", "son"} and self._is_misnamed(position):
            for line in (*self._lines, self._line):
                line.header |= line.sentence == self._sentence
            self._close()
            self._changes, self._op, self._swapped = True, "add", True
            self._line = self._new_line()
        elif text == "no" and not self._talking:
            self._no(position)
        elif text == "con" and empty and self._lines and not self._talking:
            self._line.wish = True
            self._line.words.append(position)
        elif text == "sin" and empty and not self._talking:
            self._line.negated = True
            self._line.words.append(position)
        elif not self._talking:
            self._line.words.append(position)
        return position + 1

    def _is_misnamed(self, position: int) -> bool:
        """*el edredón es king no matrimonial*: a line already in the cart is another variant."""
        words = self._line.words
        if not words or self._line.amount or self._tokens[words[0]].text not in DETERMINERS or self._asked:
            return False
        ahead = self._tokens[position + 1 : position + 5]
        return any(one.text == "no" and two.is_word for one, two in pairwise(ahead))

    def _no(self, position: int) -> None:
        """*no,* takes back what was said; *no ahumadas* rules something out."""
        following = self._tokens[position + 1] if position + 1 < len(self._tokens) else None
        self._close()
        alone = following is None or following.kind == "sign" or following.text in CONNECTIVES
        if alone or amount_at(self._tokens, position + 1):
            self._corrects = bool(self._lines)
        else:
            self._negated = True
        self._line = self._new_line()

    def _named_number(self, position: int) -> int:
        """*tres leches*, *medio garrafón*, *aceite 123*: how many tokens are a number that is part of a name."""
        one = self._tokens[position]
        if self._talking:
            return 0
        if one.kind == "number" and one.text in self._lookup.index and self._line.words:
            return 1
        following = self._tokens[position + 1] if position + 1 < len(self._tokens) else None
        return 2 if following and (one.key, following.key) in self._lookup.index.spoken_numbers else 0

    def _sold_under_this_name(self, position: int) -> bool:
        """*pasas* after an amount are raisins, not a way of asking."""
        follows = self._line.amount is not None and not self._line.words
        return follows and names_a_product(self._lookup.index.exact(self._tokens[position].key))

    def _marker_at(self, position: int) -> tuple[tuple[str, ...], Marker | None]:
        for words, marker in MARKERS.get(self._tokens[position].text, ()):
            if tuple(token.text for token in self._tokens[position : position + len(words)]) == words:
                return words, marker
        return (), None

    # signs and small words

    def _sign(self, position: int) -> int:
        text = self._tokens[position].text
        following = self._tokens[position + 1] if position + 1 < len(self._tokens) else None
        if text in HARD_SIGNS:
            return self._hard(position, text)
        if text == ",":
            self._talking = self._instead = False
            corrects = self._line.corrects and self._line.is_empty
            self._after_comma = True
            self._close()
            self._line.after_comma, self._line.corrects = True, corrects
        elif text in "-=" and following and (self._line.words or self._line.amount):
            joins = amount_at(self._tokens, position + 1) if self._line.words else following.is_word
            if not joins:
                self._close()
        elif text in "*+&/":
            self._close()
        return position + 1

    def _hard(self, position: int, text: str) -> int:
        if text == ":":
            amount = amount_at(self._tokens, position + 1) if self._line.words and not self._line.amount else None
            if amount and (amount.end >= len(self._tokens) or self._tokens[amount.end].kind == "sign"):
                return position + 1
            for line in (*self._lines, self._line):
                line.header |= line.sentence == self._sentence and line.amount is None
        if text == "?" and not self._line.is_empty:
            self._line.questioned = True
        if text == "?" and self._asked:
            for line in (*self._lines, self._line):
                if line.sentence == self._sentence and line.amount is None and not line.wanted:
                    line.asked = True
        self._sentence += 1
        self._op, self._asked, self._talking, self._changes = "add", False, False, False
        self._swapping = self._instead = self._swapped = False
        self._wanted = self._wanted and text in ":\n"
        self._close()
        return position + 1

    def _connective(self, position: int) -> int:
        if self._talking:
            self._talking = not self._resumes(position + 1)
        all_of_it = position and self._tokens[position - 1].text == "todo" and self._line.words
        if (self._line.words or self._line.amount) and not all_of_it:
            self._close()
        return position + 1

    def _resumes(self, position: int) -> bool:
        """After talk, an amount or a way of asking takes the order up again."""
        while position < len(self._tokens):
            if amount_at(self._tokens, position):
                return True
            phrase, marker = self._marker_at(position)
            if marker in {Marker.ORDER, Marker.ADD, Marker.REMOVE, Marker.PRICE, Marker.QUESTION}:
                return True
            if marker is not Marker.BREAK and self._tokens[position].text not in CONNECTIVES:
                return False
            position += max(1, len(phrase))
        return False

    # amounts

    def _amount(self, amount: Spoken) -> int:
        line = self._line
        previous = self._tokens[amount.start - 1].text if amount.start else ""
        if self._talking:
            if previous not in CONNECTIVES | {"con", "pero"} and not self._starts_line(amount):
                return amount.end
            self._talking = False
        amount = self._without_pack(amount)
        content = self._content_follows(amount)
        if line.words and (previous == "en" or self._counts_no_goods(amount)):
            line.words.extend(range(amount.start, amount.end))
            return amount.end
        if line.words and previous == "a" and line.amount is None and not amount.of:
            line.amount = amount
            return amount.end
        if line.words and previous == "por" and amount.unit and amount.end == amount.start + 1:
            return amount.end
        if line.words and previous in {"para", "con", "por", "sin", "a"} and not amount.explicit:
            return amount.start + 1
        if previous in LINKS and line.words and not amount.explicit:
            return amount.start + 1
        if previous in LINKS and (line.words or line.amount) and amount.unit != "peso":
            line.sizes.append((_as_size(amount), amount.start, amount.end - 1))
            return amount.end
        if line.words and not amount.of and self._belongs_before(line, amount, content=content):
            line.amount, line.trailing = amount, True
            if content:
                self._close()
            return amount.end
        if line.amount and not content and not amount.of and self._is_size(amount) and self._closes(amount):
            line.sizes.append((_as_size(amount), amount.start, amount.end - 1))
            return amount.end
        if line.words or line.amount:
            self._close()
        self._line.amount = amount
        return amount.end

    def _without_pack(self, amount: Spoken) -> Spoken:
        """*un saco* at the cleaner's is a jacket, *2 cubetas* in a shop of buckets are the thing itself."""
        if not amount.pack or amount.of:
            return amount
        sold = names_a_product(self._lookup.index.exact(amount.pack)) or not self._content_follows(amount)
        return replace(amount, pack="", end=amount.end - 1) if sold and not self._line.words else amount

    def _counts_no_goods(self, amount: Spoken) -> bool:
        """*pasada 2 veces*"""
        return amount.end < len(self._tokens) and self._tokens[amount.end].key in IDIOMS

    def _starts_line(self, amount: Spoken) -> bool:
        return amount.start == 0 or self._tokens[amount.start - 1].text in "\n,.;"

    def _content_follows(self, amount: Spoken) -> bool:
        """Tell whether a word that may be a product comes right after an amount."""
        position = amount.end + (1 if amount.of else 0)
        if position >= len(self._tokens) or position in self._masked:
            return False
        token = self._tokens[position]
        if not token.is_word or token.text in CONNECTIVES:
            return False
        if (
            token.key in ATTRIBUTES | VERBS_OF_TALK | COURTESY
            and not amount.of
            and not names_a_product(self._lookup.hits(token))
        ):
            return False
        _, marker = self._marker_at(position)
        return marker is None and (token.text not in STOPWORDS or amount.of)

    def _belongs_before(self, line: Line, amount: Spoken, *, content: bool) -> bool:
        if line.amount is not None:
            return not line.amount.explicit and not content and not line.trailing
        if not content:
            return True
        named = (self._tokens[at] for at in line.words if self._tokens[at].key not in SERVICES)
        if not amount.explicit or not any(names_a_product(self._lookup.hits(token)) for token in named):
            return False
        plural = self._tokens[amount.end].text.endswith("s") and amount.value > 1
        habit = any(each.trailing for each in self._lines)
        return habit or bool(amount.unit or amount.pack) or not plural

    def _closes(self, amount: Spoken) -> bool:
        """A small bare number is a size only where nothing more is said of the thing: *el cable 12*."""
        if amount.unit or amount.value >= _SIZE_LIKE or amount.value != amount.value.to_integral_value():
            return True
        return self._ends_at(amount.end)

    def _is_size(self, amount: Spoken) -> bool:
        said = _as_size(amount)
        return any(size.fits(said) for size in self._lookup.index.spoken_sizes)

    # markers

    def _mark(self, marker: Marker, position: int, end: int) -> int:
        if marker in {Marker.EACH, Marker.SAME, Marker.REST}:
            return self._reference(marker, end)
        if marker is Marker.BREAK:
            just = self._tokens[position].text == "solo" and amount_at(self._tokens, end)
            if self._line.words and not just:
                self._close()
            return end
        if (
            marker is Marker.NOT
            and self._tokens[position].text == "ni"
            and self._lines
            and self._lines[-1].op == "remove"
        ):
            marker = Marker.REMOVE
        if marker in _CHANGING:
            self._change(marker, end)
        elif marker is Marker.CORRECTION:
            self._correct(end)
        elif marker is Marker.STOP:
            self._close()
            self._talking = True
        elif marker in {Marker.NOT, Marker.ONLY}:
            self._negated = marker is Marker.NOT or self._op == "remove"
            if not self._talking:
                self._close()
            self._negated = False
        else:
            self._ask_or_order(marker, position)
        return end

    def _correct(self, end: int) -> None:
        if self._ends_at(end) and not self._line.is_empty:
            self._line.op, self._line.changes = "set", True
            self._close()
            return
        if self._op == "remove":
            self._op = "add"
            self._close()
            self._line = self._new_line()
            return
        opens = not self._lines and self._line.is_empty and self._at_start(end) and amount_at(self._tokens, end)
        self._talking, self._corrects = False, True
        if opens:
            self._op, self._changes = "set", True
        self._close()
        self._line.corrects, self._corrects = True, False

    def _at_start(self, end: int) -> bool:
        """Whether nothing but courtesy came before the marker that ends here."""
        return all(token.key in COURTESY or token.text in CORRECTING for token in self._tokens[:end] if token.is_word)

    def _ends_at(self, end: int) -> bool:
        return end >= len(self._tokens) or self._tokens[end].kind == "sign" or self._tokens[end].text in CONNECTIVES

    def _reference(self, marker: Marker, end: int) -> int:
        self._line.each |= marker is Marker.EACH
        self._line.same |= marker is Marker.SAME
        self._line.rest |= marker is Marker.REST
        return end

    def _ask_or_order(self, marker: Marker, position: int) -> None:
        if marker is Marker.QUESTION and self._describes():
            self._close()
            self._line.wish = True
            self._line.words.append(position)
            return
        if marker in {Marker.QUESTION, Marker.PRICE} or (marker is Marker.WISHED and self._asked):
            self._line.asked |= bool(self._line.words) and self._line.amount is None and not self._line.wanted
            self._asked = True
        else:
            self._asked, self._wanted, self._swapped = False, True, False
            if not self._swapping:
                self._op = "add"
        self._talking = self._instead = False
        self._close()

    def _is_under_way(self) -> bool:
        """Inside an order *también* and *que sean* change nothing but that order."""
        if any(line.changes for line in self._lines):
            return False
        return any(
            (line.amount or line.wanted) and (line.words or line.sizes)
            for line in (*self._lines, self._line)
            if not line.asked
        )

    def _describes(self) -> bool:
        """After things that were ordered, *tiene una mancha* says how one of them is, unless a question mark follows."""
        asked = any(token.text in "?¿" for token in self._tokens)
        return bool(self._lines) and self._is_under_way() and not asked and self._sentence == self._lines[-1].sentence

    def _change(self, marker: Marker, end: int) -> None:
        ends = self._ends_at(end)
        if self._is_under_way() and marker in {Marker.ADD, Marker.SET}:
            self._close()
            self._line.corrects = marker is Marker.SET
            self._talking = self._asked = False
            return
        if marker is Marker.REMOVED and ends:
            self._line.op, self._line.changes = "remove", True
            self._close()
            return
        if marker is Marker.REMOVED and amount_at(self._tokens, end):
            marker = Marker.SET
        if marker is Marker.SET and ends and (self._line.amount or self._line.words):
            self._line.op, self._line.changes = "set", True
            self._close()
            return
        if marker is Marker.SWAP and self._line.words and end < len(self._tokens) and self._tokens[end].text == "por":
            self._line.op, self._line.changes = "remove", True
        self._close()
        operations: dict[Marker, CartOperation] = {Marker.ADD: "add", Marker.SET: "set"}
        self._op = operations.get(marker, "remove")
        self._changes, self._talking, self._asked = True, False, False
        self._swapped = marker is Marker.INSTEAD
        self._swapping = marker is Marker.SWAP
        self._instead = marker is Marker.INSTEAD
        self._line = self._new_line()


def _as_size(amount: Spoken) -> Size:
    if amount.unit == "dozen":
        return Size(amount.value, "pz")
    return Size(amount.value, amount.unit or amount.pack)


def _list_numbers(tokens: Sequence[Token]) -> frozenset[int]:
    """Positions of the numbers that only number the rows of a list (`1.`, `2)`), with their signs."""
    found: list[int] = []
    expected = Decimal(1)
    for place, token in enumerate(tokens[:-1]):
        starts = place == 0 or tokens[place - 1].text == "\n"
        if starts and token.value == expected and tokens[place + 1].text in ".)-":
            found += [place, place + 1]
            expected += 1
    return frozenset(found) if expected > 2 else frozenset()
