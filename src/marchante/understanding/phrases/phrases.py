"""The words of one line read into products, wishes, and what the shop does not have."""

from collections.abc import Sequence

from marchante.understanding.lexicon.attributes import GENERIC, SIZE_WORDS, STATES, WISH_STARTS, WISHES
from marchante.understanding.lexicon.fillers import REASONS, VERBS_OF_TALK
from marchante.understanding.lexicon.goods import GOODS, MATERIALS, PURPOSES
from marchante.understanding.lexicon.words import (
    DETERMINERS,
    LINKING,
    LINKS,
    NARROWING,
    OBJECTS,
    PACKAGING,
    QUALIFYING,
    STOPWORDS,
)
from marchante.understanding.phrases.descriptions import Descriptions
from marchante.understanding.phrases.readings import Reading, Verdict, is_talk, is_traded, is_wish
from marchante.understanding.shop.lookup import Found, Lookup, names_a_product
from marchante.understanding.shop.matching import PLAIN_VARIANT, Choice, Group, Outcome, Word, choose
from marchante.understanding.words.sizes import Size
from marchante.understanding.words.tokens import Token

_ADDRESSED = frozenset({"don", "dona"})
"""With the name after it: *doña Chelo*."""


def read_phrase(
    positions: Sequence[int], sizes: Sequence[Size], tokens: Sequence[Token], lookup: Lookup
) -> list[Reading]:
    """Read the words of a line, given by token position, with the sizes said among them."""
    return _PhraseReader(positions, sizes, tokens, lookup).read()


