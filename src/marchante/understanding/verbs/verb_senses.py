"""What a verb, as it is used, does to an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from marchante.understanding.lexicon.conjugation import Form
from marchante.understanding.lexicon.orders import Marker
from marchante.understanding.lexicon.verbs import NOT_OF_GOODS, ONLY_FOR_US, ONTO, Role, Verb, verb
from marchante.understanding.lexicon.words import IT, TO_IT, US
from marchante.understanding.words.tokens import Token


class Negation(Enum):
    """Whether it is denied, and whether it was wanted before."""

    NONE = auto()
    NOT = auto()
    NO_LONGER = auto()


class Auxiliary(Enum):
    """Who is to do it, where another verb says so."""

    NONE = auto()
    YOURS = auto()
    """*puede mandar*"""
    MINE = auto()
    """*voy a pedir*"""
    WANTED = auto()
    """*quiero que mande*, *quiero mandar*"""


@dataclass(frozen=True, slots=True)
class Said:
    """A verb as it stands in a message."""

    verb: Verb
    forms: frozenset[Form]
    text: str
    pronouns: frozenset[str]
    negation: Negation
    auxiliary: Auxiliary
    counted: bool
    to_an_amount: bool
    questioned: bool
    wished: bool
    """After *que*: *que le hagan*."""

    @property
    def asks(self) -> bool:
        """Whether the shop is told or asked to do it."""
        if self.auxiliary is not Auxiliary.NONE:
            return self.auxiliary is not Auxiliary.MINE
        return bool(self.forms & _ASKS) or self.forms == {Form.INFINITIVE}

    @property
    def tells(self) -> bool:
        """Whether the speaker does it."""
        if self.auxiliary is not Auxiliary.NONE:
            return self.auxiliary is not Auxiliary.YOURS
        return bool(self.forms & _TELLS)

    @property
    def softly(self) -> bool:
        """*me manda*, *me podría mandar*: neither a command nor a wish."""
        if self.auxiliary is not Auxiliary.NONE:
            return self.auxiliary is Auxiliary.YOURS
        present = bool(self.forms & {Form.INDICATIVE, Form.WOULD})
        return present and (self.to_us or Form.IMPERATIVE not in self.forms)

    @property
    def generally(self) -> bool:
        """*dan crédito*, *sacan copias*: what they do at all."""
        alone = not self.pronouns and self.auxiliary is Auxiliary.NONE
        return alone and self.forms == {Form.INDICATIVE} and self.text.endswith("n") and not self.may(Role.WANT)

    @property
    def to_us(self) -> bool:
        return bool(self.pronouns & US)

    @property
    def to_it(self) -> bool:
        return bool(self.pronouns & TO_IT)

    @property
    def it(self) -> bool:
        return bool(self.pronouns & IT)

    def may(self, role: Role) -> bool:
        return role in self.verb.roles


_ASKS = frozenset({Form.INDICATIVE, Form.IMPERATIVE, Form.POLITE, Form.WISHED, Form.WOULD})
_TELLS = frozenset({Form.SPEAKER, Form.WAS})
_GOT = frozenset({"comprar", "conseguir", "tener", "adquirir"})
_REPORTED = ("ron", "dio")
_ORDERING = frozenset({"pedir", "encargar", "ordenar", "solicitar", "apartar"})


def sense(said: Said) -> Marker | None:
    """Tell what a verb as it is used does to the lines around it, if it does anything."""
    if said.generally and not said.counted and not said.may(Role.HAVE):
        return None
    return _affirmed(said) if said.negation is Negation.NONE else _denied(said)


def _affirmed(said: Said) -> Marker | None:
    if _ordered_before(said):
        return Marker.ORDERED
    readings = (_lacking, _wanting, _taking, _having, _moving, _removing, _adding, _swapping, _setting, _giving)
    return next((marker for reading in readings if (marker := reading(said))), None)


def _ordered_before(said: Said) -> bool:
    """*le pedí 2 leches*, *ayer te encargué un pastel*"""
    happened = said.forms == {Form.PAST} and said.text.endswith(("e", "i"))
    return happened and said.verb.infinitive in _ORDERING and said.auxiliary is Auxiliary.NONE and said.counted


def _lacking(said: Said) -> Marker | None:
    """*me urgen*, *nos hacen falta*"""
    if not said.may(Role.LACK) or said.may(Role.GIVE):
        return None
    present = said.forms & {Form.INDICATIVE, Form.WOULD} or said.auxiliary is Auxiliary.YOURS
    return Marker.ORDER if (present and said.to_us) or said.text == "falta" else None


def _wanting(said: Said) -> Marker | None:
    if not said.may(Role.WANT):
        return None
    third = Form.INDICATIVE in said.forms and not said.text.endswith("s")
    wants = said.tells or third or said.auxiliary is Auxiliary.YOURS
    return (Marker.WANTED if said.it and not said.counted else Marker.ORDER) if wants else None


def _taking(said: Said) -> Marker | None:
    """*pido*, *te encargo*, *me pidieron*, *cómprame*; but *compré*, *pedimos*, *se llevó*."""
    if not said.may(Role.TAKE) or (said.may(Role.GIVE) and said.to_us) or ("se" in said.pronouns and not said.it):
        return None
    alone = said.auxiliary is Auxiliary.NONE
    happened = alone and Form.PAST in said.forms
    for_another = said.verb.infinitive in {"pedir", "encargar"} and said.pronouns
    reported = happened and said.text.endswith(_REPORTED) and for_another
    tells = said.tells and not (happened and said.text.endswith("mos")) and said.forms != {Form.WAS}
    asks = said.asks and not (happened and not said.to_us) and not (alone and said.verb.infinitive in ONLY_FOR_US)
    if not (tells or reported or asks):
        return None
    return Marker.WANTED if said.it and not said.counted else Marker.ORDER


def _having(said: Said) -> Marker | None:
    asked = said.forms & {Form.INDICATIVE, Form.WOULD}
    if not said.may(Role.HAVE) or not asked or said.pronouns or said.auxiliary is not Auxiliary.NONE:
        return None
    return Marker.QUESTION


def _moving(said: Said) -> Marker | None:
    """*súbele a 3*, *súbele a la papa*, *súbele 3*; *que le suban la bastilla* is other work."""
    more = said.may(Role.MORE)
    if not (more or said.may(Role.LESS)) or not said.asks or not said.pronouns or said.wished:
        return None
    if said.counted:
        return Marker.ADD if more else Marker.REMOVE
    return Marker.SET


def _removing(said: Said) -> Marker | None:
    if not said.may(Role.REMOVE) or not (said.asks or said.tells):
        return None
    if said.may(Role.GIVE) and said.to_us and said.softly:
        return None  # *me saca 3 copias*
    return Marker.REMOVED if said.it and not said.counted else Marker.REMOVE


def _adding(said: Said) -> Marker | None:
    if not said.may(Role.ADD) or not (said.asks or said.tells):
        return None
    if said.it and not said.counted:
        return Marker.ADDED
    soft = said.softly and said.auxiliary is Auxiliary.NONE
    return Marker.ORDER if soft and not said.to_it else Marker.ADD


def _swapping(said: Said) -> Marker | None:
    return Marker.SWAP if said.may(Role.SWAP) and (said.asks or said.tells) else None


def _setting(said: Said) -> Marker | None:
    if not said.may(Role.SET) or not said.asks:
        return None
    if not said.may(Role.GIVE):
        return Marker.SET if said.to_an_amount or said.pronouns or Form.INFINITIVE not in said.forms else None
    if said.it or not said.pronouns:
        return Marker.SET if said.to_an_amount else None  # *déjelo en medio kilo*, *déjelo en la puerta*
    told = said.auxiliary is Auxiliary.NONE and bool(said.forms & {Form.IMPERATIVE, Form.POLITE})
    return Marker.SET if told and not said.softly else None  # *me deja 2 garrafones* orders


def _giving(said: Said) -> Marker | None:
    if not said.may(Role.GIVE):
        return None
    done = said.asks or (said.tells and said.verb.infinitive == "dejar")
    for_somebody = said.to_us or (said.to_it and said.wished)
    if not done or (said.verb.infinitive in ONLY_FOR_US and not for_somebody and not _is_left(said)):
        return None
    if said.to_it and said.verb.infinitive in ONTO:
        return Marker.ADD
    if said.to_it and said.verb.infinitive == "dar":
        return None
    return Marker.WANTED if said.it and not said.counted else Marker.ORDER


def _is_left(said: Said) -> bool:
    """*le dejo 3 camisas*, *quiero llevar 2*"""
    left = said.verb.infinitive == "dejar" and (said.tells or said.forms == {Form.INFINITIVE})
    return left or said.auxiliary is Auxiliary.WANTED


def _denied(said: Said) -> Marker | None:
    gone = said.negation is Negation.NO_LONGER
    removed = Marker.REMOVED if said.it else Marker.REMOVE
    if _lacking(said):
        return removed if gone else None if said.verb.infinitive == "urgir" else Marker.NOT
    if _having(said) and not gone:
        return Marker.QUESTION
    if said.auxiliary is not Auxiliary.WANTED and (_wanting(said) or _taking(said)):
        settled = gone or said.auxiliary is Auxiliary.MINE
        return removed if settled or said.it else Marker.NOT
    if said.verb.infinitive in NOT_OF_GOODS and not said.pronouns:
        return None
    if not said.asks or not (said.may(Role.GIVE) or said.may(Role.ADD) or said.may(Role.TAKE)):
        return Marker.STOP if said.asks and not said.may(Role.HAVE) else None
    if said.negation is Negation.NOT and said.softly and _giving(said) and (said.questioned or said.counted):
        return Marker.ORDER  # *¿no me manda un garrafón?*
    return removed


def wants_for_another(tokens: Sequence[Token], start: int, end: int) -> bool:
    """*mi abuelita quiere*, *doña Rosa me encargó*: who wants it stands before, and is no thing."""
    last = verb(tokens[end - 1].text)
    if last is None or tokens[start].text in IT:
        return False
    wants = Role.WANT in last.roles and last.forms & {Form.INDICATIVE} and Form.SPEAKER not in last.forms
    passed_on = last.infinitive in {"pedir", "encargar"} and Form.PAST in last.forms and tokens[start].text in US
    return bool(wants or passed_on)


def has_already(following: Sequence[Token]) -> bool:
    """*los globos ya los compré*"""
    if len(following) < len(("los", "compré")) or following[0].text not in IT:
        return False
    found = verb(following[1].text)
    return found is not None and found.infinitive in _GOT and bool(found.forms & {Form.PAST, Form.SPEAKER})
