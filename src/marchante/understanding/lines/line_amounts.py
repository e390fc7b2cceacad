"""Which line an amount belongs to: the words before it, the words after it, or as a size to either."""

from dataclasses import replace

from marchante.understanding.lexicon.attributes import ATTRIBUTES, SERVICES
from marchante.understanding.lexicon.fillers import COURTESY, IDIOMS, VERBS_OF_TALK
from marchante.understanding.lexicon.reader import texts
from marchante.understanding.lexicon.words import (
    CONNECTIVES,
    LINKS,
    NUMBERING,
    ONES,
    ROW_ENDS,
    STOPWORDS,
    THE,
)
from marchante.understanding.lines.line_sizes import as_size
from marchante.understanding.lines.lines import Line
from marchante.understanding.lines.people import SizedForPeople
from marchante.understanding.shop.lookup import names_a_product
from marchante.understanding.words.numerals import key_at, text_at
from marchante.understanding.words.quantities import Spoken, amount_at, so_many_more
from marchante.understanding.words.sizes import Size

_LONGEST_ROW = 60
"""Tokens; in longer ones nobody keeps to one order of words."""
_NO_CONTENT = ATTRIBUTES | VERBS_OF_TALK | COURTESY
_NEAR = 5
_HAD = texts("hints", "had")
"""Verbs of what there is, was brought or is made of it: *ya tengo 2 kilos de papa* orders none."""


