"""The customer's addresses: named, chosen as the usual one, forgotten."""

from collections.abc import Callable

import msgspec

from marchante.catalog.words import plain
from marchante.conversations import cart, drafting
from marchante.conversations.actions import (
    AddAddress,
    CorrectThis,
    ForgetThis,
    ManageAddresses,
    OpenMenu,
    SeeAddress,
    SeeCart,
    UseAlways,
)
from marchante.conversations.address_words import asks_for_book, forgotten_name, new_name, usual_name
from marchante.conversations.effects import ForgetAddress, MakeDefault, NameAddress, Reply
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.prompts import MAX_ROWS, buttons, listing, row
from marchante.conversations.replies.es import addresses as words
from marchante.conversations.replies.es import titles
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import Question
from marchante.conversations.table import State, StateName
from marchante.customers.domain import Address


def _ask_book(scene: Scene) -> Reply:
    known, treatment = scene.view.customer.addresses, scene.view.settings.treatment
    back = (titles.GO_ON, SeeCart()) if cart.lines(scene.session, scene.view) else (titles.MENU, OpenMenu())
    if not known:
        return Reply(prompt=buttons(words.no_addresses(treatment), (titles.ADD_ADDRESS, AddAddress()), back))
    rows = [
        row(each.name or titles.SAVED_ADDRESS, SeeAddress(each.id), words.book_row(each.line, usual=each.is_default))
        for each in known[: MAX_ROWS - 2]
    ]
    rows.append(row(titles.ADD_ADDRESS, AddAddress()))
    return Reply(prompt=listing(words.which_address(treatment), titles.OPEN_ADDRESSES, [*rows, row(*back)]))


def _ask_address(scene: Scene) -> Reply:
    known = _known(scene, scene.session.question.address_id)
    if known is None:
        return _ask_book(scene)
    body = words.one_address(known.name, known.line, scene.view.settings.treatment, usual=known.is_default)
    rows = [] if known.is_default else [row(titles.USE_ALWAYS, UseAlways(known.id))]
    rows += [row(titles.CORRECT, CorrectThis(known.id)), row(titles.FORGET, ForgetThis(known.id))]
    return Reply(prompt=listing(body, titles.OPEN_LIST, [*rows, row(titles.ADDRESSES, ManageAddresses())]))


def _known(scene: Scene, address_id: int | None) -> Address | None:
    return next((each for each in scene.view.customer.addresses if each.id == address_id), None)


def _named(scene: Scene, name: str) -> Address | None:
    return next((each for each in scene.view.customer.addresses if each.name and plain(each.name) == plain(name)), None)


def open_book(scene: Scene) -> Outcome:
    return Outcome(go(ask(scene.session, Question()), StateName.ADDRESS_BOOK))


def _see(scene: Scene, address_id: int) -> Outcome:
    return Outcome(go(ask(scene.session, Question(address_id=address_id)), StateName.ADDRESS_DETAILS))


def _use_always(scene: Scene, address_id: int) -> Outcome:
    known = _known(scene, address_id)
    if known is None:
        return open_book(scene)
    told = words.usual_now(known.name or known.line)
    return _onward(scene, told, MakeDefault(known.id))


def _forget(scene: Scene, address_id: int) -> Outcome:
    known = _known(scene, address_id)
    if known is None:
        return open_book(scene)
    session = scene.session
    if session.draft.address_id == known.id:
        draft = msgspec.structs.replace(session.draft, address_id=None)
        session = cart.changed(session, draft=draft)
    return _onward(scene.at_session(session), words.forgotten(known.name or known.line), ForgetAddress(known.id))


def _onward(scene: Scene, told: str, effect: MakeDefault | ForgetAddress | NameAddress) -> Outcome:
    """Back to the order, if there is one; else to the addresses."""
    session = ask(scene.session, Question())
    if cart.lines(session, scene.view) and scene.session.state not in _BOOK:
        return Outcome(go_on(session, scene.view), (told,), (effect,))
    return Outcome(go(session, StateName.ADDRESS_BOOK), (told,), (effect,))


def read_wish(scene: Scene, text: str) -> Outcome | None:
    """What is said about the customer's own addresses, in any state."""
    if asks_for_book(text):
        return open_book(scene)
    name = new_name(text)
    if name:
        return _save_as(scene, name)
    return _about(scene, forgotten_name(text), _forget) or _about(scene, usual_name(text), _use_always)


def _about(scene: Scene, name: str | None, act: Callable[[Scene, int], Outcome]) -> Outcome | None:
    """`name` None: nothing of the kind was said; "": said without a name."""
    if name is None:
        return None
    known = _named(scene, name)
    return act(scene, known.id) if known else open_book(scene)


def _save_as(scene: Scene, name: str) -> Outcome:
    """The address on the screen, of this order, or of the order just placed gets the name."""
    session, view = scene.session, scene.view
    shown = _known(scene, session.question.address_id)
    if shown is None and session.draft.address_text:
        draft = msgspec.structs.replace(session.draft, address_name=name)
        changed = cart.changed(session, draft=draft)
        return Outcome(go_on(changed, view) if cart.lines(session, view) else changed, (words.saved_as(name),))
    known = shown or _of_last_order(scene) or _known(scene, _place_id(scene))
    if known is None:
        return Outcome(session, (words.nothing_to_save(view.settings.treatment),))
    return _onward(scene, words.saved_as(name), NameAddress(known.id, name))


def _of_last_order(scene: Scene) -> Address | None:
    done = scene.session.confirmed
    if scene.session.cart or done is None or not done.draft.address_text:
        return None
    return next((each for each in scene.view.customer.addresses if each.line == done.draft.address_text), None)


def _place_id(scene: Scene) -> int | None:
    where = drafting.place(scene.session, scene.view)
    return where.address_id if where else None


_BOOK = frozenset({StateName.ADDRESS_BOOK, StateName.ADDRESS_DETAILS})
_ON = (
    StateName.ADDRESS_BOOK,
    StateName.ADDRESS_DETAILS,
    StateName.REQUIRE_REGISTRATION,
    StateName.CONFIRM_ADDRESS,
    StateName.GIVE_STREET,
    StateName.MENU,
    StateName.SUMMARY,
    StateName.GIVE_ADDRESS,
    StateName.RECHECK_COVERAGE,
    StateName.GIVE_STREET,
    StateName.CHOOSE_OPTION,
)
STATES = (
    State(StateName.ADDRESS_BOOK, "customer_details", _ask_book, back=StateName.MENU, exits=_ON),
    State(StateName.ADDRESS_DETAILS, "customer_details", _ask_address, back=StateName.ADDRESS_BOOK, exits=_ON),
)
HANDLERS: Handlers = {
    ManageAddresses: lambda scene, _: open_book(scene),
    SeeAddress: lambda scene, action: _see(scene, action.address_id),
    UseAlways: lambda scene, action: _use_always(scene, action.address_id),
    ForgetThis: lambda scene, action: _forget(scene, action.address_id),
}
