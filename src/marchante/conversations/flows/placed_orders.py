"""What a customer does to an order already placed: change it, cancel it, or hear that it is too late for that."""

from collections.abc import Callable
from datetime import timedelta

from marchante.conversations.cart import emptied, lines
from marchante.conversations.effects import CancelPlaced, Reply
from marchante.conversations.flows.human_service import call_person
from marchante.conversations.flows.order_status import content, tell_status
from marchante.conversations.flows.welcome import menu_prompt, to_menu
from marchante.conversations.inputs import OrderRefused
from marchante.conversations.order_actions import (
    AskToCancel,
    CancelOrder,
    ChangeOrder,
    KeepOrder,
    OrderAction,
    TalkAboutOrder,
)
from marchante.conversations.order_words import begins_like_an_order, changes_content, changes_terms, wants_to_change
from marchante.conversations.ordering import ask
from marchante.conversations.prompts import buttons
from marchante.conversations.reopening import can_be_filled, changeable, filled, may_change, under_way
from marchante.conversations.replies.es import ordering, titles
from marchante.conversations.replies.es import placed as words
from marchante.conversations.replies.es import welcome as welcome_words
from marchante.conversations.replies.es.amounts import about
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import Question, Session
from marchante.conversations.table import State, StateName
from marchante.conversations.view import ShopView
from marchante.conversations.words import is_no, is_yes
from marchante.orders.change_rules import customer_may_change
from marchante.orders.domain import Order

_RESTING = frozenset(
    {
        StateName.MENU,
        StateName.ORDER_STATUS,
        StateName.GOODBYE,
        StateName.PRICES,
        StateName.HELP,
        StateName.OPTIONS,
    }
)
# So long after it was placed "ponme otra" means this order.
_JUST_PLACED = timedelta(minutes=30)


def reopened_for(scene: Scene, text: str) -> Session | Outcome | None:
    """The placed order in the cart, if a text is about changing it and nothing else is being ordered; or what to say
    when it cannot be changed any more.
    """
    view, newest = scene.view, cancellable(scene.view)
    if scene.session.cart or scene.session.state not in _RESTING or newest is None:
        return None
    general = wants_to_change(text)
    if not general and not _is_change(scene, text, newest):
        return None
    order = changeable(view)
    if order is None:
        return tell_status(scene) if newest.proposal is not None else too_late(scene, newest)
    if general:
        return change(scene, order)
    if not can_be_filled(order, view):
        return call_person(scene, f"change {order.folio}: {text}")
    return go(filled(scene.session, order, view), StateName.SUMMARY)


def if_changed(scene: Scene, reopened: Session, outcome: Outcome) -> Outcome:
    """What a text made of the reopened order; if nothing, it is closed again, and what there is to tell is told."""
    after = outcome.session
    asked = after.state != StateName.SUMMARY or after.question.unclear
    if asked or after.cart_version != reopened.cart_version:
        return outcome
    return Outcome(go(scene.session, StateName.ORDER_STATUS), outcome.facts, outcome.effects)


def _is_change(scene: Scene, text: str, order: Order) -> bool:
    if changes_terms(text):
        return True
    read, just_placed = scene.understand(text), scene.at - order.created_at < _JUST_PLACED
    names_something = bool(read.items or read.ambiguous or read.unknown)
    if read.payment is not None and not names_something:
        return True
    if read.intent == "change_cart":
        return just_placed or not begins_like_an_order(text)
    return read.intent == "order" and names_something and changes_content(text, just_placed=just_placed)


def change(scene: Scene, order: Order) -> Outcome:
    """What is to be changed, from the list or in words."""
    if not can_be_filled(order, scene.view):
        return call_person(scene, f"change {order.folio}")
    return Outcome(go(filled(scene.session, order, scene.view), StateName.CHOOSE_CHANGE))


def cancellable(view: ShopView) -> Order | None:
    """The newest order that is under way."""
    return next((order for order in view.last_orders if under_way(order, view)), None)


def ask_to_cancel(scene: Scene, order: Order) -> Outcome:
    """Asked once: what is cancelled is not packed any more."""
    if not customer_may_change(order, scene.view.settings.changes_until):
        return too_late(scene, order)
    session = ask(emptied(scene.session), Question(order_id=order.id))
    return Outcome(go(session, StateName.CANCEL_ORDER))


