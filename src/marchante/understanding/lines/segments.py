"""A message cut into lines: an amount, the words it goes with, and what is to be done with them.

Customers write amounts before the thing (*2 kilos de papa*) and after it (*papa 2 kilos*), with and without commas. A
line ends at a comma, at *y*, at the end of a row, and where the next amount cannot belong to the words before it.
"""

from collections.abc import Sequence
from itertools import pairwise

from marchante.understanding.lexicon.attributes import SERVICES
from marchante.understanding.lexicon.fillers import COURTESY, REASONS
from marchante.understanding.lexicon.orders import Marker
from marchante.understanding.lexicon.words import CONNECTIVES, DETERMINERS, LINKS, OBJECTS, OTHERS, THOSE
from marchante.understanding.lines.line_amounts import LineAmounts
from marchante.understanding.lines.lines import Line
from marchante.understanding.lines.steering import Steering
from marchante.understanding.shop.lookup import Lookup, names_a_product
from marchante.understanding.shop.product_names import Role
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import amount_at
from marchante.understanding.words.tokens import Token, tokenize_name

HARD_SIGNS = frozenset("\n.;?!¿¡:")


def split_lines(tokens: Sequence[Token], masked: frozenset[int], lookup: Lookup) -> list[Line]:
    """Cut a message into lines; `masked` are token positions already understood as a date, an address or a payment."""
    return _Segmenter(tokens, masked, lookup).run()


