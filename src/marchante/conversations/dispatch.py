"""All flows together: every state, every button, and what each kind of input leads to."""

from collections.abc import Mapping, Sequence
from types import ModuleType

import msgspec

from marchante.catalog.order_text import read_order_text
from marchante.conversations import asides, intents, repeating, timers
from marchante.conversations.actions import Action, CancelCart, CartAction, DoItAnyway, GoBack, OpenMenu, decode
from marchante.conversations.cart import lines
from marchante.conversations.flows import (
    address_book,
    address_fields,
    after_order,
    browsing,
    capturing,
    changes,
    choosing,
    coverage,
    customer_details,
    delivery,
    details,
    error_handling,
    fillings,
    human_service,
    invoicing,
    order_question,
    order_status,
    placed_orders,
    price_query,
    registration,
    repeat_order,
    resuming,
    slots,
    summary,
    survey,
    transfers,
    welcome,
    which,
)
from marchante.conversations.flows import exit as farewell
from marchante.conversations.flows import help as assistance
from marchante.conversations.inputs import (
    ArrivedLate,
    Captured,
    Input,
    Located,
    OrderRefused,
    PlacementRefused,
    Said,
    Tapped,
    TimerFired,
    Unsupported,
)
from marchante.conversations.order_words import wants_another_time
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.prompts import chosen
from marchante.conversations.replies.es import trouble
from marchante.conversations.scene import Handlers, Outcome, Scene, TextReader, go
from marchante.conversations.state import Question
from marchante.conversations.table import State, StateName, assemble, combine
from marchante.conversations.words import Word, is_other_time, is_soonest, is_yes, meaning

_FLOWS: tuple[ModuleType, ...] = (
    welcome,
    browsing,
    which,
    choosing,
    fillings,
    details,
    delivery,
    registration,
    address_fields,
    coverage,
    summary,
    changes,
    slots,
    address_book,
    resuming,
    repeat_order,
    price_query,
    order_status,
    placed_orders,
    order_question,
    human_service,
    capturing,
    assistance,
    survey,
    invoicing,
    customer_details,
    error_handling,
    farewell,
)
# Nothing a person would expect an answer to.
_UNANSWERED = frozenset({"reaction", "edit", "revoke", "system"})
# Honoured whenever they are said: late, or while a person answers.
_ABOUT_PROMOTIONS = frozenset({Word.NO_PROMOTIONS, Word.PROMOTIONS})


# Invoices and transfers are about placed orders, but no question about how these are doing.
_ABOUT_MONEY: tuple[TextReader, ...] = (invoicing.read_wish, transfers.read_wish)
# What may be asked for in any state, before the state reads the text in its own way.
_WISHES: tuple[TextReader, ...] = (
    address_book.read_wish,
    customer_details.read_wish,
    repeat_order.read_wish,
    repeating.read_wish,
    asides.instead_of_an_answer,
)


def state_of(scene: Scene) -> State:
    return STATES[StateName(scene.session.state)]


def respond(scene: Scene, heard: Input) -> Outcome:
    """What one input leads to, while the bot answers."""
    match heard:
        case Said(text=text):
            return say(scene, text)
        case Tapped():
            action = decode(heard.id)
            return act(scene, action) if action else say(scene, heard.title)
        case Located():
            asked = _asks_for_coverage(scene)
            return coverage.locate(scene, heard) if asked else registration.locate(scene, heard)
        case Unsupported():
            return _file(scene, heard)
        case TimerFired():
            return timers.fired(scene, heard)
        case PlacementRefused() | OrderRefused() | Captured():
            return _from_shop(scene, heard)
        case ArrivedLate(text=text) if meaning(text) in _ABOUT_PROMOTIONS:
            return say(scene, text)
        case ArrivedLate(text=text):
            return error_handling.arrived_late(scene, text)


def _from_shop(scene: Scene, heard: PlacementRefused | OrderRefused | Captured) -> Outcome:
    match heard:
        case PlacementRefused():
            return summary.refused(scene, heard)
        case OrderRefused():
            return placed_orders.refused(scene, heard)
        case Captured():
            return capturing.captured(scene, heard)


def respond_beside_person(scene: Scene, heard: Input) -> Outcome:
    """Silence, while a person is asked for or answers. *Menú* and *cancelar* give the bot back only as long as nobody
    has answered.
    """
    if isinstance(heard, TimerFired):
        return timers.fired(scene, heard)
    if isinstance(heard, Captured):
        return capturing.captured(scene, heard)
    if scene.view.handoff == "requested" and _wants_bot(heard):
        return human_service.take_back(scene)
    word = meaning(heard.text) if isinstance(heard, Said) else None
    if word in _ABOUT_PROMOTIONS and word is not None:
        # Kept at once and in silence: the person who answers sees it too.
        return Outcome(human_service.beside(scene), (), intents.open_global(scene, word).effects, None)
    kept = transfers.keep_quietly(scene, heard) if isinstance(heard, Unsupported) else ()
    return Outcome(human_service.beside(scene), effects=kept, asks=None)


def _wants_bot(heard: Input) -> bool:
    if isinstance(heard, Tapped):
        return isinstance(decode(heard.id), OpenMenu | CancelCart)
    return isinstance(heard, Said) and meaning(heard.text) in {Word.MENU, Word.CANCEL}


def _file(scene: Scene, sent: Unsupported) -> Outcome:
    """A receipt where one is owed; else what is written below it, else what to do instead."""
    if sent.kind in _UNANSWERED:
        return _silence(scene)
    expected = invoicing.read_document(scene, sent) or transfers.read_photo(scene, sent)
    if expected:
        return expected
    read = say(scene, sent.caption) if sent.caption.strip() else None
    if read and read.session.misunderstood <= scene.session.misunderstood:
        return read.after(trouble.read_caption_only(scene.view.settings.treatment))
    return error_handling.unreadable(scene, sent.kind)