def too_late(scene: Scene, order: Order) -> Outcome:
    """It has left, or the shop does not allow it any more: a person is offered."""
    told = words.too_late(order.folio, order.status_name, scene.view.settings.treatment)
    return Outcome(go(scene.session, StateName.ORDER_STATUS), (told,))


def _ask_cancel(scene: Scene) -> Reply:
    order = _asked_about(scene)
    treatment = scene.view.settings.treatment
    if order is None:
        return menu_prompt(scene, welcome_words.menu(treatment))
    total = about(order.total_amount, approximate=order.is_approximate)
    body = words.ask_to_cancel(order.folio, content(order), total, treatment)
    return Reply(
        prompt=buttons(
            body,
            (titles.YES_CANCEL, CancelOrder(order.id, order.version)),
            (titles.NO_KEEP, KeepOrder(order.id, order.version)),
            (titles.TALK, TalkAboutOrder(order.id, order.version)),
        )
    )


def _asked_about(scene: Scene) -> Order | None:
    return scene.view.order(scene.session.question.order_id)


def read_cancel(scene: Scene, text: str) -> Outcome | None:
    order = _asked_about(scene)
    if order is None:
        return None
    if is_yes(text) or scene.understand(text).intent == "cancel":
        return cancel(scene, order)
    return keep(scene, order) if is_no(text) else None


def confirm_cancel(scene: Scene) -> Outcome | None:
    """*Cancelar* said to "shall I cancel it?" is a yes."""
    order = _asked_about(scene)
    return cancel(scene, order) if order is not None and order.is_open else None


def cancel(scene: Scene, order: Order) -> Outcome:
    effects = (CancelPlaced(order.id, order.version),)
    return Outcome(to_menu(emptied(scene.session)), effects=effects, asks=False)


def keep(scene: Scene, order: Order) -> Outcome:
    told = words.left_as_it_was(order.folio, scene.view.settings.treatment)
    return Outcome(to_menu(emptied(scene.session)), (told,), asks=False)


def talk(scene: Scene, order: Order) -> Outcome:
    asked = f", asked: {order.proposal.kind}" if order.proposal else ""
    return call_person(scene, f"order {order.folio} ({order.status.value}{asked})")


def refused(scene: Scene, heard: OrderRefused) -> Outcome:
    """Nothing was done: say why, and how the order stands."""
    treatment = scene.view.settings.treatment
    order = scene.view.order(heard.order_id)
    if order is None:
        return Outcome(to_menu(scene.session), (ordering.old_button(treatment, cart=False),))
    match heard.code:
        case "too_late_to_change":
            return too_late(scene, order)
        case "sold_out":
            products = (scene.view.catalog.product(product_id) for product_id in heard.sold_out)
            names = [product.name for product in products if product] or [titles.OTHER_PRODUCTS]
            told = words.not_enough_for_change(names, order.folio, treatment)
            return Outcome(go(scene.session, StateName.ORDER_STATUS), (told,))
        case "slot_full":
            told = words.slot_full(order.folio, treatment)
            return Outcome(go(scene.session, StateName.ORDER_STATUS), (told,))
        case _:
            return tell_status(scene).after(words.another_by_now(order.folio, treatment))


def _checked(then: Callable[[Scene, Order], Outcome]) -> Callable[[Scene, OrderAction], Outcome]:
    """A button acts on this customer's order as it was shown, and not on an order in hand."""

    def handle(scene: Scene, action: OrderAction) -> Outcome:
        order = scene.view.order(action.order_id)
        if order is None or lines(scene.session, scene.view):
            told = ordering.old_button(scene.view.settings.treatment, cart=bool(scene.session.cart))
            return Outcome(scene.session if scene.session.cart else to_menu(scene.session), (told,))
        if order.version != action.order_version:
            return tell_status(scene).after(words.another_by_now(order.folio, scene.view.settings.treatment))
        return then(scene, order)

    return handle


def _change_or_too_late(scene: Scene, order: Order) -> Outcome:
    return change(scene, order) if may_change(order, scene.view) else too_late(scene, order)


STATES = (
    State(
        StateName.CANCEL_ORDER,
        "order_status",
        _ask_cancel,
        back=StateName.ORDER_STATUS,
        exits=(StateName.MENU, StateName.WITH_PERSON),
        read=read_cancel,
    ),
)
HANDLERS: Handlers = {
    ChangeOrder: _checked(_change_or_too_late),
    AskToCancel: _checked(ask_to_cancel),
    CancelOrder: _checked(cancel),
    KeepOrder: _checked(keep),
    TalkAboutOrder: _checked(talk),
}
