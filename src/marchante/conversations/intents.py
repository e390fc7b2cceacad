"""What free text leads to, in any state: the global words first, then the state's own reading, then understanding."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from marchante.catalog.order_text import OrderText
from marchante.conversations.amounts import is_correction, split_amount, unit_said
from marchante.conversations.asked_places import place_in_question
from marchante.conversations.cart import emptied, for_sale, lines
from marchante.conversations.flows import (
    after_order,
    amending,
    browsing,
    coverage,
    customer_details,
    details,
    error_handling,
    fillings,
    human_service,
    invoicing,
    order_status,
    placed_orders,
    price_query,
    repeat_order,
    resuming,
    shop_facts,
    summary,
    welcome,
)
from marchante.conversations.flows import exit as farewell
from marchante.conversations.flows.help import open_help
from marchante.conversations.item_notes import with_item_notes
from marchante.conversations.lacking import lacking_facts, ran_out, unserved
from marchante.conversations.ordering import ask, go_on, with_unclear, without_guesses
from marchante.conversations.pleasantries import confirm, greet, is_long_pause
from marchante.conversations.replies.es import browsing as browsing_words
from marchante.conversations.replies.es import invoices, ordering
from marchante.conversations.replies.es import summary as summary_words
from marchante.conversations.replies.es import welcome as welcome_words
from marchante.conversations.scene import Outcome, Scene, go
from marchante.conversations.second_questions import QUESTIONS, answers_beside, read_questions
from marchante.conversations.state import Draft, Question, Session, Unclear
from marchante.conversations.table import StateName
from marchante.conversations.taking import counted_facts, facts_of, take
from marchante.conversations.wanting import unknown_besides_options, wanted
from marchante.conversations.wishes import with_wishes
from marchante.conversations.words import Word, paid_with, says_to_take_out, takes_out
from marchante.understanding import Understood, search

_OFFERED = 9
_PHRASE_LENGTH = 80
# Below it a number or an adjective is all that text and name share.
_LEAST_LIKENESS = 0.25
# Cancelled by themselves: an order in hand stays.
_FORMS = invoicing.STATES_OF_IT | customer_details.FORM


def open_global(scene: Scene, word: Word) -> Outcome:
    """The words every state answers to, except *atrás*, which depends on the state."""
    match word:
        case Word.MENU:
            return welcome.open_menu(scene)
        case Word.CANCEL:
            return cancel(scene)
        case Word.HELP:
            return open_help(scene)
        case Word.PERSON:
            return human_service.call_person(scene, "requested")
        case Word.STATUS:
            return order_status.tell_status(scene)
        case Word.CART:
            return summary.see_cart(scene)
        case Word.CATALOG_FILE:
            return details.send_catalog(scene)
        case Word.NO_PROMOTIONS:
            return farewell.opt_out(scene)
        case Word.PROMOTIONS:
            return farewell.opt_in(scene)
        case _:
            return browsing.browse(scene)


def cancel(scene: Scene) -> Outcome:
    """The order in hand is dropped; whether one already placed is to be cancelled is asked, while that is allowed."""
    if scene.session.state in _FORMS:
        session = ask(scene.session, Question())
        going_on = go_on(session, scene.view) if lines(session, scene.view) else welcome.to_menu(session)
        return Outcome(going_on, (invoices.dropped(),))
    if scene.session.cart:
        return summary.cancel(scene)
    session = welcome.to_menu(emptied(scene.session) if scene.session.draft != Draft() else scene.session)
    answer = placed_orders.confirm_cancel(scene) if scene.session.state == StateName.CANCEL_ORDER else None
    if answer:
        return answer
    open_order = placed_orders.cancellable(scene.view)
    if open_order:
        return placed_orders.ask_to_cancel(scene.at_session(session), open_order)
    return Outcome(session, (ordering.nothing_to_cancel(),))


def interpret(scene: Scene, text: str) -> Outcome:
    """Free text that no state claimed for itself."""
    shown = details.look_for(scene, text) or _amount_first(scene, text)
    shown = shown or (_corrected(scene, text) if unit_said(text) else None)  # "1 manojo" names no product
    if shown:
        return shown
    read = read_questions(scene, text)
    answer = _BY_INTENT.get(read.intent)
    if read.intent == "address" and "?" in text and scene.view.zones and place_in_question(text):
        return coverage.answer(scene, text)
    if takes_out(text) and read.ambiguous and not read.items:
        return amending.take_out_which(scene, read)
    if read.items or read.ambiguous:
        return take_order(scene, read, text)
    amended = fillings.add_extras(scene, text) or _corrected(scene, text)
    if amended:
        return amended
    wished = _wish(scene, read, text)
    if wished and (read.intent in _WISHFUL or paid_with(text) or (read.payment and read.payment.pays_with)):
        return wished
    if read.intent == "price_query" and not read.asked:
        return price_query.tell_prices(scene, _named(scene, text), read.unknown)
    if answer:
        beside = answers_beside(scene, read, text) if read.intent in QUESTIONS else ()
        return answer(scene, read, text).after(*beside)
    if read.intent == "complaint":
        return after_order.complain(scene, text)
    return _unclaimed(scene, read, text)


def _corrected(scene: Scene, text: str) -> Outcome | None:
    """As in "que sean 3" or "otro igual": how much of the product last spoken of."""
    if not lines(scene.session, scene.view):
        return None
    return amending.add_to_last(scene, text) or (amending.correct_amount(scene, text) if is_correction(text) else None)


def _amount_first(scene: Scene, text: str) -> Outcome | None:
    """As in "ponle 2, y también un aceite": how much of the product just added, then more products."""
    first, rest = split_amount(text)
    if not rest or not lines(scene.session, scene.view):
        return None
    read = scene.understand(rest)
    amended = amending.correct_amount(scene, first) if read.items else None
    if amended is None or amended.session.state == StateName.CHOOSE_LINE:
        return None
    shown = counted_facts(amended.session, scene.view, [line.product.id for line in lines(amended.session, scene.view)])
    told = [fact for fact in amended.facts if fact not in shown]  # the lines say it
    return take_order(scene.at_session(amended.session), read, rest).after(*told)


def take_thinner_cart(scene: Scene, text: str, cart: OrderText) -> Outcome:
    """A cart of WhatsApp's own catalog in which something is not for sale: that is said, the rest is taken."""
    told = browsing_words.gone_from_cart(cart.gone, scene.view.settings.treatment)
    rest = interpret(scene, text) if cart.items or cart.others else browsing.browse(scene)
    return rest.after(told)


