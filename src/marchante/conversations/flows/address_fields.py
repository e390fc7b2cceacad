"""An address field by field: street, colonia, postal code, references; then the whole of it, to confirm or correct."""

import re

import msgspec

from marchante.channels.whatsapp.messages import Text
from marchante.conversations import drafting
from marchante.conversations.actions import AcceptAddress, CorrectAddress, CorrectThis, EditPart, KeepPart
from marchante.conversations.address_steps import STEPS, begin, known, to_next, written
from marchante.conversations.address_words import says_nothing
from marchante.conversations.cart import changed, lines
from marchante.conversations.drafting import ADDRESS_LENGTH, delivered_to
from marchante.conversations.effects import ChangeAddress, Reply
from marchante.conversations.flows.delivery import read_where, settle
from marchante.conversations.flows.error_handling import not_understood
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.places import MAY_BE_A_PLACE, names_street
from marchante.conversations.prompts import buttons, listing, row
from marchante.conversations.replies.es import registration as words
from marchante.conversations.replies.es import titles
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import Question
from marchante.conversations.table import State, StateName
from marchante.conversations.words import is_yes
from marchante.customers.address_text import as_fields, read_parts
from marchante.customers.domain import NO_PARTS, AddressParts

_LETTERS = re.compile(r"[^\W\d_]{3}")
_ZIP = re.compile(r"\b\d{5}\b")
_ZIP_WORDS = re.compile(r"\b(?:c\.?\s?p\.?|codigo postal)\b[:.]?", re.IGNORECASE)
_COLONY_WORDS = re.compile(r"^(?:(?:la|el|en|es)\s+)*col(?:onia)?\.?\s+", re.IGNORECASE)
_BETWEEN_WORD = re.compile(r"^entre\s+", re.IGNORECASE)
_ROW = {
    StateName.GIVE_STREET: titles.STREET,
    StateName.GIVE_COLONY: titles.COLONY,
    StateName.GIVE_POSTAL_CODE: titles.POSTAL_CODE,
    StateName.GIVE_REFERENCES: titles.REFERENCES,
}
# Longer than any field.
_FIELD = 120
# A product's name is hardly meant as a part of an address, unless it is only like one.
_SURELY_A_PRODUCT = 0.9


def _parts(scene: Scene) -> AddressParts:
    return scene.session.question.parts or NO_PARTS


def _ask_part(scene: Scene) -> Reply:
    step, treatment = StateName(scene.session.state), scene.view.settings.treatment
    told = known(_parts(scene), step)
    body = {
        StateName.GIVE_STREET: words.ask_street(told, treatment),
        StateName.GIVE_COLONY: words.ask_colony(told, treatment),
        StateName.GIVE_POSTAL_CODE: words.ask_postal_code(told),
        StateName.GIVE_REFERENCES: words.ask_references(told, treatment),
    }[step]
    if told:
        return Reply(prompt=buttons(body, (titles.KEEP_PART, KeepPart())))
    if step == StateName.GIVE_STREET:
        return Reply(prompt=Text(body))
    return Reply(prompt=buttons(body, (titles.SKIP_PART, KeepPart())))


def _read_part(scene: Scene, text: str) -> Outcome | None:
    step, said = StateName(scene.session.state), " ".join(text.split())[:_FIELD]
    where = read_where(scene, text)
    if where:
        return where
    if says_nothing(text) and step != StateName.GIVE_STREET:
        return _on(scene, _parts(scene))
    if _means_else(scene, text):
        return None
    parts = _with(_parts(scene), step, said)
    if parts is None:
        treatment = scene.view.settings.treatment
        street = step == StateName.GIVE_STREET
        return not_understood(scene, text, words.not_a_street(treatment) if street else words.not_a_part(treatment))
    return _on(scene, parts)


def _means_else(scene: Scene, text: str) -> bool:
    """Whether it is an order, a question, thanks … rather than a part of an address."""
    if names_street(text):
        return False
    read = scene.understand(text)
    ordered = any(item.score >= _SURELY_A_PRODUCT for item in read.items)
    return ordered or read.intent not in MAY_BE_A_PLACE


def _with(parts: AddressParts, step: StateName, said: str) -> AddressParts | None:
    """The parts with one more; None when what was said cannot be one."""
    found = _ZIP.search(said)
    if step == StateName.GIVE_POSTAL_CODE and found:
        city = _ZIP_WORDS.sub("", _ZIP.sub("", said)).strip(" ,.") or parts.city
        return msgspec.structs.replace(parts, zip_code=found[0], city=city)
    if not _LETTERS.search(said):
        return None
    match step:
        case StateName.GIVE_STREET:
            return _with_street(parts, said)
        case StateName.GIVE_COLONY:
            return msgspec.structs.replace(parts, colony=_COLONY_WORDS.sub("", said))
        case StateName.GIVE_POSTAL_CODE:
            return msgspec.structs.replace(parts, city=said)
        case _ if _BETWEEN_WORD.match(said):
            return msgspec.structs.replace(parts, between_streets=_BETWEEN_WORD.sub("", said))
        case _:
            return msgspec.structs.replace(parts, observations=said)


