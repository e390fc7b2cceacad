"""What a state must not take for its own answer: states that take any words would swallow an order or a question."""

import re

from marchante.catalog.words import plain
from marchante.conversations import cart, options
from marchante.conversations.amounts import is_correction, read_more
from marchante.conversations.flows.fillings import add_extras, read_choice
from marchante.conversations.flows.shop_facts import tell_place
from marchante.conversations.flows.summary import cart_lines, take_note
from marchante.conversations.intents import interpret, take_order
from marchante.conversations.order_words import asks_total, asks_when
from marchante.conversations.ordering import go_on
from marchante.conversations.places import names_street
from marchante.conversations.replies.es.ordering import noted_for_order
from marchante.conversations.replies.es.status import not_confirmed
from marchante.conversations.replies.es.summary import so_far
from marchante.conversations.scene import Outcome, Scene
from marchante.conversations.table import StateName
from marchante.conversations.words import announces_location, asks_where_the_shop_is, is_note, paid_with
from marchante.understanding import Understood

_FOR_AN_ADDRESS = frozenset({StateName.GIVE_ADDRESS, StateName.CHOOSE_ADDRESS, StateName.RECHECK_COVERAGE})
_QUESTIONS = frozenset({"hours_query", "coverage_query", "payment_query", "price_query", "order_status"})
_OTHER_WISHES = frozenset({"repeat_order", "thanks", "cancel"})
_JOINT = re.compile(r",\s*|\s+y\s+|\n+")
_WITHOUT_THE = re.compile(r"^(?:mejor |pero |ya )*sin (?:el|la|los|las) (?P<what>.+)$")
# A phrase that is nearly all of the text is what the text is about.
_NEARLY_ALL = 0.7


def instead_of_an_answer(scene: Scene, text: str) -> Outcome | None:
    """None: the state may read the text as its own."""
    state = scene.session.state
    if asks_where_the_shop_is(text):
        return tell_place(scene)
    if state in _FOR_AN_ADDRESS and announces_location(text):
        return Outcome(scene.session)
    asked = _about_the_order_in_hand(scene, text)
    if asked:
        return asked
    done = _choose_and_order(scene, text) if state == StateName.CHOOSE_OPTION else _drop_named(scene, text)
    if done:
        return done
    noted = _note_beside_the_address(scene, text) if state in _FOR_AN_ADDRESS else None
    if noted:
        return noted
    if state in _FOR_AN_ADDRESS and _is_no_address(scene, text):
        return interpret(scene, text)
    if state == StateName.GIVE_NOTE and not is_note(text) and _is_no_note(scene, text):
        return interpret(scene, text)
    return None


def _about_the_order_in_hand(scene: Scene, text: str) -> Outcome | None:
    """How much it comes to, or when it comes, before it is confirmed: what there is of it is shown."""
    session, view = scene.session, scene.view
    if session.editing or session.question.unclear or session.question.candidates or not cart.lines(session, view):
        return None
    if asks_when(text):
        return Outcome(go_on(session, view), (not_confirmed(view.settings.treatment),))
    if not asks_total(text):
        return None
    onward = go_on(session, view)
    if onward.state == StateName.SUMMARY:
        return Outcome(onward)
    return Outcome(onward, (*cart_lines(session, view), so_far(cart.subtotal(session, view))))


def _choose_and_order(scene: Scene, text: str) -> Outcome | None:
    """As in "de tinga y un elote": the answer to what was asked, and more of an order behind it."""
    head, joint, rest = _partition(text)
    read = scene.understand(rest) if joint else None
    if read is None or not (read.items or read.ambiguous):
        return None
    answered = read_choice(scene, head)
    if answered is None or answered.session.cart == scene.session.cart:
        return None
    return take_order(scene.at_session(answered.session), read, rest)


def _partition(text: str) -> tuple[str, str, str]:
    found = _JOINT.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _drop_named(scene: Scene, text: str) -> Outcome | None:
    """As in "sin los limones" when there are some in the cart: they are taken out, it is no note on another product."""
    found = _WITHOUT_THE.match(plain(text))
    if not found:
        return None
    shown = cart.lines(scene.session, scene.view)
    if any(options.refused(line.product, text) for line in shown):
        return None
    read = scene.understand(f"quita {found['what']}")
    in_cart = {line.product.sku for line in shown}
    if not read.items or any(item.op != "remove" or item.sku not in in_cart for item in read.items):
        return None
    return take_order(scene, read, text)


def _note_beside_the_address(scene: Scene, text: str) -> Outcome | None:
    """How something of the order must be, said while it is asked where to: "sin almidón y en gancho"."""
    if not is_note(text) or names_street(text) or not cart.lines(scene.session, scene.view):
        return None
    read = scene.understand(text)
    if read.address or read.items or read.ambiguous or read.delivery:
        return None
    taken = add_extras(scene, text) or take_note(scene, text)
    return taken.after(noted_for_order([" ".join(text.split())], scene.view.settings.treatment))


def _is_no_address(scene: Scene, text: str) -> bool:
    read = scene.understand(text)
    if read.address or names_street(text):
        return is_correction(text)
    return is_correction(text) or read_more(text) is not None or read.delivery == "pickup" or _is_wish(read, text)


def _is_no_note(scene: Scene, text: str) -> bool:
    read = scene.understand(text)
    asks = read.intent in _QUESTIONS | _OTHER_WISHES and not read.items
    return asks or _orders(read) or is_correction(text) or read.intent == "address" or _is_wish(read, text)


def _orders(read: Understood) -> bool:
    """Something to put in or take out; "la papa que venga lavada", without an amount, is a note."""
    if read.notes and all(item.op == "add" and item.quantity == 1 for item in read.items):
        return False
    return bool(read.items or read.ambiguous)


def _is_wish(read: Understood, text: str) -> bool:
    """Nothing but how it is paid, or when it is wanted."""
    if paid_with(text):
        return True
    about = read.when.phrase if read.when else ""
    return len(plain(about)) >= _NEARLY_ALL * len(plain(text)) if about else bool(read.payment and not read.items)
