"""Scores what was understood against labelled messages.

A *label* is a row of `messages.jsonl`; a *prediction* has the shape `marchante understand` writes. An item is right when
sku, operation and amount are; a question or an unknown thing is right when it shares a product or a word with the label.
What would go into the cart wrongly without anybody being asked is *wrong-silent*: the worst fault.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.understanding.labelled import unaccented

Row = Mapping[str, Any]
CART_INTENTS = ("order", "change_cart")
AMOUNTS = ("quantity", "amount_mxn", "pieces")
TOLERANCE = 0.001
_SMALL_WORDS = frozenset(
    [
        "de",
        "del",
        "la",
        "el",
        "los",
        "las",
        "lo",
        "un",
        "una",
        "unos",
        "unas",
        "uno",
        "y",
        "e",
        "o",
        "u",
        "a",
        "al",
        "en",
        "por",
        "para",
        "con",
        "que",
        "q",
        "d",
        "me",
        "le",
        "se",
        "mi",
        "su",
    ]
)


@dataclass(frozen=True)
class Verdict:
    """What one message came to; `cart` and `strict` are None where no cart was labelled."""

    intent: float
    cart: bool | None
    strict: bool | None
    wrong_silent: bool
    silent_guess: bool
    needless_question: bool
    asked: tuple[int, int]
    unknown: tuple[int, int]
    notes: tuple[int, int]


def words(text: str) -> set[str]:
    """Lower-case words without accents, plurals and small words."""
    visible = re.sub("[\u200b-\u200d\u202a-\u202e\ufeff]", "", unaccented(text.lower()))
    found = re.findall(r"\w+", visible)
    return {re.sub(r"(es|s)$", "", word) if len(word) > 3 else word for word in found if word not in _SMALL_WORDS}


def amount(item: Row) -> tuple[str, float] | None:
    """The one amount an item has; None where it has none."""
    given = [(kind, float(item[kind])) for kind in AMOUNTS if item.get(kind) is not None]
    if len(given) > 1:
        return "several", 0.0
    return given[0] if given else None


def same_amount(label: Row, item: Row, tags: set[str]) -> bool:
    wanted, got = amount(label), amount(item)
    if got is None:
        return wanted is None or "same_qty" in tags
    return wanted is not None and wanted[0] == got[0] and abs(wanted[1] - got[1]) <= TOLERANCE


def same_item(label: Row, item: Row, tags: set[str]) -> bool:
    if label["sku"] != item["sku"] or not same_amount(label, item, tags):
        return False
    if "op" not in label or "add_like_order" in tags:
        return bool(item.get("op", "add") == label.get("op", "add"))
    return bool(item.get("op") == label["op"])


def paired(labels: Sequence[Any], predictions: Sequence[Any], fits: Callable[[Any, Any], bool]) -> int:
    """How many labels find a prediction of their own."""
    owner: dict[int, int] = {}

    def place(label: int, tried: set[int]) -> bool:
        for number, prediction in enumerate(predictions):
            if number not in tried and fits(labels[label], prediction):
                tried.add(number)
                if number not in owner or place(owner[number], tried):
                    owner[number] = label
                    return True
        return False

    return sum(place(label, set()) for label in range(len(labels)))


def same_candidates(label: Row, question: Row) -> bool:
    wanted, got = set(label["candidates"]), set(question["candidates"])
    return len(wanted & got) * 2 >= len(wanted | got)


def same_question(label: Row, question: Row) -> bool:
    common = set(label["candidates"]) & set(question["candidates"])
    return bool(common or words(label["phrase"]) & words(question["phrase"]))


def named(phrase: str, others: Iterable[str]) -> bool:
    return any(words(phrase) & words(other) for other in others)


def judge(label: Row, prediction: Row) -> Verdict:
    """Compare one message's label with what was understood."""
    tags = set(label["tags"])
    right = paired(label["items"], prediction["items"], lambda one, other: same_item(one, other, tags))
    questions = paired(label["ambiguous"], prediction["ambiguous"], same_question)
    unknown = sum(named(phrase, prediction["unknown"]) for phrase in label["unknown"])
    cart = strict = None
    intent = _intent(label, prediction, tags)
    if label["intent"] in CART_INTENTS:
        items = len(label["items"]) == len(prediction["items"]) == right
        lacking = unknown == len(label["unknown"]) and all(
            named(each, label["unknown"]) for each in prediction["unknown"]
        )
        cart = items and lacking and len(label["ambiguous"]) == len(prediction["ambiguous"]) == questions
        if not (label["items"] or label["ambiguous"] or label["unknown"]):
            cart = cart and prediction["intent"] == "change_cart"
        close = paired(label["ambiguous"], prediction["ambiguous"], same_candidates)
        strict = cart and intent == 1 and close == len(label["ambiguous"])
    skus = {item["sku"] for item in prediction["items"]}
    guessed = [
        each for each in label["ambiguous"] if not any(same_question(each, one) for one in prediction["ambiguous"])
    ]
    return Verdict(
        intent=intent,
        cart=cart,
        strict=strict,
        wrong_silent=any(_wrong_silent(item, label, prediction, tags) for item in prediction["items"]),
        silent_guess=any(skus & set(each["candidates"]) for each in guessed),
        needless_question=len(prediction["ambiguous"]) > questions,
        asked=(questions, len(label["ambiguous"])),
        unknown=(unknown, len(label["unknown"])),
        notes=(sum(_noted(note, prediction["notes"]) for note in label["notes"]), len(label["notes"])),
    )