class _Segmenter(Steering, LineAmounts):
    """Walks over the tokens of a message."""

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
        name = self._lookup.names.get(position)
        if name and not self._talking:
            self._line.words.extend(range(position, name.end))
            return name.end
        named = self._named_number(position)
        if named:
            self._line.words.extend(range(position, position + named))
            return position + named
        length, marker = self._marker_at(position)
        if marker and length > 1:
            return self._mark(marker, position, position + length)
        told = self._enough(position) or self._from_to(position) or self._comes_later(position)
        if told:
            return told
        self._names_what_stays(position)
        amount = amount_at(self._tokens, position)
        if amount and not self._masked.intersection(range(amount.start, amount.end)):
            self._begins_with_the_ordered()
            return self._amount(amount)
        if marker and not self._sold_under_this_name(position):
            return self._mark(marker, position, position + 1)
        if token.text in CONNECTIVES:
            return self._connective(position)
        return self._word(position)

    def _word(self, position: int) -> int:
        text = self._tokens[position].text
        empty = not self._line.words and self._line.amount is None
        if self._swapping and (self._lines or not empty) and self._names_the_other(position):
            self._swapping, self._op, self._swapped = False, "add", True
            self._close()
        elif text in {"es", "son"} and self._is_misnamed(position):
            self._put_another(negated=False)
        elif text == "son" and empty and (self._lines or self._op == "set") and amount_at(self._tokens, position + 1):
            self._line.corrects = True
        elif text == "no" and not self._talking:
            self._no(position)
        elif text == "con" and self._line.trailing and not self._talking:
            self._close()
            self._line.wish = True
            self._line.words.append(position)
        elif text == "con" and empty and self._lines and not self._talking:
            self._line.wish = True
            self._line.words.append(position)
        elif text == "sin" and empty and not self._talking:
            self._line.negated = True
            self._line.words.append(position)
        elif not self._talking and not self._is_addressed(position):
            self._line.words.append(position)
        return position + 1

    def _is_addressed(self, position: int) -> bool:
        """*maestro, buen día*, though there is a mortar of that name."""
        opens = position == 0 and len(self._tokens) > 1 and self._tokens[0].key in COURTESY
        return opens and self._tokens[1].key in COURTESY

    def _is_misnamed(self, position: int) -> bool:
        """*el edredón es king no matrimonial*: a line already in the cart is another variant."""
        words = self._line.words
        if not words or self._line.amount or self._tokens[words[0]].text not in DETERMINERS or self._asked:
            return False
        ahead = self._tokens[position + 1 : position + 5]
        return any(one.text == "no" and two.is_word for one, two in pairwise(ahead))

    def _no(self, position: int) -> None:
        """*no,* takes back what was said; *no ahumadas* and *mostaza no porque ya tengo* rule something out."""
        after_sign = position > 0 and self._tokens[position - 1].kind == "sign"
        while position + 1 < len(self._tokens) and self._tokens[position + 1].key in COURTESY:
            position += 1
        following = self._tokens[position + 1] if position + 1 < len(self._tokens) else None
        opens = not self._lines and following is not None and following.text == ","
        joined = bool(self._line.words) and self._tokens[self._line.words[0] - 1].text in CONNECTIVES
        declined = self._line.words and not self._line.amount and (self._line.after_comma or opens or joined)
        if declined and (following is None or following.text in REASONS | THOSE or following.text in ".,;\n"):
            self._line.negated = True
            self._close()
            return
        if self._is_no_such(position):
            self._put_another(negated=True)
            return
        self._close()
        alone = following is None or following.kind == "sign" or following.text in CONNECTIVES
        if self._counts_no_longer(position + 1):
            self._negated = True
            self._line = self._new_line()
            return
        if alone or (after_sign and amount_at(self._tokens, position + 1)) or self._counts_anew(position + 1):
            self._corrects = bool(self._lines)
        else:
            self._negated = True
        self._line = self._new_line()

    def _put_another(self, *, negated: bool) -> None:
        """What was named is in the cart; another takes its place, `negated` where first comes what it is not."""
        for line in (*self._lines, self._line):
            line.header |= line.sentence == self._sentence
        self._close()
        self._changes, self._op, self._swapped, self._negated = True, "add", True, negated
        self._line = self._new_line()

    def _is_no_such(self, position: int) -> bool:
        """*el edredón no es king, es matrimonial*: a line already in the cart is another variant."""
        words, being = self._line.words, {"es", "son"}
        ahead = [token.text for token in self._tokens[position + 1 : position + 7]]
        named = bool(words) and words[0] == 0 and self._tokens[words[0]].text in DETERMINERS and not self._line.amount
        told = ahead[:1] != [] and ahead[0] in being and not being.isdisjoint(ahead[2:])
        return named and told and not (self._asked or self._lines)

    def _counts_no_longer(self, position: int) -> bool:
        """*que sean 8, no 6*: the six were before."""
        amount = amount_at(self._tokens, position)
        last = self._lines[-1] if self._lines else None
        told = last is not None and last.op == "set" and last.amount is not None
        return told and amount is not None and self._ends_at(amount.end)

    def _counts_anew(self, position: int) -> bool:
        """*plumones 1 caja no 2*"""
        amount = amount_at(self._tokens, position)
        before = self._lines[-1].amount if self._lines else None
        counted = before is not None and before.end == position - 1
        boxed = before is not None and amount is not None and bool(amount.pack) and before.pack == amount.pack
        return (counted or boxed) and amount is not None and amount.explicit and self._ends_at(amount.end)

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
        """*pasas* after an amount are raisins, and *venda* is a bandage where nobody says *me venda*."""
        hits = self._lookup.index.exact(self._tokens[position].key)
        if self._line.amount is not None and not self._line.words:
            return names_a_product(hits)
        around = {token.text for token in self._tokens[max(0, position - 1) : position + 2 : 2]}
        called = [place for place, hit in hits.items() if hit.role is Role.HEAD]
        return bool(called) and not around & OBJECTS and not self._line.words and self._is_written_so(position, called)

    def _is_written_so(self, position: int, places: Sequence[int]) -> bool:
        """*sale* agrees, though it sounds like salt."""
        said, products = _numbers(self._tokens[position].text), self._lookup.index.products
        return any(said & _numbers(word.text) for place in places for word in tokenize_name(products[place].name))

    def _sign(self, position: int) -> int:
        text = self._tokens[position].text
        following = self._tokens[position + 1] if position + 1 < len(self._tokens) else None
        if text == "." and self._cuts_short(position):
            return position + 1
        if text in HARD_SIGNS:
            return self._hard(position, text)
        if text == ",":
            self._talking = self._past = False
            self._instead = self._instead and amount_at(self._tokens, position + 1) is not None
            corrects = self._line.corrects and self._line.is_empty
            self._after_comma = True
            self._close()
            self._line.after_comma, self._line.corrects = True, corrects
        elif text in "-=" and following and (self._line.words or self._line.amount):
            joins = amount_at(self._tokens, position + 1) if self._line.words else following.is_word
            if not joins:
                self._close()
        elif text in "*+&/" and not (text == "/" and self._joins_a_name(position)):
            self._close()
            self._line.after_comma |= text == "+"
        return position + 1

    def _cuts_short(self, position: int) -> bool:
        """*2 v. de novia*, *aprox. 8 kg*: the full stop of a word cut short ends no line."""
        before = self._tokens[position - 1] if position else None
        short = before is not None and (before.text in self._lookup.index.shortened or before.text == "aprox")
        return short and before is not None and before.end == self._tokens[position].start

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
        if not (text == ":" and self._changes):  # *corrige: son 3 kilos*
            self._op, self._changes = "add", False
        self._asked = self._talking = False
        self._swapping = self._instead = self._swapped = self._past = self._ordered = False
        self._wanted = self._wanted and text in ":\n"
        self._close()
        return position + 1

    def _connective(self, position: int) -> int:
        if self._talking:
            self._talking = not self._resumes(position + 1)
        all_of_it = text_at(self._tokens, position - 1) == "todo" and self._line.words
        if self._joins_a_name(position):
            self._line.words.append(position)
            return position + 1
        if (self._line.words or self._line.amount) and not all_of_it and not self._between_services(position):
            self._close()
        if self._op == "remove" and text_at(self._tokens, position + 1) in OTHERS:
            self._op = "add"
            self._line = self._new_line()
        return position + 1

    def _joins_a_name(self, position: int) -> bool:
        """*pierna y muslo* is one product where the shop calls it so."""
        if not self._line.words or self._line.words[-1] != position - 1 or position + 1 >= len(self._tokens):
            return False
        pair = (self._tokens[position - 1].key, self._tokens[position + 1].key)
        return pair in self._lookup.index.joined_names

    def _between_services(self, position: int) -> bool:
        """*lavado y planchado camisa*"""
        around = self._tokens[max(0, position - 1) : position + 2]
        return len(around) == len(("lavado", "y", "planchado")) and all(one.key in SERVICES for one in around[::2])

    def _speaks_of_goods(self, position: int) -> bool:
        """*y de la leche que sean 4*, *y aguacates unos cuatro*"""
        if self._tokens[position].text not in LINKS:
            counted = amount_at(self._tokens, position + 1) is not None
            return counted and names_a_product(self._lookup.index.exact(self._tokens[position].key))
        following = self._tokens[position + 1 : position + 3]
        said = next((token for token in following if token.text not in DETERMINERS), None)
        return said is not None and names_a_product(self._lookup.hits(said))

    def _resumes(self, position: int) -> bool:
        """After talk, an amount or a way of asking takes the order up again."""
        while position < len(self._tokens):
            if amount_at(self._tokens, position) or self._speaks_of_goods(position):
                return True
            length, marker = self._marker_at(position)
            if marker in {Marker.ORDER, Marker.ADD, Marker.REMOVE, Marker.PRICE, Marker.QUESTION}:
                return True
            if marker is not Marker.BREAK and self._tokens[position].text not in CONNECTIVES:
                return False
            position += max(1, length)
        return False


def _numbers(text: str) -> frozenset[str]:
    """A word as it may be written in the singular."""
    return frozenset({text, text.removesuffix("s"), text.removesuffix("es")})