class LineAmounts(SizedForPeople):
    """Places the amounts of a message."""

    def _amount(self, amount: Spoken) -> int:
        """Take an amount in; gives the position to go on from."""
        previous = text_at(self._tokens, amount.start - 1)
        if all(self._tokens[at].text in THE for at in self._line.words):
            self._line.words.clear()  # *la mitad de*
        if self._talking:
            goes_on = previous in CONNECTIVES | {"con", "pero"} or self._starts_line(amount)
            if not goes_on and not self._takes_up_the_order(amount):
                return amount.end
            self._talking = False
        amount = self._before_a_name(self._without_pack(amount))
        if self._is_of_a_street(amount):
            return amount.end
        seated = self._of_people(amount)
        if seated:
            return seated
        if self._is_half_and_half(amount):
            self._close()
            self._line.each, self._line.amount = True, amount
            self._close()
            return amount.start + 3
        if self._line.words and not amount.of and self._measures_the_thing(amount):
            return self._size(amount)
        return self._placed(amount, previous)

    def _placed(self, amount: Spoken, previous: str) -> int:
        if previous in LINKS | {"en"} and self._line.words:
            amount = self._up_to_the_half(amount)
        after = self._after_preposition(amount, previous) if self._line.words else None
        if after is not None:
            return after
        number = self._of_a_name(amount) if self._line.words and amount.explicit else None
        if number:
            return self._size(number)
        counts = self._line.words and self._line.amount is None and not amount.of and self._content_follows(amount)
        if counts and previous in LINKS and not amount.unit and self._counts_goods(amount):
            self._line.amount = amount
            return amount.end
        definite = previous in THE and text_at(self._tokens, amount.start - 2) in LINKS
        if (
            definite
            and self._is_size(amount)
            and amount.end == amount.start + 1
            and self._ends_at(self._past_please(amount))
        ):
            return self._size(amount)
        if previous in LINKS and (self._line.words or self._line.amount) and amount.unit != "peso":
            return self._size(amount)
        return self._count(amount)

    def _before_a_name(self, amount: Spoken) -> Spoken:
        """*2 cajas de huevo 30 pz* where the name begins with the box: two of what is called so."""
        name = self._lookup.names.get(amount.start + 1)
        first = self._tokens[amount.start]
        value = first.number
        if name is None or value is None or name.start >= amount.end:
            return amount
        return Spoken(value, amount.start, name.start, explicit=first.text not in ONES)

    def _after_preposition(self, amount: Spoken, previous: str) -> int | None:
        """*en 8 piezas* is a wish, *bastilla a 2* an amount, in *para una fiesta* and *por kilo* there is none."""
        line = self._line
        sets = line.op == "set" and not amount.of
        if previous == "en" and line.amount is None and (sets or (not amount.unit and self._is_service(line))):
            line.amount = amount
            return amount.end
        if previous in NUMBERING and line.words and self._is_size(amount):
            return self._size(amount)
        if previous == "en" or previous in NUMBERING or self._counts_no_goods(amount):
            line.words.extend(range(amount.start, amount.end))
            return amount.end
        if previous == "a" and self._tokens[amount.start - 2].text == "de" and (amount.unit or amount.fraction):
            return self._size(amount)
        if previous == "a" and line.amount is None and not amount.of:
            line.amount = amount
            return amount.end
        if previous == "por" and amount.unit and amount.end == amount.start + 1:
            return amount.end
        if previous == "con":
            with_it = self._with_it(amount)
            if with_it is not None:
                return with_it
        if previous in LINKS | {"para", "con", "por", "sin", "a"} and not amount.explicit:
            return amount.start + 1
        return None

    def _with_it(self, amount: Spoken) -> int | None:
        """*enchiladas con un poco de crema*, *menudo 2 kilos con una pata de res*"""
        line = self._line
        if amount.vague and not line.wish:
            return amount.end + amount.of
        if line.wish and line.amount is None and amount.end == amount.start + 1:
            line.amount = amount
            return amount.end
        return None

    def _size(self, amount: Spoken) -> int:
        """*un paquete de 500 hojas*: the leaves are the thing, not a measure."""
        if amount.pack and names_a_product(self._lookup.index.exact(amount.pack)):
            amount = replace(amount, pack="", end=amount.end - 1)
        self._line.sizes.append((as_size(amount), amount.start, amount.end - 1))
        return amount.end

    def _count(self, amount: Spoken) -> int:
        """How many there are of the words before, or of those to come."""
        if self._is_before_a_size(amount):
            self._line.amount, self._line.trailing = replace(amount, of=False), True
            self._close()
            return amount.end
        line, content = self._line, self._content_follows(amount)
        if line.words and line.amount is None and (self._says_which(amount) or self._alternates(amount)):
            line.amount, line.trailing = amount, True
            if not amount.of:
                self._close()
            return amount.end
        if line.words and not amount.of and self._belongs_before(line, amount, content=content):
            line.amount, line.trailing = amount, True
            if content:
                self._close()
            return amount.end
        if line.amount and not content and not amount.of and self._is_size(amount) and self._closes(amount):
            return self._size(amount)
        if line.words and line.amount and amount.unit and not amount.of and self._only_describes_after(amount):
            return self._size(amount)
        if line.words or line.amount:
            self._close()
        self._line.amount = amount
        return amount.end

    def _is_before_a_size(self, amount: Spoken) -> bool:
        """*cable del 12 20 metros del 14 10 metros*: the size after it has an amount of its own."""
        at = amount.end + 1
        sized = amount.of and self._tokens[amount.end].text == "del" and at < len(self._tokens)
        if not sized or not self._line.words or self._line.amount is not None or self._tokens[at].value is None:
            return False
        following = amount_at(self._tokens, at + 1)
        return following is not None and bool(following.unit)

    def _says_which(self, amount: Spoken) -> bool:
        """*atún 4 latas del que viene en agua*: what follows the amount describes what went before."""
        if not amount.of or not any(names_a_product(self._lookup.hits(self._tokens[at])) for at in self._line.words):
            return False
        after = [token.text for token in self._tokens[amount.end : amount.end + 3]]
        size = amount_at(self._tokens, amount.end + 1)
        if after[:1] == ["de"] and size is not None and size.explicit and not amount.unit and self._is_size(size):
            return True
        if after[:2] in (["del", "que"], ["de", "que"]) or (after[2:] == ["que"] and after[1] in THE):
            return True
        said = amount.end + (1 if after[:1] == ["del"] else 2)
        definite = after[:1] == ["del"] or (after[1:2] and after[1] in THE)
        if not definite or said >= len(self._tokens):
            return False
        return bool(self._named_by(self._line.words) & self._lookup.hits(self._tokens[said]).keys())

    def _alternates(self, amount: Spoken) -> bool:
        """*blusas 3 faldas 2 suéter 1*: a row that begins with a thing and ends with an amount."""
        tokens, start, end = self._tokens, amount.start, amount.start
        while start > max(0, amount.start - _LONGEST_ROW) and tokens[start - 1].text not in ROW_ENDS:
            start -= 1
        counts, ends_counted = 0, False
        while end < len(tokens) and tokens[end].text not in ROW_ENDS:
            if end - start > _LONGEST_ROW:
                return False
            found = amount_at(tokens, end)
            if found and (found.of or (found.unit and self._is_size(found))):
                return False
            counts += found is not None
            ends_counted = found is not None
            end = found.end if found else end + 1
        named = self._line.words and self._line.words[0] == start
        return ends_counted and ((bool(named) and counts > 1) or self._after_trailing(start))

    def _after_trailing(self, start: int) -> bool:
        """Whether the line before this one stands in the same row and had its amount after it."""
        last = self._lines[-1] if self._lines else None
        return last is not None and last.trailing and last.amount is not None and last.amount.start > start

    def _without_pack(self, amount: Spoken) -> Spoken:
        """*un saco* at the cleaner's is a jacket, *2 cubetas* in a shop of buckets are the thing itself."""
        if not amount.pack or amount.of or so_many_more(self._tokens, amount):
            return amount
        sold = names_a_product(self._lookup.index.exact(amount.pack)) or not self._content_follows(amount)
        worked_on = any(self._lookup.work_of(self._tokens[at]) for at in self._line.words)
        goods = sold and (worked_on or not self._line.words)
        return replace(amount, pack="", end=amount.end - 1) if goods else amount

    def _takes_up_the_order(self, amount: Spoken) -> bool:
        """*le mando con mi hijo como nueve kilos de ropa*: so much of what is sold ends talk of other things."""
        measured = amount.explicit and amount.of and bool(amount.unit or amount.pack)
        near = (token.text for token in self._tokens[max(0, amount.start - _NEAR) : amount.start])
        if self._past or not measured or amount.end + 1 >= len(self._tokens) or not _HAD.isdisjoint(near):
            return False
        return names_a_product(self._lookup.index.exact(self._tokens[amount.end + 1].key))

    def _counts_no_goods(self, amount: Spoken) -> bool:
        """*pasada 2 veces*"""
        following = key_at(self._tokens, amount.end)
        said = Size(amount.value, following)
        told = any(size.unit == following and size.fits(said) for size in self._lookup.index.spoken_sizes)
        return following in IDIOMS and not told

    def _is_service(self, line: Line) -> bool:
        """*cambio de cierre en 2 pantalones*"""
        if any(self._lookup.work_of(self._tokens[at]) for at in line.words):
            return True
        hits = (self._lookup.hits(self._tokens[at]) for at in line.words)
        named = [place for found in hits if names_a_product(found) for place in found]
        return bool(named) and all(map(self._lookup.index.is_service, named))

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
        if token.key in _NO_CONTENT and not amount.of and not names_a_product(self._lookup.hits(token)):
            return False
        _, marker = self._marker_at(position)
        return marker is None and (token.text not in STOPWORDS or amount.of)

    def _belongs_before(self, line: Line, amount: Spoken, *, content: bool) -> bool:
        if line.amount is not None:
            return not line.amount.counts and not content and not line.trailing
        if not content:
            return True
        named = (self._tokens[at] for at in line.words if self._tokens[at].key not in SERVICES)
        if not amount.explicit or not any(names_a_product(self._lookup.hits(token)) for token in named):
            return False
        plural = self._tokens[amount.end].text.endswith("s") and amount.value > 1
        habit = any(each.trailing for each in self._lines)
        return habit or bool(amount.unit or amount.pack) or not plural