def _with_street(parts: AddressParts, said: str) -> AddressParts:
    """Whatever else was written with the street is taken too."""
    read = read_parts(said)
    if read.street is None:
        read = msgspec.structs.replace(read, street=said, number=None)
    told = {name: value for name, value in msgspec.structs.asdict(read).items() if value}
    return msgspec.structs.replace(parts, **{"number": None, **told})


def _on(scene: Scene, parts: AddressParts) -> Outcome:
    """To the next field; an address of the order in hand is confirmed by its summary."""
    question = msgspec.structs.replace(scene.session.question, parts=parts)
    session = to_next(ask(scene.session, question), StateName(scene.session.state))
    shown_anyway = lines(session, scene.view) and question.address_id is None
    if session.state == StateName.CONFIRM_ADDRESS and shown_anyway:
        return _finish(scene.at_session(session))
    return Outcome(session)


def _keep_part(scene: Scene) -> Outcome:
    state = StateName(scene.session.state)
    known_enough = state in STEPS and (state != StateName.GIVE_STREET or _parts(scene).street is not None)
    return _on(scene, _parts(scene)) if known_enough else Outcome(scene.session)


def _ask_whole(scene: Scene) -> Reply:
    parts = _parts(scene)
    rows = [row(titles.ALL_RIGHT, AcceptAddress())]
    rows += [row(_ROW[step], EditPart(number), known(parts, step)) for number, step in enumerate(STEPS)]
    return Reply(prompt=listing(words.whole(written(parts)), titles.OPEN_LIST, rows))


def _read_whole(scene: Scene, text: str) -> Outcome | None:
    return _finish(scene) if is_yes(text) else None


def _edit(scene: Scene, number: int) -> Outcome:
    if number >= len(STEPS):
        return Outcome(scene.session)
    question = msgspec.structs.replace(scene.session.question, parts=_parts(scene), editing=True)
    return Outcome(go(ask(scene.session, question), STEPS[number]))


def _finish(scene: Scene) -> Outcome:
    """The address is what the customer agreed to."""
    question, parts = scene.session.question, _parts(scene)
    if not parts.street:
        return Outcome(begin(scene.session, parts, question.address_id))
    line = written(parts)[:ADDRESS_LENGTH]
    session = ask(scene.session, Question(product_id=question.product_id))
    if question.address_id is not None:
        return _changed(scene.at_session(session), ChangeAddress(question.address_id, line, parts))
    draft = session.draft
    draft = delivered_to(draft, None, line, draft.latitude, draft.longitude, parts)
    return settle(scene, changed(session, draft=draft))


def _changed(scene: Scene, effect: ChangeAddress) -> Outcome:
    """Back to the order, which may go there; else to the addresses."""
    session, told = scene.session, (words.changed(effect.typed),)
    if lines(session, scene.view):
        return Outcome(go_on(session, scene.view), told, (effect,))
    return Outcome(go(session, StateName.ADDRESS_BOOK), told, (effect,))


def _correct_order(scene: Scene) -> Outcome:
    where = drafting.place(scene.session, scene.view)
    if where is None:
        return Outcome(go(scene.session, StateName.GIVE_ADDRESS))
    return _correct(scene, _fields(where.line, where.parts), where.address_id)


def _correct_saved(scene: Scene, address_id: int) -> Outcome:
    saved = next((each for each in scene.view.customer.addresses if each.id == address_id), None)
    if saved is None:
        return Outcome(go(ask(scene.session, Question()), StateName.ADDRESS_BOOK))
    return _correct(scene, _fields(saved.line, saved.parts), address_id)


def _fields(line: str, parts: AddressParts) -> AddressParts:
    """Those the line was made of; of a line that was typed in one piece, what it says."""
    if line in {parts.line, written(parts)}:
        return parts
    told = {name: value for name, value in msgspec.structs.asdict(as_fields(line)).items() if value}
    return msgspec.structs.replace(parts, **told)


def _correct(scene: Scene, parts: AddressParts, address_id: int | None) -> Outcome:
    """The whole with what may be corrected; what could not be read from its text is asked for first."""
    if not parts.street:
        return Outcome(begin(scene.session, parts, address_id))
    question = Question(parts=parts, address_id=address_id, product_id=scene.session.question.product_id)
    return Outcome(go(ask(scene.session, question), StateName.CONFIRM_ADDRESS))


_ON = (
    *STEPS,
    StateName.CONFIRM_ADDRESS,
    StateName.ADDRESS_BOOK,
    StateName.SUMMARY,
    StateName.RECHECK_COVERAGE,
    StateName.GIVE_ADDRESS,
    StateName.BROWSE_CATEGORIES,
    StateName.MENU,
)
STATES = (
    *(
        State(step, "registration", _ask_part, StateName.GIVE_ADDRESS, _ON, _read_part, numbered=False)
        for step in STEPS
    ),
    State(StateName.CONFIRM_ADDRESS, "registration", _ask_whole, StateName.GIVE_ADDRESS, _ON, _read_whole),
)
HANDLERS: Handlers = {
    KeepPart: lambda scene, _: _keep_part(scene),
    EditPart: lambda scene, action: _edit(scene, action.number),
    AcceptAddress: lambda scene, _: _finish(scene),
    CorrectAddress: lambda scene, _: _correct_order(scene),
    CorrectThis: lambda scene, action: _correct_saved(scene, action.address_id),
}
