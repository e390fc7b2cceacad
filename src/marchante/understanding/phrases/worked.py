"""What is to be done to the things of a phrase: *lavar*, *planchado*, *entallar*."""

from collections.abc import Sequence
from dataclasses import replace

from marchante.understanding.lexicon.attributes import IRONING, SERVICES
from marchante.understanding.lexicon.fillers import COURTESY, REASONS
from marchante.understanding.lexicon.words import STOPWORDS
from marchante.understanding.lexicon.works import CARE, LIGHT, WORK_OF
from marchante.understanding.phrases.phrase_state import PhraseState
from marchante.understanding.shop.index import in_names
from marchante.understanding.shop.lookup import names_a_product
from marchante.understanding.shop.matching import Group, Word
from marchante.understanding.shop.product_names import Role
from marchante.understanding.shop.vessels import TELLS_STATE
from marchante.understanding.words.tokens import Token


class Worked(PhraseState):
    """Joins work to what it is done to."""

    def _is_work(self, token: Token) -> bool:
        return self._lookup.index.serves and (token.key in SERVICES or bool(self._lookup.work_of(token)))

    def _apply_services(self) -> None:
        """*lavar*, *planchado* narrow what is brought in where they can, and stand for themselves where nothing is."""
        if self._group.words and self._stands_for_itself():
            return
        alone = not self._group.words and not self._leading
        self._ironed()
        for word in sorted(self._services, key=lambda word: all(WORK_OF.get(key) in LIGHT for key in word.keys)):
            places = in_names(word.hits).keys()
            if alone:
                self._group.accept(word)
            elif self._group.places & places:
                self._group.words.append(replace(word, anchors=False))
                self._group.places &= places

    def _ironed(self) -> None:
        """*mi vestido largo, puro planchado*: ironed all are alike, where only *Planchado vestido* is sold."""
        ironing = next((word for word in map(_named, self._services) if word.keys & IRONING), None)
        garments = self._garments()
        if ironing is not None and not self._fits(garments, set(ironing.hits)):
            self._keep_heads(garments, set(ironing.hits))

    def _stands_for_itself(self) -> bool:
        """*zurcido a un saco* is mending and no jacket: what is mended in any garment takes the garment's place."""
        mends = [word for word in self._services if not word.keys & (SERVICES | CARE)]
        light = all(WORK_OF.get(key) in LIGHT for word in mends for key in word.keys)
        work = Group()
        for word in () if light else mends:
            work.accept(_named(word))
        garments = self._garments()
        if not work.places or self._fits(garments, work.places) or self._keep_heads(garments, work.places):
            return False
        self._group = Group(work.words, self._nearest_to(work.places))
        return True

    def _garments(self) -> list[Word]:
        return [named for word in self._group.words if (named := _named(word)).hits]

    def _keep_heads(self, garments: Sequence[Word], places: set[int]) -> bool:
        """*un vestido de noche para entallar*: where only the dress itself is among the places, it is any dress."""
        heads = [word for word in garments if any(hit.role is Role.HEAD for hit in word.hits.values())]
        fits = self._fits(heads, places)
        if fits:
            self._group = Group(heads, set.intersection(*(set(word.hits) for word in heads)))
        return fits

    def _nearest_to(self, places: set[int]) -> set[int]:
        """*bastilla a unos pantalones de mezclilla*: the *Bastilla mezclilla* rather than that of other trousers."""
        said = [self._lookup.hits(self._tokens[at]) for word in self._group.words for at in word.at]
        entries = self._lookup.index.entries

        def unsaid(place: int) -> tuple[int, int]:
            told = [place in hits for hits in said]
            return -sum(told), len(frozenset(entries[place].forms[0].keys) - WORK_OF.keys())

        best = min(map(unsaid, places))
        return {place for place in places if unsaid(place) == best} if best[0] else places

    def _fits(self, words: Sequence[Word], places: set[int]) -> bool:
        return bool(words) and bool(places.intersection(*(word.hits for word in words)))

    def _note(self, place: int) -> int:
        """A wish runs to the end of the words, or to the next thing that can be bought."""
        end = place
        while end < len(self._positions):
            token = self._tokens[self._positions[end]]
            if token.text in REASONS or (token.key in COURTESY and token.text not in STOPWORDS):
                break
            previous = self._tokens[self._positions[end - 1]].text if end > place else "-"
            if end > place and previous == "con" and (self._tells_apart(token) or self._narrows(token, "con")):
                end -= 1
                break
            if (
                previous not in STOPWORDS
                and names_a_product(self._lookup.hits(token))
                and not self._narrows(token)
                and end > place
            ):
                break
            if end > place and token.key in TELLS_STATE and self._narrows(token):  # *un galón lleno, nuevo*
                break
            end += 1
        start = place
        while start > 0 and self._tokens[self._positions[start - 1]].text in {"bien", "muy", "pero", "no", "mas"}:
            start -= 1
        if end > start:
            self._notes.append((self._positions[start], self._positions[end - 1]))
        return max(end, place + 1)


def _named(word: Word) -> Word:
    """The word in names only."""
    return replace(word, hits=in_names(word.hits))