def _wish(scene: Scene, read: Understood, text: str) -> Outcome | None:
    """Delivery, address, time, payment or a note, said without a product."""
    session = with_wishes(scene.session, scene.view, read, text, scene.at)
    if session == scene.session:
        return None
    treatment = scene.view.settings.treatment
    noted = summary.wishes_noted(scene.session, session, scene.view)
    if lines(session, scene.view):
        session = go_on(session, scene.view)
        unseen = [*summary.place_noted(scene.session, session, scene.view), *noted]
        told = unseen and session.state != StateName.SUMMARY
        return Outcome(session, (ordering.noted_for_order(unseen, treatment),) if told else ())
    if read.address:
        return Outcome(session, (ordering.location_kept(treatment),))
    return Outcome(session, (ordering.noted_for_order(noted, treatment),)) if noted else None


def _named(scene: Scene, text: str) -> list[str]:
    """What a question could be about when it names several products at once."""
    return [match.sku for match in search(text, scene.view.catalog.index, _OFFERED) if match.score >= _LEAST_LIKENESS]


def take_order(scene: Scene, read: Understood, text: str, led_by: Sequence[str] = ()) -> Outcome:
    """What was clear goes into the cart, the rest is asked or said, and the order goes on. `led_by`: what goes before
    the lines instead of the usual words.
    """
    view, before, read = scene.view, without_guesses(scene.session), with_item_notes(read, text)
    taken = take(before, view, wanted(read, view, text), read.ambiguous)
    unclear = with_unclear(before.question.unclear, taken.unclear)
    question = Question(product_id=taken.last if len(set(taken.put_in)) == 1 else None, unclear=unclear)
    session = go_on(with_wishes(ask(taken.session, question), view, read, text, scene.at), view)
    facts = [*facts_of(taken, view), *answers_beside(scene, read, text)]
    unknown = unknown_besides_options(read, view)
    if unknown:
        facts += lacking_facts(view, unknown)
    noted = (*unserved(view, unknown), *ran_out(view, taken.refused, read.ambiguous))
    if taken.refused and not lines(session, view) and not session.question.unclear:
        return browsing.instead_of(scene.at_session(session), taken.refused[0]).after(*facts).doing(*noted)
    if before.cart and not session.cart and session.editing is None:
        return _emptied(scene.at_session(session), before).after(*facts).doing(*noted)
    if taken.put_in or session.cart != before.cart:
        facts = [*_lead(scene, facts, led_by), *_already_noted(scene.at_session(session))]
    return Outcome(session, tuple(facts), noted)


def _emptied(scene: Scene, before: Session) -> Outcome:
    """The last thing was taken out: that is said, and what is still unclear asked, else what there is to choose."""
    told = ordering.removed([line.name for line in lines(before, scene.view)])
    if scene.session.question.unclear:
        return Outcome(scene.session, (told,))
    return browsing.browse(scene).after(told, ordering.nothing_in_cart(scene.view.settings.treatment))


