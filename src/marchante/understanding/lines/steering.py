"""Markers at work: who orders, adds, takes away, swaps, corrects or asks."""

from marchante.understanding.domain import CartOperation
from marchante.understanding.lexicon.attributes import ATTRIBUTES
from marchante.understanding.lexicon.fillers import COURTESY
from marchante.understanding.lexicon.orders import CORRECTING, Marker
from marchante.understanding.lexicon.verbs import verb
from marchante.understanding.lexicon.words import US
from marchante.understanding.lines.ordered import CHANGING, OrderedBefore
from marchante.understanding.words.numerals import key_at, text_at
from marchante.understanding.words.quantities import amount_at

_BEFORE_THE_AMOUNT = frozenset({",", "son", "eran", "es", "era", "solo", "nada", "mas"})
_NOW = frozenset({"entonces", "hoy"})
_RULES_OUT = frozenset({"no", "que", "ni", "tampoco"})


class Steering(OrderedBefore):
    """Acts on the markers of `lexicon.orders`."""

    def _mark(self, marker: Marker, position: int, end: int) -> int:
        if self._tells_of_some(position):
            self._line.partitive = True
            return end
        marker = self._asked_for(marker, position, end)
        if marker is Marker.ORDERED:
            self._speak_of_the_ordered()
            return end
        told = self._counts_what_was(end) if marker is Marker.INSTEAD else self._says_how_they_are(position, end)
        if told:
            return told
        works = marker in CHANGING and self._works_on(end)
        return self._work_on(end) if works else self._steer(marker, position, end)

    def _steer(self, marker: Marker, position: int, end: int) -> int:
        if marker in {Marker.EACH, Marker.SAME, Marker.REST, Marker.PAUSE}:
            return self._reference(marker, end)
        if marker is Marker.BREAK or self._is_merely(position, end):
            return self._break(position, end)
        told = self._talking and self._is_told(marker, end)
        if told or (marker is Marker.ORDER and self._past):
            return end
        marker = self._as_before(self._without_swap(marker, position, end), position, end)
        marker = self._of_the_ordered(marker, end)
        if self._is_work(marker, position, end):
            self._line.words.append(end - 1)
        elif marker in CHANGING:
            self._change(marker, end)
        elif marker in {Marker.WANTED, Marker.ADDED}:
            self._wanted_before(marker)
        elif marker is Marker.CORRECTION:
            self._correct(end)
        elif marker is Marker.STOP:
            self._stop(position, end)
        elif marker in {Marker.NOT, Marker.ONLY}:
            self._rule_out(marker)
        else:
            self._leave_out_who(position, end)
            self._ask_or_order(marker, position)
            self._order_work(marker, end)
        return end

    def _tells_of_some(self, position: int) -> bool:
        """*5 garrafones, 2 que sean de alcalina*: of the five."""
        amount = self._line.amount
        whole = self._lines[-1].amount if self._lines else None
        if amount is None or whole is None or self._line.words or amount.unit or amount.pack or self._line.changes:
            return False
        opens = self._tokens[position].text == "que" and amount.end == position and self._line.after_comma
        return opens and bool(self._lines[-1].words) and amount.value < whole.value

    def _is_left(self, position: int, end: int) -> bool:
        """*déjeme 2 garrafones* orders where nothing was said of an amount before, nor *nomás*."""
        left = verb(self._tokens[end - 1].text)
        if left is None or left.infinitive != "dejar" or self._lines or not self._line.is_empty:
            return False
        opens = not position or self._tokens[position - 1].text not in _BEFORE_THE_AMOUNT - {","} | {"mejor"}
        return opens and bool(US.intersection(left.pronouns)) and amount_at(self._tokens, end) is not None

    def _wanted_before(self, marker: Marker) -> None:
        """*y la pintura me la manda*, *una bolsa de hielo, agrégala*"""
        if self._talking:
            return
        there = self._line_at_hand()
        there.wanted |= there.op == "add"
        there.changes |= marker is Marker.ADDED and not self._is_under_way()
        self._close()

    def _belongs_to_a_name(self, position: int, end: int) -> bool:
        """*llave de paso*: what otherwise is a turn of phrase."""
        said = self._tokens[end - 1]
        if end - position != len(("de", "paso")) or self._tokens[position].text != "de" or not self._line.words:
            return False
        before = self._lookup.hits(self._tokens[self._line.words[-1]])
        return bool(before.keys() & self._lookup.index.exact(said.key).keys())

    def _is_merely(self, position: int, end: int) -> bool:
        """*3 guayaberas nada más para planchar*; at the end of a sentence *nada más* closes the order."""
        said = [token.text for token in self._tokens[position:end]]
        named = bool(self._line.words or self._line.amount)  # *3 nada más planchadas*
        return said == ["nada", "mas"] and named and not self._ends_at(end)

    def _takes_away(self) -> bool:
        return bool(self._lines) and self._lines[-1].op == "remove"

    def _take_away(self) -> None:
        """*la leche y el pan ya no los traiga*, *la leche, quítemela*: what was named goes."""
        place = len(self._lines)
        going = self._line
        if going.is_empty and self._lines and self._lines[-1].is_bare:
            place -= 1
            going = self._lines[place]
        going.op, going.changes = "remove", True
        while place and not going.after_comma and self._lines[place - 1].is_bare:
            place -= 1
            going = self._lines[place]
            going.op, going.changes = "remove", True
        self._close()

    def _as_before(self, marker: Marker, position: int, end: int) -> Marker:
        """*quita el pan, ni la leche*; *2 romanas, no me mandes italiana*, *no me las dé maduras*"""
        first = self._tokens[position].text
        if text_at(self._tokens, position - 1) == "que":
            first = "que"  # *y que le quiten el pellejo*
        if marker is Marker.SET and self._is_left(position, end):
            return Marker.ORDER
        if marker is Marker.SET and self._comes_after_what_goes(end):
            return Marker.ADD
        if marker is Marker.CORRECTION and self._denies(position, end):
            return Marker.NOT
        if marker is Marker.NOT and first == "ni" and (self._takes_away() or self._op == "remove"):
            return Marker.REMOVE
        if marker not in {Marker.REMOVE, Marker.REMOVED}:
            return marker
        if self._ends_at(self._after_courtesy(end)):
            return Marker.REMOVED if self._line.words and not self._line.amount else marker
        return Marker.NOT if first in _RULES_OUT and (self._is_under_way() or self._is_named()) else marker

    def _is_named(self) -> bool:
        """*pollo asado, que no le pongan chile*"""
        named = any(line.words and not (line.changes or line.asked) for line in self._lines)
        return named or bool(self._line.words and not self._line.changes)

    def _rule_out(self, marker: Marker) -> None:
        self._negated = marker is Marker.NOT or self._op == "remove" or self._takes_away()
        if not self._talking and not self._awaits_the_thing():
            self._close()
        self._line.alternative = self._negated = False

    def _awaits_the_thing(self) -> bool:
        """*4 kilos de solo secado*, *2 kilos de puro jitomate*: after *de* the thing is still to come."""
        amount, words = self._line.amount, self._line.words
        return amount is not None and amount.of and words == [amount.end]

    def _break(self, position: int, end: int) -> int:
        bethinks = self._tokens[position].text == "bueno" and end == position + 1
        if bethinks and (self._counts_again(end) or self._names_another_kind(end)):
            self._correct(end)
            return end
        self._past &= self._tokens[position].text not in _NOW
        if self._belongs_to_a_name(position, end):
            self._line.words.extend(range(position, end))
            return end
        self._alternative = self._is_otherwise(position, end)
        self._line.alternative = self._alternative and self._line.is_empty
        just = self._tokens[position].text == "solo" and amount_at(self._tokens, end)
        if self._line.words and not (just or self._awaits_the_thing() or self._compares(position, end)):
            self._close()
        return end

    def _is_otherwise(self, position: int, end: int) -> bool:
        """*si no, del panela*"""
        said = [token.text for token in self._tokens[position:end]]
        return ("si" in said and "no" in said) or ("solo" not in said and self._alternative and self._line.is_empty)

    def _compares(self, position: int, end: int) -> bool:
        """*de la más chica*"""
        said, before, following = (
            self._tokens[position].text,
            text_at(self._tokens, position - 1),
            key_at(self._tokens, end),
        )
        return (said == "mas" and following in ATTRIBUTES) or (said == "bueno" and before in {"del", "lo", "mas"})

    def _correct(self, end: int) -> None:
        if self._ends_at(end) and not self._line.is_empty and (self._line.corrects or self._is_ordering()):
            self._line.corrects = True
            self._close()
            return
        if self._ends_at(end) and not self._line.is_empty:
            self._line.op, self._line.changes = "set", True
            self._close()
            return
        if self._op == "remove":
            self._op = "add"
            self._close()
            self._line = self._new_line()
            return
        opens = not self._lines and self._line.is_empty and self._at_start(end) and self._amount_follows(end)
        self._talking, self._corrects = False, True
        if opens:
            self._op, self._changes = "set", True
        self._close()
        self._line.corrects, self._corrects = True, False

    def _counts_again(self, position: int) -> bool:
        """*2 hamacas matrimoniales, bueno una matrimonial y una familiar*, *tres garrafones bueno cuatro*"""
        counted = bool(self._line.amount and self._line.words and not self._line.changes)
        return amount_at(self._tokens, position) is not None and (counted or self._is_ordering())

    def _amount_follows(self, position: int) -> bool:
        """*me equivoqué, son 2*, *mejor nada más 1*"""
        while position < len(self._tokens) and self._tokens[position].text in _BEFORE_THE_AMOUNT:
            position += 1
        return amount_at(self._tokens, position) is not None

    def _at_start(self, end: int) -> bool:
        """Whether nothing but courtesy came before the marker that ends here."""
        return all(token.key in COURTESY or token.text in CORRECTING for token in self._tokens[:end] if token.is_word)

    def _reference(self, marker: Marker, end: int) -> int:
        if marker is Marker.SAME and self._line.is_empty and self._lines and self._lines[-1].changes:
            self._lines[-1].same = True  # *pon campechanas, la misma cantidad*
            return end
        self._line.each |= marker is Marker.EACH
        self._line.same |= marker is Marker.SAME
        self._line.rest |= marker is Marker.REST
        return end

    def _change(self, marker: Marker, end: int) -> None:
        amount = amount_at(self._tokens, end) if marker is Marker.SET else None
        if amount and text_at(self._tokens, amount.end) == "mas":
            marker = Marker.ADD
        if self._changes_what_is_named(marker, end):
            return
        if marker is Marker.REMOVED and amount_at(self._tokens, end):
            marker = Marker.SET
        if marker is Marker.SWAP and self._line.words and text_at(self._tokens, end) == "por":
            self._line.op, self._line.changes = "remove", True
        elif marker is Marker.SWAP and not self._line.words and self._lines and self._points_back(end):
            self._lines[-1].op, self._lines[-1].changes = "remove", True
        if marker is Marker.INSTEAD:
            self._put_in_its_place(end)
        self._close()
        operations: dict[Marker, CartOperation] = {Marker.ADD: "add", Marker.SET: "set"}
        self._op = operations.get(marker, "remove")
        self._changes, self._talking, self._asked = True, False, False
        self._swapped = marker is Marker.INSTEAD
        self._swapping = marker is Marker.SWAP
        self._instead = marker is Marker.INSTEAD
        self._line = self._new_line()

    def _changes_what_is_named(self, marker: Marker, end: int) -> bool:
        """Whether the change is of what was said before it, or only of the order under way."""
        ends = self._ends_at(self._after_courtesy(end))
        if marker is Marker.SET and self._line.instead and self._line.words:
            self._begin_what_comes()
        elif self._sets_what_is_named(marker, end):
            self._talking = self._asked = False
        elif self._is_under_way() and marker in {Marker.ADD, Marker.SET}:
            self._close()
            self._line.corrects = marker is Marker.SET
            self._talking = self._asked = False
        elif marker is Marker.REMOVED and self._is_under_way() and not self._is_counted() and self._line.words:
            self._line.negated = True
            self._close()
            self._talking = True
        elif marker is Marker.REMOVED and ends:
            self._take_away()
        elif self._becomes_set(marker, end) and ends and (self._line.amount or self._line.words):
            self._line.op, self._line.changes = "set", True
            self._close()
        else:
            return False
        return True

    def _is_counted(self) -> bool:
        return self._line.amount is not None and self._line.amount.explicit

    def _becomes_set(self, marker: Marker, end: int) -> bool:
        return marker is Marker.SET or (marker is Marker.REMOVED and amount_at(self._tokens, end) is not None)
