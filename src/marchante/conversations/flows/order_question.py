"""What the shop asks about a placed order: it weighed something else, or a product ran out and another may come."""

from collections.abc import Callable

from marchante.channels.whatsapp.messages import ReplyButtons
from marchante.conversations.effects import AnswerProposal, RaiseAlert, Reply
from marchante.conversations.flows.order_status import tell_status
from marchante.conversations.flows.placed_orders import talk
from marchante.conversations.flows.welcome import menu_prompt, to_menu
from marchante.conversations.order_actions import (
    AcceptProposal,
    OrderAction,
    RefuseProposal,
    RemoveProposed,
    TalkAboutOrder,
)
from marchante.conversations.prompts import buttons
from marchante.conversations.replies.es import ordering, titles, welcome
from marchante.conversations.replies.es import placed as words
from marchante.conversations.replies.es.amounts import about
from marchante.conversations.replies.es.voice import Treatment
from marchante.conversations.scene import Handlers, Outcome, Scene
from marchante.conversations.table import State, StateName
from marchante.conversations.view import ShopView
from marchante.conversations.words import is_no, is_yes
from marchante.orders.change_rules import owed
from marchante.orders.domain import Answer, Order, Proposal


def open_question(view: ShopView) -> Order | None:
    """The newest order something is asked about."""
    return next((order for order in view.last_orders if order.is_open and order.proposal is not None), None)


def question_of(order: Order, proposal: Proposal, treatment: Treatment) -> ReplyButtons:
    """One message with all there is to decide; its buttons answer this version of the order only."""
    yes, without = AcceptProposal(order.id, order.version), RemoveProposed(order.id, order.version)
    total = proposal.subtotal + order.delivery_fee
    if proposal.kind == "weighed":
        body = words.ask_weighed(order.folio, _weighed_lines(order, proposal), owed(order), total, treatment)
        third = (titles.TALK, TalkAboutOrder(order.id, order.version))
        return buttons(body, (titles.ACCEPT, yes), (titles.REMOVE_THAT, without), third)
    [place] = proposal.places
    new = proposal.lines[place]
    instead = words.with_price(new.quantity, new.unit, new.product_name, new.total)
    shown = about(total, approximate=any(line.pieces is not None for line in proposal.lines))
    body = words.ask_substitute(order.folio, order.lines[place].product_name, instead, shown, treatment)
    paid = order.payment_status == "completed"
    return buttons(
        body,
        (titles.YES_SWAP, yes),
        (titles.NO_OTHER, RefuseProposal(order.id, order.version)),
        (titles.REFUND_THAT if paid else titles.REMOVE_THAT, without),
    )


def _weighed_lines(order: Order, proposal: Proposal) -> list[str]:
    return [
        words.weighed_line(new.product_name, new.unit, new.quantity, new.total, (old.quantity, old.total))
        for old, new in zip(order.lines, proposal.lines, strict=True)
        if old.quantity != new.quantity
    ]


def _ask(scene: Scene) -> Reply:
    order, treatment = open_question(scene.view), scene.view.settings.treatment
    if order is None or order.proposal is None:
        return menu_prompt(scene, welcome.menu(treatment))
    return Reply(prompt=question_of(order, order.proposal, treatment))


def read_answer(scene: Scene, text: str) -> Outcome | None:
    """Yes and no in words. No to other weights is nothing a button could mean: a person is asked."""
    order = open_question(scene.view)
    if order is None or order.proposal is None:
        return None
    if is_yes(text):
        return _answer(scene, order, "accept")
    if not is_no(text):
        return None
    return talk(scene, order) if order.proposal.kind == "weighed" else _answer(scene, order, "keep")


def _answer(scene: Scene, order: Order, given: Answer) -> Outcome:
    session = to_menu(scene.session) if scene.session.state == StateName.ORDER_QUESTION else scene.session
    return Outcome(session, effects=(AnswerProposal(order.id, order.version, given),), asks=False)


def nobody_answered(scene: Scene, order_id: int | None) -> Outcome:
    """In time: what is sold out is left out; of other weights a person must talk to the customer."""
    order = scene.view.order(order_id)
    if order is None or order.proposal is None or not order.is_open:
        return Outcome(scene.session, asks=None)
    if order.proposal.kind == "substitution":
        effect = AnswerProposal(order.id, order.version, "remove", silent=True)
        return Outcome(scene.session, effects=(effect,), asks=None)
    alert = RaiseAlert("order_unanswered", f"order {order.folio} waits for an answer about its weights")
    return Outcome(scene.session, effects=(alert,), asks=None)


def _handler(given: Answer) -> Callable[[Scene, OrderAction], Outcome]:
    def handle(scene: Scene, action: OrderAction) -> Outcome:
        order, treatment = scene.view.order(action.order_id), scene.view.settings.treatment
        if order is None:
            return Outcome(scene.session, (ordering.old_button(treatment, cart=bool(scene.session.cart)),))
        if order.version != action.order_version or order.proposal is None:
            return tell_status(scene).after(words.nothing_asked(order.folio, treatment))
        return _answer(scene, order, given)

    return handle


STATES = (
    State(
        StateName.ORDER_QUESTION,
        "order_status",
        _ask,
        back=StateName.ORDER_STATUS,
        exits=(StateName.MENU, StateName.WITH_PERSON, StateName.ORDER_STATUS),
        read=read_answer,
        numbered=False,
    ),
)
HANDLERS: Handlers = {
    AcceptProposal: _handler("accept"),
    RemoveProposed: _handler("remove"),
    RefuseProposal: _handler("keep"),
}