def _intent(label: Row, prediction: Row, tags: set[str]) -> float:
    accepted = {label["intent"], *(CART_INTENTS if "add_like_order" in tags else ())}
    if prediction["intent"] in accepted:
        return 1.0
    return 0.5 if f"also:{prediction['intent']}" in tags else 0.0


def _wrong_silent(item: Row, label: Row, prediction: Row, tags: set[str]) -> bool:
    if any(item["sku"] in question["candidates"] for question in prediction["ambiguous"]):
        return False
    wanted = next((each for each in label["items"] if each["sku"] == item["sku"]), None)
    if wanted is not None:
        same_op = item.get("op", "add") == wanted.get("op", "add")
        return not (same_amount(wanted, item, tags) and same_op)
    return all(item["sku"] not in each["candidates"] for each in label["ambiguous"])


def _noted(note: str, predicted: Sequence[str]) -> bool:
    wanted = words(note)
    return any(len(wanted & words(other)) * 2 >= max(1, len(wanted)) for other in predicted)


def totals(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """Shares in per cent over a set of messages."""
    carts = [verdict for verdict in verdicts if verdict.cart is not None]
    return {
        "messages": len(verdicts),
        "carts": len(carts),
        "intent": _percent(sum(verdict.intent for verdict in verdicts), len(verdicts)),
        "exact_cart": _percent(sum(bool(verdict.cart) for verdict in carts), len(carts)),
        "strict_cart": _percent(sum(bool(verdict.strict) for verdict in carts), len(carts)),
        "wrong_silent": _percent(sum(verdict.wrong_silent for verdict in verdicts), len(verdicts)),
        "silent_guess": _percent(sum(verdict.silent_guess for verdict in verdicts), len(verdicts)),
        "needless_question": _percent(sum(verdict.needless_question for verdict in verdicts), len(verdicts)),
        "ambiguous_asked": _ratio(verdict.asked for verdict in verdicts),
        "unknown_named": _ratio(verdict.unknown for verdict in verdicts),
        "notes_found": _ratio(verdict.notes for verdict in verdicts),
    }


def _percent(part: float, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0


def _ratio(pairs: Iterable[tuple[int, int]]) -> float:
    found = list(pairs)
    return _percent(sum(part for part, _ in found), sum(whole for _, whole in found))
