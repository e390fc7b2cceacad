"""Verbs with their pronouns, auxiliaries and negation, read for what they do to an order.

*me podría mandar*, *que ya no me pongan*, *quisiera encargarle*, *no la voy a querer*: no list could name them all.
"""

from collections.abc import Sequence
from itertools import takewhile

from marchante.understanding.lexicon.conjugation import Form
from marchante.understanding.lexicon.orders import Marker
from marchante.understanding.lexicon.verbs import (
    COMES_SO,
    CONJUNCTIONS,
    GOING_TO,
    MINE_TO_DO,
    NO_VERB_AFTER,
    NOUNS,
    OPENERS,
    Role,
    Verb,
    verb,
)
from marchante.understanding.lexicon.words import IT, PRONOUNS, THE, TO_IT, US
from marchante.understanding.normalize import sound
from marchante.understanding.verbs.verb_senses import Auxiliary, Negation, Said, has_already, sense
from marchante.understanding.words.numerals import text_at
from marchante.understanding.words.quantities import amount_at
from marchante.understanding.words.tokens import Token

_NEGATES = frozenset({"no", "tampoco", "ni"})
_REVOKES = frozenset({"ya", "siempre", "mejor"})
"""Before *no*: what was wanted is no longer."""
_GOES_ON = frozenset({"ando", "andamos", "estoy", "estamos", "andaba", "estaba"})
_OPENS = _NEGATES | _REVOKES | PRONOUNS | GOING_TO | _GOES_ON | {"que", "si", "favor", "hay", "y"}
_ASKED_SO = frozenset({Form.POLITE, Form.WISHED, Form.WOULD})
_BEFORE_AN_INFINITIVE = frozenset({("favor", "de"), ("hay", "que")})
_BETWEEN = frozenset({"por", "favor", "porfa", "usted", "ustedes", "porfavor"})
_FAVOR = frozenset({"favor", "favorcito", "favorsote", "paro", "parote"})
_INDIRECT = TO_IT | {"te"}
_PAST_WITH = {"llevar": _INDIRECT | {"me"}, "comprar": _INDIRECT | {"me"}}
_TO = frozenset({"a", "en", "con"})
_PURPOSES = frozenset({"para", "por", "sin"})
_CLAUSE = 5
_REASONS = frozenset({"porque", "aunque", "mientras"})
_WONDERS = frozenset({"saber", "decir", "decirme", "dice", "digame", "dime", "preguntar", "pregunta", "duda", "ver"})
_MOST_PRONOUNS = 3
_NOTHING: tuple[int, Marker | None] = (0, None)


def verb_group(tokens: Sequence[Token], start: int) -> tuple[int, Marker | None]:
    """Read the group of a verb that begins at a position: how many tokens it takes, and what it does."""
    text = tokens[start].text
    if not tokens[start].is_word or not (text in _OPENS or text in OPENERS or verb(text)):
        return _NOTHING
    before = text_at(tokens, start - 1)
    if before in PRONOUNS - IT and text not in PRONOUNS:
        return _NOTHING
    told = _comes_so(tokens, start)
    if told:
        return told, Marker.STOP
    if text == "mejor" and start + 1 < len(tokens) and tokens[start + 1].text not in _REVOKES | _NEGATES:
        taken, marker = verb_group(tokens, start + 1)
        return (taken + 1, Marker.SET) if marker is Marker.ORDER else _NOTHING
    if text == "ya" and has_already(tokens[start + 1 : start + 3]):
        return 3, Marker.REMOVED
    opened = _opener(tokens, start)
    taken, marker = _Group(tokens, start + opened).read() if start + opened < len(tokens) else _NOTHING
    if before in CONJUNCTIONS and marker and marker is not Marker.QUESTION and not opened:
        return _after_conjunction(tokens[start], before, taken, marker)
    return (opened + taken, marker) if marker else _NOTHING


def _comes_so(tokens: Sequence[Token], start: int) -> int:
    """*y que el envase venga limpio*: how it is to be; how many tokens begin that."""
    opens = 2 if tokens[start].text == "y" and start + 1 < len(tokens) else 1
    following = tokens[start + opens : start + opens + _CLAUSE]
    if tokens[start + opens - 1].text != "que" or not following or following[0].text not in THE:
        return 0
    clause = takewhile(lambda token: token.is_word and token.text not in {"y", "que"}, following)
    return opens + 1 if any(sound(token.text) in COMES_SO for token in clause) else 0