class _PhraseReader(Descriptions):
    """Walks over the words of one line."""

    def read(self) -> list[Reading]:
        place = 0
        while place < len(self._positions):
            place = self._step(place)
        self._finish()
        return self._readings or [Reading(Verdict.NOTHING)]

    def _step(self, place: int) -> int:
        at = self._positions[place]
        token = self._tokens[at]
        if token.text in REASONS:
            return len(self._positions)
        named = self._named_in_full(place)
        if named:
            return place + named
        if self._is_asked_to_do(at, token):
            return place + 1
        if token.text in _ADDRESSED and not names_a_product(self._lookup.hits(token)) and not self._is_counted(at):
            return place + 2
        if token.key in GENERIC and self._content_after(place):
            return place + 1
        if token.text in STOPWORDS or not (token.is_word or token.text in self._lookup.index):
            return self._small_word(place, token)
        return self._naming_word(place, token)

    def _naming_word(self, place: int, token: Token) -> int:
        """Look a word up: with what follows it, or else alone."""
        if self._counts_parts(self._positions[place], token):
            return place + 1
        general = self._general(place)
        if general and self._take(general[0], (self._positions[general[1]],)):
            return general[1] + 1
        contiguous = [self._tokens[each] for each in self._positions[place:]]
        lacking = self._lookup.lacking(contiguous) if not self._group.words else 0
        if lacking:
            self._leading.extend(self._positions[place : place + lacking])
            return place + lacking
        found, taken = self._lookup.phrase(contiguous)
        if taken and self._take(found, self._positions[place : place + taken]):
            return place + taken
        found = self._lookup.bound_to(self._link, token)
        if found.hits and self._take(found, (self._positions[place],)):
            return place + 1
        return self._unfit(place, token)

    def _named_in_full(self, place: int) -> int:
        """Take a name said in full; gives how many of the positions it takes up."""
        name = self._lookup.names.get(self._positions[place])
        if name is None:
            return 0
        at = self._positions[place : place + name.end - name.start]
        named = self._lookup.named(name)
        whole = at[-1] == name.end - 1 and self._take(named, at, called=frozenset(name.places))
        if whole:
            self._group.part(self._parts(at, named))
        return len(at) if whole else 0

    def _small_word(self, place: int, token: Token) -> int:
        if self._group.anchored():
            if token.text in OBJECTS and place + 1 < len(self._positions) and place:
                return len(self._positions)
            if token.text in WISH_STARTS - LINKS and self._wish_follows(place, token.text):
                return self._note(place)
            if self._is_described_from(place):
                self._varied |= token.text != "pero"
                return self._note(place)
            if token.kind == "number" and self._link == "en":
                return self._note(place - 1)
        if token.text in LINKS or token.text in LINKING:
            self._link = "a" if token.text == "al" else token.text
        return place + 1

    def _take(self, found: Found, at: Sequence[int], *, called: frozenset[int] = frozenset()) -> bool:
        link, self._link = self._link, ""
        anchored = self._group.anchored()
        first = self._tokens[at[0]]
        settles = first.key not in WISHES and not (self._aside and first.key in PURPOSES)
        anchors = (link not in NARROWING and not (anchored and link)) or (
            link in {"para", "en"} and self._is_to_fill(found)
        )
        anchors |= bool(self._services) and not self._group.words  # *cierre nuevo para el vestido*
        word = Word(found.keys, tuple(at), found.hits, anchors, settles, called)
        if len(at) == 1 and self._is_work(first):
            self._services.append(word)
            return True
        if not self._group.words:
            self._lead_link = link if self._leading else ""
        if link == "para" and anchored and not anchored & word.hits.keys():
            apart = self._tells_kinds_apart(self._tokens[at[0]])
            self._aside = not apart  # *camarón para coctel* is no cocktail
            self._conflicts.extend(at if apart else ())
            return True
        if self._group.accept(word):
            return True
        self._link = link
        besides = link == "con" and [token.text for token in self._tokens[at[0] - 2 : at[0]]] == ["todo", "y"]
        if not names_a_product(word.hits) or (anchored and link in LINKING | LINKS and not besides):
            return False
        if anchored and self._only_says_whose(word):
            return False
        if anchored and self._tokens[at[0]].key in PACKAGING and self._tokens[at[0] - 1].text in DETERMINERS:
            self._boxes.extend(at)  # *impermeabilizante, la cubeta grande*
            return True
        if anchored:
            self._finish()
        else:
            self._leading.extend(each for word in self._group.words for each in word.at)
            self._group = Group()
            self._lead_link = link
        self._link = ""
        return self._group.accept(word)

    def _unfit(self, place: int, token: Token) -> int:
        """Deal with a word no product has beside the others."""
        at, link = self._positions[place], self._link
        self._link = ""
        anchored = self._group.anchored()
        if self._adjective(at, token, anchored):
            return place + 1
        counted = self._is_counted(at) or self._is_asked_for(at)
        noun = counted and not anchored and (token.key in GOODS or token.key not in WISHES)
        if is_wish(token) and not noun:
            return self._note(place) if anchored else place + 1
        if token.key in PACKAGING:
            self._boxes.append(at)
        elif anchored and self._says_whose(at):
            return place + 1
        elif not anchored and link in {"con", "sin"} and self._is_described():
            return self._note(place - 1 if place else place)
        else:
            return self._beside(place, token, link)
        return place + 1

    def _beside(self, place: int, token: Token, link: str) -> int:
        """Keep a word that is no adjective: talk, another thing, a wish, or what makes it a thing the shop lacks."""
        at, anchored = self._positions[place], self._group.anchored()
        if link in {"para", "por"} and self._group.words and self._tells_kinds_apart(token):
            self._conflicts.append(at)
        elif link in {"para", "por"} and self._group.words:
            states = any(word.keys & STATES for word in self._group.words)
            self._aside = bool(anchored) or not states or token.key not in PURPOSES
            self._leading.extend([] if self._aside else [at])  # *un líquido para llantas*
        elif anchored and token.key in VERBS_OF_TALK and not link:
            return len(self._positions)  # *cuarto de chorizo paso saliendo*
        elif is_talk(token) or self._aside:
            return place + 1
        elif not anchored:
            self._leading.append(at)
        elif link == "en" and token.key in MATERIALS:
            self._conflicts.append(at)
        elif link in {"con", "sin", "en"}:
            self._varied |= link == "con" and is_traded(token)
            return self._note(place - 1 if place else place)
        elif link in QUALIFYING and self._says_whose_or_where(place, token):
            self._varied = True
            return self._note(place)
        elif link in QUALIFYING:
            self._conflict(at, token, link)
        return place + 1

    def _finish(self) -> None:
        self._apply_services()
        bare_form = not (self._leading or self._conflicts) and self._group.forms()
        if self._group.anchored() or bare_form:
            self._product()
        elif self._group.words:
            self._loose()
        elif self._leading:
            self._missing(self._leading + self._conflicts)
        elif self._boxes and not self._size_words:
            self._missing(self._boxes)
        elif self._size_words or self._plain_words or self._sizes:
            at = sorted(self._size_words + self._plain_words) or [0]
            self._readings.append(
                Reading(Verdict.ELLIPTIC, at[0], at[-1], notes=self._notes, size_words=self._size_keys())
            )
        if self._strangers:
            self._missing(self._strangers)
        self._reset()

    def _product(self) -> None:
        group = self._group
        at = sorted(each for word in group.words for each in word.at)
        if self._is_of_the_lacking(group, at):
            self._missing([*self._leading, *at, *self._conflicts])
            return
        leads = [each for each in self._leading if is_traded(self._tokens[each])]
        if leads:
            self._missing(leads)
        choice = self._learned() or choose(group, self._sizes, self._lookup.index, self._size_keys())
        if self._conflicts and not self._tolerated(choice):
            self._missing([*at, *self._conflicts], sure=True, group=group)
            return
        if self._conflicts and choice.outcome is Outcome.ONE and len(group.anchored()) > 1:
            choice = Choice(Outcome.SEVERAL, tuple(sorted(group.anchored())), choice.score, "said more than any name")
        if self._varied and choice.reason == PLAIN_VARIANT and not self._is_worked_on(choice):
            choice = Choice(Outcome.SEVERAL, tuple(sorted(group.anchored())), choice.score, "none is with that")
        if choice.outcome is Outcome.WRONG_SIZE:
            self._missing(at, sure=True, group=group)
            return
        notes = self._notes
        if choice.outcome is Outcome.ONE and self._size_words and not self._told_by_size():
            notes = [*((each, each) for each in self._size_words), *notes]
        span = [*at, *self._size_words]
        box = self._tokens[self._boxes[-1]].key if self._boxes else ""
        reading = Reading(
            Verdict.PRODUCT, min(span), max(span), choice, group, notes, size_words=self._size_keys(), box=box
        )
        self._readings.append(reading)

    def _loose(self) -> None:
        at = sorted(each for word in self._group.words for each in word.at)
        goods = any(is_traded(self._tokens[each]) for each in at)
        if self._leading or (self._boxes and self._boxes[0] < at[0]):  # *un cono doble*
            self._missing([*self._leading, *self._boxes, *at, *self._conflicts])
            return
        reading = Reading(Verdict.ELLIPTIC, at[0], at[-1], group=self._group, notes=self._notes, sure=goods)
        reading.size_words = self._size_keys() | (self._group.keys & SIZE_WORDS)
        self._readings.append(reading)

    def _missing(self, at: Sequence[int], *, sure: bool = False, group: Group | None = None) -> None:
        """Note what the shop lacks; `group` is what it has of that kind: *coca de vidrio? si no, 2 de 600*."""
        found = sorted(at)
        sure = sure or any(is_traded(self._tokens[each]) for each in found)
        first, last = found[0], max([*found, *(each for each in self._size_words if each > found[0])])
        reading = Reading(Verdict.UNKNOWN, first, last, sure=sure, notes=self._notes, group=group or Group())
        self._readings.append(reading)