def _asks_for_coverage(scene: Scene) -> bool:
    return state_of(scene).flow == "coverage"


def _silence(scene: Scene) -> Outcome:
    return Outcome(scene.session, asks=None)


def say(scene: Scene, text: str) -> Outcome:
    """Free text: the bot's own words, what the state asked for, the title or number of a choice, anything else."""
    cart = read_order_text(text, scene.view.catalog)
    if cart is not None and cart.gone:
        return intents.take_thinner_cart(scene, text, cart)
    word = meaning(text)
    if word is Word.BACK:
        return go_back(scene)
    if word:
        return intents.open_global(scene, word)
    state = state_of(scene)
    if state.name == StateName.LATE_MESSAGE and is_yes(text):
        return do_it_anyway(scene)
    about_order = _first(_ABOUT_MONEY, scene, text) or _about_placed_order(scene, text)
    if about_order:
        return about_order
    if is_other_time(text) and lines(scene.session, scene.view):
        return slots.choose_slot(scene)
    if is_soonest(text) and lines(scene.session, scene.view):
        return slots.soonest(scene)
    answer = _first(_WISHES, scene, text) or (state.read(scene, text) if state.read else None)
    if answer:
        return answer
    choice = chosen(text, state.ask(scene).prompt, numbered=state.numbered)
    if choice is None and state.name == StateName.SUMMARY:
        # What "change something" would offer may be asked for without asking for the list first.
        asked = (STATES[each].ask(scene).prompt for each in (StateName.CHOOSE_CHANGE, StateName.CHOOSE_PAYMENT))
        choice = next(filter(None, (chosen(text, prompt, numbered=False) for prompt in asked)), None)
    return act(scene, choice) if choice else intents.interpret(scene, text)


def _first(readers: Sequence[TextReader], scene: Scene, text: str) -> Outcome | None:
    return next(filter(None, (read(scene, text) for read in readers)), None)


def _about_placed_order(scene: Scene, text: str) -> Outcome | None:
    """A question about an order under way, or a change to it: said to its summary, as if the cart were open."""
    answer = after_order.read(scene, text)
    if answer:
        return answer
    # The same once more, however it is put, is a new order.
    reopened = None if repeat_order.asks_for_the_same(text) else placed_orders.reopened_for(scene, text)
    if reopened is None or isinstance(reopened, Outcome):
        return reopened
    if wants_another_time(text):
        return slots.choose_slot(scene.at_session(reopened))
    return placed_orders.if_changed(scene, reopened, say(scene.at_session(reopened), text))


def act(scene: Scene, action: Action) -> Outcome:
    """A tap. What acts on another version of the cart than the present one is refused, kindly."""
    if isinstance(action, CartAction) and action.cart_version != scene.session.cart_version:
        return error_handling.stale(scene, action)
    return HANDLERS[type(action)](scene, action)


def go_back(scene: Scene) -> Outcome:
    """To the question before this one."""
    state = state_of(scene)
    if state.name in {StateName.HELP, StateName.OPTIONS}:
        return _return_to(scene, scene.session.previous_state)
    if scene.session.question.unclear:
        cleared = msgspec.structs.replace(scene.session.question, unclear=())
        return summary.see_cart(scene.at_session(ask(scene.session, cleared)))
    if state.name == StateName.CHOOSE_OPTION:
        return fillings.drop(scene)
    if state.name in {StateName.PRICES, StateName.ORDER_STATUS} and scene.session.cart:
        return summary.see_cart(scene)
    match state.back:
        case StateName.SUMMARY:
            return summary.see_cart(scene)
        case StateName.BROWSE_CATEGORIES:
            return browsing.browse(scene)
        case StateName.MENU:
            return welcome.open_menu(scene)
        case other:
            return Outcome(go(ask(scene.session, _kept_of_form(scene, other)), other))


def _kept_of_form(scene: Scene, to: StateName) -> Question:
    """One question back in the same form loses nothing that was filled in."""
    asked = scene.session.question
    same = STATES[to].flow == state_of(scene).flow
    return Question(order_id=asked.order_id, given=asked.given) if same else Question()


_NO_WAY_BACK = frozenset({"help", "options", "with_person", "late_message", "goodbye"})


def _return_to(scene: Scene, previous: str | None) -> Outcome:
    if previous in STATES.keys() - _NO_WAY_BACK and previous is not None:
        return Outcome(go(scene.session, previous))
    return welcome.open_menu(scene)


def do_it_anyway(scene: Scene) -> Outcome:
    """What had arrived late is dealt with now, where the conversation stood before it."""
    session, text = scene.session, scene.session.question.late_text
    previous = session.previous_state
    stood = previous if previous in STATES.keys() - _NO_WAY_BACK and previous is not None else StateName.MENU
    session = go(ask(session, msgspec.structs.replace(session.question, late_text="")), stood)
    if not text:
        return Outcome(go_on(session, scene.view) if session.cart else session)
    return say(scene.at_session(session), text)


STATES: Mapping[StateName, State] = assemble(state for flow in _FLOWS for state in flow.STATES)
_OWN: Handlers = {
    GoBack: lambda scene, _: go_back(scene),
    DoItAnyway: lambda scene, _: do_it_anyway(scene),
}
HANDLERS: Handlers = combine([*(flow.HANDLERS for flow in _FLOWS if hasattr(flow, "HANDLERS")), _OWN])
