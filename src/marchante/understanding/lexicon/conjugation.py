"""The forms of a Spanish verb, without accents: regular endings on the stems `verbs.txt` gives for irregular verbs."""

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from itertools import chain


class Form(Enum):
    """What a form of a verb can do in an order; forms that only differ in number or courtesy are one."""

    SPEAKER = auto()
    """*quiero*, *quisiéramos*, *pediría*"""
    INDICATIVE = auto()
    """*mandas*, *manda*, *mandan*"""
    IMPERATIVE = auto()
    """*pon*, said to a friend"""
    POLITE = auto()
    """*mande*, *manden*, *mandemos*: said to a stranger or to several, or wished."""
    WISHED = auto()
    """*mandes*: only after *que* or *no*."""
    WOULD = auto()
    """*mandaría*, *mandará*, *mandara*"""
    WAS = auto()
    """*quería*"""
    PAST = auto()
    """*mandé*, *mandaron*"""
    INFINITIVE = auto()
    GERUND = auto()


_BEFORE_E = (("c", "qu"), ("g", "gu"), ("z", "c"))
_BEFORE_A = (("gu", "g"), ("c", "z"), ("g", "j"))


def conjugate(infinitive: str, stems: Mapping[str, str]) -> Iterator[tuple[str, Form]]:
    """Give every form; `stems` are those unlike the infinitive's: `yo`, `tu`, `boot`, `weak`, `past`, `future`."""
    root, kind = infinitive[:-2], infinitive[-2:]
    yield infinitive, Form.INFINITIVE
    parts = (_present, _subjunctive, _past, _others)
    for form, use in chain.from_iterable(part(root, kind, stems) for part in parts):
        yield _smooth(form), use


def _smooth(form: str) -> str:
    """*diiste* is *diste*, *incluyiera* is *incluyera*, *traiendo* is *trayendo*."""
    return form.replace("ii", "i").replace("yi", "y").replace("aie", "aye")


def _others(root: str, kind: str, stems: Mapping[str, str]) -> Iterator[tuple[str, Form]]:
    future = stems.get("future", root + kind)
    for ending in ("a", "as", "an", "ia", "ias", "ian"):
        yield future + ending, Form.WOULD
    for ending in ("e", "emos", "ia", "iamos"):
        yield future + ending, Form.SPEAKER
    for ending in ("aba", "abamos") if kind == "ar" else ("ia", "iamos"):
        yield root + ending, Form.WAS
    yield stems.get("weak", root) + ("ando" if kind == "ar" else "iendo"), Form.GERUND


def _present(root: str, kind: str, stems: Mapping[str, str]) -> Iterator[tuple[str, Form]]:
    boot, vowel = stems.get("boot", root), "a" if kind == "ar" else "e"
    yield stems.get("yo", boot if kind == "ar" else spelt(boot, kind)) + "o", Form.SPEAKER
    yield root + kind[0] + "mos", Form.SPEAKER
    for ending in ("", "s", "n"):
        yield boot + vowel + ending, Form.INDICATIVE
    yield stems.get("tu", boot + vowel), Form.IMPERATIVE


def _subjunctive(root: str, kind: str, stems: Mapping[str, str]) -> Iterator[tuple[str, Form]]:
    vowel = "e" if kind == "ar" else "a"
    stem = stems.get("yo", spelt(stems.get("boot", root), kind))
    ours = stems.get("yo", spelt(stems.get("weak", root), kind))
    yield stem + vowel, Form.POLITE
    yield stem + vowel + "n", Form.POLITE
    yield ours + vowel + "mos", Form.POLITE
    yield stem + vowel + "s", Form.WISHED


def _past(root: str, kind: str, stems: Mapping[str, str]) -> Iterator[tuple[str, Form]]:
    """*traje*, *trajera*; *trajieron* is heard as often as *trajeron*."""
    weak = stems.get("weak", root)
    strong = stems.get("past")
    if strong:
        past = {strong + ending for ending in ("e", "o", "iste", "imos", "ieron", "eron")}
        stressed = {strong + "ier", strong + "er"} if strong.endswith("j") else {strong + "ier"}
    elif kind == "ar":
        past = {root + ending for ending in ("o", "aste", "amos", "aron")} | {spelt(root, kind) + "e"}
        stressed = {root + "ar"}
    else:
        past = {root + ending for ending in ("i", "iste", "imos")} | {weak + ending for ending in ("io", "ieron")}
        stressed = {weak + "ier"}
    for form in sorted(past):
        yield form, Form.PAST
    for stem in sorted(stressed):
        for ending in ("a", "as", "an"):
            yield stem + ending, Form.WOULD
        for ending in ("a", "amos"):
            yield stem + ending, Form.SPEAKER


def spelt(stem: str, kind: str) -> str:
    """Write a stem before the other vowel than its infinitive's: *saca*, *saque* sound the same."""
    for ending, written in _BEFORE_E if kind == "ar" else _BEFORE_A:
        if stem.endswith(ending):
            return stem.removesuffix(ending) + written
    return stem