def _after_conjunction(first: Token, before: str, taken: int, marker: Marker) -> tuple[int, Marker | None]:
    """*a cómo me da*, *cuando me manden* and *cómo pedir* order nothing; *cuando guste mándeme* does."""
    if first.text in PRONOUNS:
        return taken, Marker.BREAK
    found = verb(first.text)
    told = found and not (US.intersection(found.pronouns) or Role.WANT in found.roles)
    return _NOTHING if told and before not in _REASONS else (taken, marker)


def _opener(tokens: Sequence[Token], start: int) -> int:
    """*habrá manera de*, *será posible*: how many tokens ask for it before the verb does."""
    for words in OPENERS.get(tokens[start].text, ()):
        if tuple(token.text for token in tokens[start : start + len(words)]) == words:
            return len(words)
    return 0


class _Group:
    """Walks over the tokens of one group."""

    def __init__(self, tokens: Sequence[Token], start: int) -> None:
        self._tokens = tokens
        self._start = self._at = start
        self._negation = Negation.NONE
        self._auxiliary = Auxiliary.NONE
        self._pronouns: list[str] = []

    def _text(self, ahead: int = 0) -> str:
        return text_at(self._tokens, self._at + ahead)

    def _take(self, *words: str) -> bool:
        """Go past the words if they stand here."""
        here = all(self._text(ahead) == word for ahead, word in enumerate(words))
        self._at += len(words) if here else 0
        return here

    def read(self) -> tuple[int, Marker | None]:
        that, whether = self._take("que"), self._take("si")
        if whether and not that:
            return self._if_there_is()
        self._negate()
        self._take_pronouns()
        proclitics = frozenset(self._pronouns)
        main = self._main()
        if main is None:
            return _NOTHING
        text = self._text(-1)
        bare = self._at == self._start + 1
        if self._is_a_purpose(main):
            return _NOTHING
        if not main.pronouns and self._is_a_noun(text, proclitics, bare=bare):
            return _NOTHING
        if that and Role.TAKE in main.roles and Form.PAST in main.forms and Form.POLITE not in main.forms:
            return self._at - self._start, Marker.STOP  # *los 2 que pedí*
        marker = sense(
            Said(
                main,
                self._used_as(main, proclitics, that=that, whether=whether),
                text,
                frozenset(self._pronouns),
                self._negation,
                self._auxiliary,
                counted=self._counts(0),
                to_an_amount=self._counts(0) or (self._text() in _TO and self._counts(1)),
                questioned=self._is_questioned(),
                wished=that,
            )
        )
        return (self._at - self._start, marker) if marker else _NOTHING

    def _is_questioned(self) -> bool:
        return "?" in {token.text for token in self._tokens[self._at :]}

    def _counts(self, ahead: int) -> bool:
        at = self._at + ahead
        return at < len(self._tokens) and amount_at(self._tokens, at) is not None

    def _used_as(self, main: Verb, proclitics: frozenset[str], *, that: bool, whether: bool) -> frozenset[Form]:
        """What the form can be where it stands: *mande* after *que* no past, after *le* nothing else."""
        forms = main.forms
        if that and self._auxiliary is Auxiliary.NONE:
            return forms & (_ASKED_SO | ({Form.INDICATIVE} if whether else frozenset()))
        if self._negation is not Negation.NONE or that:
            return forms
        overdone = main.infinitive == "pasar" and not self._counts(0)
        if Form.PAST in forms and (overdone or proclitics & _PAST_WITH.get(main.infinitive, _INDIRECT)):
            forms -= {Form.POLITE}  # *le mandé*, *me llevé*, *me pasé con el azúcar*
        return forms - {Form.WISHED}

    def _is_a_purpose(self, main: Verb) -> bool:
        """*para echarle al café*"""
        before = text_at(self._tokens, self._start - 1)
        alone = self._at == self._start + 1 and main.forms == {Form.INFINITIVE}
        return alone and before in _PURPOSES and Role.GIVE in main.roles and Role.ADD not in main.roles

    def _is_a_noun(self, text: str, proclitics: frozenset[str], *, bare: bool) -> bool:
        """*un encargo*, *la compra*, *pasas*"""
        before = text_at(self._tokens, self._start - 1) if bare else ""
        if before in NO_VERB_AFTER or (text.endswith("r") and verb(before)):  # *hasta qué hora dejan meter*
            return True
        return text in NOUNS and proclitics <= IT and self._auxiliary is Auxiliary.NONE

    def _negate(self) -> None:
        """*ya no*, *mejor ya no*, *no*"""
        start = self._at
        while self._text() in _REVOKES:
            self._at += 1
        if self._text() in _NEGATES:
            self._negation = Negation.NO_LONGER if self._at > start else Negation.NOT
            self._at += 1
        else:
            self._at = start

    def _take_pronouns(self) -> None:
        while self._text() in PRONOUNS and len(self._pronouns) < _MOST_PRONOUNS:
            self._pronouns.append(self._text())
            self._at += 1

    def _main(self) -> Verb | None:
        """Find the verb the group is about, behind its auxiliaries."""
        found = self._of_infinitive() or self._finite()
        if found:
            self._pronouns.extend(found.pronouns)
        return found

    def _finite(self) -> Verb | None:
        found = verb(self._text())
        if found is None or found.roles == {Role.CAN}:
            return None
        self._at += 1
        if found.infinitive == "hacer":
            return self._favor(found)
        if Role.WANT in found.roles:
            return self._wanted_done(found)
        return found

    def _of_infinitive(self) -> Verb | None:
        start, text = self._at, self._text()
        found = verb(text)
        if (text, self._text(1)) in _BEFORE_AN_INFINITIVE or (text in GOING_TO and self._text(1) == "a"):
            self._at += 2
        elif text in _GOES_ON or (found and found.roles == {Role.CAN}):
            self._at += 1
        else:
            return None
        while self._text() in _BETWEEN:
            self._at += 1
        self._take_pronouns()
        wanted = Form.GERUND if text in _GOES_ON else Form.INFINITIVE
        main = self._infinitive(wanted)
        if main is None:
            self._at = start
            return None
        mine = text in MINE_TO_DO | _GOES_ON
        self._auxiliary = Auxiliary.MINE if mine else Auxiliary.YOURS
        return main

    def _infinitive(self, form: Form = Form.INFINITIVE) -> Verb | None:
        found = verb(self._text())
        if found is None or form not in found.forms:
            return None
        self._at += 1
        return found

    def _favor(self, found: Verb) -> Verb | None:
        """*me hace el favor de mandarme*; *hace falta*"""
        if self._take("falta"):
            return Verb("faltar", frozenset({Role.LACK}), found.forms, found.pronouns)
        start = self._at
        if self._text() in {"el", "un"}:
            self._at += 1
        if self._text() not in _FAVOR:
            self._at = start
            return found
        self._at += 1
        self._take("de")
        self._take_pronouns()
        main = self._infinitive()
        self._auxiliary = Auxiliary.YOURS
        return main

    def _wanted_done(self, found: Verb) -> Verb:
        """*quisiera encargarle*, *no quiero que me manden*"""
        start, kept = self._at, list(self._pronouns)
        that = self._take("que")
        self._take_pronouns()
        done = verb(self._text())
        done_so = done and done.forms & (_ASKED_SO if that or len(self._pronouns) > len(kept) else {Form.INFINITIVE})
        if done is None or not done_so or Role.CAN in done.roles:
            self._at, self._pronouns = start, kept
            return found
        self._at += 1
        self._auxiliary = Auxiliary.WANTED
        return done

    def _if_there_is(self) -> tuple[int, Marker | None]:
        """*si manejan*, *si trae me manda*: wanted if it is there; *si no tienen* brings in what else will do."""
        lacking = self._take("no")
        found = verb(self._text())
        if found is None or Role.HAVE not in found.roles or not found.forms & {Form.INDICATIVE, Form.WOULD}:
            return _NOTHING
        self._at += 1
        if lacking:
            return self._at - self._start, Marker.BREAK
        if self._text() in {"me", "nos"}:
            following, marker = verb_group(self._tokens, self._at)
            self._at += following if marker is Marker.ORDER else 0
        wonders = text_at(self._tokens, self._start - 1) in _WONDERS
        return self._at - self._start, Marker.QUESTION if wonders or self._is_questioned() else Marker.WISHED