def _lead(scene: Scene, facts: list[str], led_by: Sequence[str]) -> list[str]:
    """What goes before the lines: the greeting, what else there is to say, "this is what I understood"."""
    if led_by:
        return [*facts, *led_by]
    if scene.session.editing is not None:
        return facts
    if lines(scene.session, scene.view):
        return [*facts, summary_words.updated()]
    hello = scene.view.customer.first_name if welcome.is_new_visit(scene) else None
    if not facts or hello is None:
        return [*facts, summary_words.understood(hello)]
    return [welcome_words.hello(hello), *facts, summary_words.understood(None)]


def _already_noted(scene: Scene) -> list[str]:
    """While something is asked first, what is already in the cart."""
    if scene.session.state == StateName.SUMMARY:
        return []
    return list(summary.cart_lines(scene.session, scene.view))


def _deny(scene: Scene, read: Understood, text: str) -> Outcome:
    if scene.session.state in {StateName.PRICES, StateName.LATE_MESSAGE, StateName.RESUME_ORDER}:
        return welcome.open_menu(scene)
    if lines(scene.session, scene.view):
        return summary.see_cart(scene)
    if scene.session.state in {StateName.MENU, StateName.ORDER_STATUS, StateName.OPTIONS, StateName.HELP}:
        return farewell.say_goodbye(scene)
    return _unclaimed(scene, read, text)


def _change(scene: Scene, read: Understood, text: str) -> Outcome:
    """An order without a product in it: a product we lack, or nothing but the wish to order, perhaps to pick it up."""
    scene = scene.at_session(with_wishes(without_guesses(scene.session), scene.view, read, text, scene.at))
    taking_out = read.intent == "change_cart" and says_to_take_out(text)
    if taking_out and lines(scene.session, scene.view):
        told = tuple(ordering.not_in_cart([phrase], scene.view.settings.treatment) for phrase in read.unknown)
        return Outcome(go(scene.session, StateName.CHOOSE_CHANGE), told)
    begun = bool(scene.session.question.unclear or lines(scene.session, scene.view))
    told = lacking_facts(scene.view, read.unknown, offered=not begun)
    noted = unserved(scene.view, read.unknown)
    if read.unknown and begun:
        return Outcome(go_on(scene.session, scene.view), told, noted)
    return browsing.browse(scene).after(*told).doing(*noted)


def _unclaimed(scene: Scene, read: Understood, text: str) -> Outcome:
    """Nothing was understood: perhaps a product is meant; perhaps an old order is to be gone on with."""
    if text and read.intent not in {"confirm", "deny"}:
        guessed = _guess(scene, text)
        if guessed:
            return guessed
    if lines(scene.session, scene.view) and is_long_pause(scene):
        return resuming.ask_to_resume(scene)
    return error_handling.not_understood(scene, text)


def _guess(scene: Scene, text: str) -> Outcome | None:
    """Products whose names come near: offered, with the amount of the phrase they were asked about if there is one."""
    found = (scene.view.catalog.by_sku(sku) for sku in _named(scene, text))
    candidates = tuple(product.id for product in found if product and for_sale(product, scene.view))
    if not candidates:
        return None
    asked, *waiting = scene.session.question.unclear or (Unclear("", ()),)
    guessed = asked.guessed or not asked.candidates
    again = msgspec.structs.replace(asked, phrase=text[:_PHRASE_LENGTH], candidates=candidates, guessed=guessed)
    return Outcome(go(ask(scene.session, Question(unclear=(again, *waiting))), StateName.CHOOSE_PRODUCT))


_WISHFUL = frozenset({"order", "change_cart", "address", "other", "confirm"})
_Answer = Callable[[Scene, Understood, str], Outcome]
_BY_INTENT: Mapping[str, _Answer] = {
    "order": _change,
    "change_cart": _change,
    "catalog": lambda scene, *_: browsing.browse(scene),
    "order_status": lambda scene, *_: order_status.tell_status(scene),
    "advisor": lambda scene, *_: human_service.call_person(scene, "requested"),
    "menu": lambda scene, *_: welcome.open_menu(scene),
    "greeting": lambda scene, *_: greet(scene),
    "goodbye": lambda scene, *_: farewell.say_goodbye(scene),
    "thanks": lambda scene, *_: farewell.thank(scene),
    "cancel": lambda scene, *_: cancel(scene),
    "confirm": lambda scene, *_: confirm(scene),
    "deny": _deny,
    "repeat_order": lambda scene, *_: repeat_order.repeat(scene),
    "price_query": lambda scene, read, _: price_query.tell_prices(scene, read.asked, read.unknown),
    "coverage_query": lambda scene, _, text: coverage.answer(scene, text),
    "hours_query": lambda scene, *_: shop_facts.tell_hours(scene),
    "payment_query": lambda scene, *_: shop_facts.tell_payment(scene),
    "opt_out": lambda scene, *_: farewell.opt_out(scene),
    "help": lambda scene, *_: open_help(scene),
}
