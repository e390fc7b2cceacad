"""Numbers in a line that are sizes of the thing rather than amounts of it: *brocha 2" 3*, *coca 600 1*."""

from marchante.understanding.lexicon.fillers import COURTESY
from marchante.understanding.lexicon.words import PACKAGING, STOPWORDS, UNITS
from marchante.understanding.lines.lines import LineBuilder
from marchante.understanding.normalize import word_key
from marchante.understanding.shop.lookup import names_a_product
from marchante.understanding.words.numerals import key_at
from marchante.understanding.words.quantities import Spoken, amount_at
from marchante.understanding.words.sizes import Size

_STREET = 2
_SIZE_LIKE = 100
_SMALL = 12
"""Up to here a bare number beside a name is rather how many are wanted."""
_PACK = word_key("pack")
_CALIBRE = word_key("calibre")
_ONLY_SIZES = frozenset({"in", "cm", "w", "oz"})
"""Nothing is sold by these."""


class LineSizes(LineBuilder):
    """Tells sizes from amounts."""

    def _is_of_a_street(self, amount: Spoken) -> bool:
        """*un yogurt a Xicoténcatl 614*: after a name the shop has not heard of."""
        if amount.end != amount.start + 1 or amount.start < _STREET or self._tokens[amount.start].kind != "number":
            return False
        to, street = self._tokens[amount.start - 2], self._tokens[amount.start - 1]
        known = not street.is_word or street.text in STOPWORDS or bool(self._lookup.hits(street))
        return (
            to.text in {"a", "en"} and not known and bool(self._line.words) and self._ends_at(self._past_please(amount))
        )

    def _past_please(self, amount: Spoken) -> int:
        end = amount.end
        while end < len(self._tokens) and self._tokens[end].key in COURTESY:
            end += 1
        return end

    def _is_half_and_half(self, amount: Spoken) -> bool:
        """*10 conchas, mitad y mitad*"""
        said = [token.text for token in self._tokens[amount.start : amount.start + 4]]
        return said[:3] == ["mitad", "y", "mitad"] and said[3:] not in (["de"], ["del"])

    def _measures_the_thing(self, amount: Spoken) -> bool:
        """*brocha 2" 3*, *coca 600 1*: a size, with the count right after it."""
        if self._line.amount is not None or not amount.explicit or not self._is_size(amount):
            return False
        if amount.unit in _ONLY_SIZES or self._is_of_pieces(amount):
            return True
        following = amount_at(self._tokens, amount.end)
        if amount.unit and not amount.fraction:
            plain = following is not None and not (following.unit or following.pack or following.fraction)
            return plain and following is not None and self._ends_at(following.end) and self._comes_in(amount)
        bare = not (amount.unit or amount.pack or amount.fraction) and amount.end == amount.start + 1
        if not bare or following is None or following.fraction or following.of or following.value == amount.value:
            return False
        return self._tokens[amount.end].kind == "number"

    def _is_of_pieces(self, amount: Spoken) -> bool:
        """*un traje 3 piezas* at the cleaner's is one."""
        index, said = self._lookup.index, as_size(amount)
        if amount.unit != "pz" or not index.washes:
            return False
        served = filter(index.is_service, self._named_by(self._line.words))
        return any(size.unit == "pz" and size.fits(said) for at in served for size in index.entries[at].sizes)

    def _comes_in(self, amount: Spoken) -> bool:
        """*recarga 10 kg 1*: the things named come in that size."""
        said, entries = as_size(amount), self._lookup.index.entries
        named = {at for word in self._line.words for at in self._lookup.hits(self._tokens[word])}
        return any(entries[at].comes_in(said) for at in named)

    def _counts_goods(self, amount: Spoken) -> bool:
        """*relleno de 4 garrafones*: no size of four, though there are galones of 4 litres."""
        if not self._is_size(amount):
            return True
        following = self._tokens[amount.end]
        many = amount.value > 1 and following.text.endswith("s")
        return many and names_a_product(self._lookup.index.exact(following.key))

    def _up_to_the_half(self, amount: Spoken) -> Spoken:
        """*clavos de 3 y medio de alambre*, *coca de 3 litros y medio de queso*: the half is of the next thing."""
        joint = amount.end - 2
        if not amount.of or joint <= amount.start or self._tokens[joint].text != "y":
            return amount
        whole = amount_at(self._tokens[:joint], amount.start)
        first = self._tokens[amount.start]
        if whole is not None and whole.unit:
            return whole if self._comes_in(whole) and not self._comes_in(amount) else amount
        return (
            Spoken(first.value, amount.start, joint)
            if first.value is not None and joint == amount.start + 1
            else amount
        )

    def _closes(self, amount: Spoken) -> bool:
        """A small bare number is a size only where nothing more is said of the thing: *el cable 12*."""
        if amount.unit or amount.value >= _SIZE_LIKE or amount.value != amount.value.to_integral_value():
            return True
        return self._ends_at(amount.end)

    def _only_describes_after(self, amount: Spoken) -> bool:
        """*3 garrafón 20 lts nuevo*: the measure is part of a name that goes on after it."""
        if amount.end >= len(self._tokens) or not self._is_size(amount):
            return False
        following = self._lookup.hits(self._tokens[amount.end])
        return bool(following) and not names_a_product(following)

    def _of_a_name(self, amount: Spoken) -> Spoken | None:
        """*etapa 3*, *resistol 850*, *imper 5 años*, *lija #120*: a number out of the names of what was said before."""
        first = self._tokens[amount.start]
        value = first.number
        if value is None:
            return None
        alone = Spoken(value, amount.start, amount.start + 1)
        before = self._tokens[amount.start - 1]
        if amount.end == alone.end and value in self._lookup.index.numbered.get(before.key, ()):
            return alone
        following = key_at(self._tokens, alone.end)
        entries = self._lookup.index.entries
        sizes = (size for at in self._named_by(self._line.words) for size in entries[at].sizes)
        told = {size.unit for size in sizes if size.fits(Size(value, size.unit))}
        if following == _PACK and self._come_by(int(value)):
            return Spoken(value, alone.start, alone.end + 1, "pz")
        if "" in told and (value > _SMALL or before.text == "#" or before.key == _CALIBRE):
            return alone
        if (
            following
            and following in told - PACKAGING - UNITS.keys()
            and (before.is_word or not names_a_product(self._lookup.index.exact(following)))
        ):
            return Spoken(value, alone.start, alone.end + 1, following)
        return None

    def _come_by(self, count: int) -> bool:
        """*tecate 12 pack*"""
        entries = self._lookup.index.entries
        return any(entries[at].pack_count == count for at in self._named_by(self._line.words))

    def _named_by(self, words: list[int]) -> set[int]:
        """Products all the words so far fit."""
        hits = [found.keys() for at in words if (found := self._lookup.hits(self._tokens[at]))]
        return set(hits[0]).intersection(*hits[1:]) if hits else set()

    def _is_size(self, amount: Spoken) -> bool:
        said = as_size(amount)
        return any(size.fits(said) for size in self._lookup.index.spoken_sizes)


def as_size(amount: Spoken) -> Size:
    if amount.unit == "dozen":
        return Size(amount.value, "pz")
    return Size(amount.value, amount.unit or amount.pack)
