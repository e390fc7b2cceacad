"""Several questions in one text, or beside an order: each is answered, in the same message."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from marchante.conversations.flows import coverage, price_query, shop_facts
from marchante.conversations.scene import Scene
from marchante.understanding import Understood

_TOLD: Mapping[str, Callable[[Scene, str], tuple[str, ...]]] = {
    "hours_query": lambda scene, _: shop_facts.tell_hours(scene).facts,
    "payment_query": lambda scene, _: shop_facts.tell_payment(scene).facts,
    "coverage_query": coverage.aside,
}
QUESTIONS = frozenset({*_TOLD, "price_query"})
_QUESTION_MARKS = re.compile(r"[?\u00bf]")
_BETWEEN = re.compile(r"[?!;\n\u00bf\u00a1]+|,\s+(?=y\b|e\b)|\s(?:y|e)\s")


def read_questions(scene: Scene, text: str) -> Understood:
    """What was read of a text; of a question that is several, all of them. What one of them names is nothing the shop
    lacks: "¿hacen envíos a la Reforma y cuánto cuesta la papa?".
    """
    read = scene.understand(text)
    if read.items and read.also and read.notes:
        return _without_questions_in_notes(scene, read)
    if read.intent == "other" and "?" in text:
        return _asked_for_unknown(scene, read, text)
    if read.intent not in QUESTIONS or read.items:
        return read
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    reads = [(part, scene.understand(part)) for part in parts] if len(parts) > 1 else []
    others = [(part, each) for part, each in reads if each.intent in _TOLD and each.intent != read.intent]
    also = dict.fromkeys((*read.also, *(each.intent for _, each in others)))
    asked = dict.fromkeys((*read.asked, *(sku for _, each in reads for sku in each.asked)))
    unknown = tuple(phrase for phrase in read.unknown if not any(phrase in part for part, _ in others))
    return replace(read, also=tuple(also), asked=tuple(asked), unknown=unknown)


def _asked_for_unknown(scene: Scene, read: Understood, text: str) -> Understood:
    """As in "y tortillas?": the bare name of a thing the shop lacks, asked for."""
    plainly = scene.understand(_QUESTION_MARKS.sub(" ", text))
    if plainly.intent != "order" or plainly.items or plainly.ambiguous or not plainly.unknown:
        return read
    return replace(read, intent="price_query", unknown=plainly.unknown)


def _without_questions_in_notes(scene: Scene, read: Understood) -> Understood:
    """As in "que estén maduros y a qué hora cierran": the question is answered, the shop need not read it."""

    def kept(note: str) -> str:
        parts = [(part, scene.understand(part.strip()).intent) for part in _BETWEEN.split(note) if part.strip()]
        asked = [part for part, intent in parts if intent in _TOLD]
        return note[: note.find(asked[0])].rstrip(" ,y") if asked else note

    items = tuple(replace(item, note=kept(item.note) or None) if item.note else item for item in read.items)
    return replace(read, items=items, notes=tuple(note for note in map(kept, read.notes) if note))


def answers_beside(scene: Scene, read: Understood, text: str) -> list[str]:
    """What was asked besides what the message is about."""
    told = [] if read.intent == "price_query" else [*price_query.price_facts(scene, read.asked)]
    for intent in read.also:
        if intent in _TOLD and intent != read.intent:
            told += _TOLD[intent](scene, text)
    return told
