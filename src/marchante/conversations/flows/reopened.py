"""The summary of a placed order with the changes a customer makes, and saving them."""

from collections.abc import Sequence
from decimal import Decimal

from marchante.conversations import drafting
from marchante.conversations.actions import CancelCart, ChangeSomething, Confirm, StartOrder
from marchante.conversations.effects import AmendOrder, Effect, PlaceOrder, Reply
from marchante.conversations.prompts import buttons
from marchante.conversations.reopening import as_amended, is_unchanged
from marchante.conversations.replies.es import placed, titles
from marchante.conversations.replies.es import summary as words
from marchante.conversations.scene import Scene
from marchante.conversations.state import Editing
from marchante.conversations.view import ShopView
from marchante.orders.domain import OrderDraft


def ask_to_save(scene: Scene, editing: Editing, lines: Sequence[str]) -> Reply:
    """`lines`: the whole order as it would be."""
    session, view = scene.session, scene.view
    version, treatment = session.cart_version, view.settings.treatment
    facts = (placed.changing(editing.folio, treatment), "\n".join(lines))
    change, leave = (titles.CHANGE_MORE, ChangeSomething(version)), (titles.LEAVE_IT, CancelCart(version))
    missing: Decimal = drafting.missing_for_minimum(session, view)
    if missing:
        body = words.below_minimum(drafting.minimum(session, view), missing, treatment)
        return Reply(facts, buttons(body, (titles.ADD_MORE, StartOrder()), change, leave))
    save = (titles.SAVE_CHANGES, Confirm(version, drafting.total(session, view)))
    return Reply(facts, buttons(placed.ask_change(treatment), save, change, leave))


def placing(draft: OrderDraft, editing: Editing | None, view: ShopView) -> Effect | None:
    """A new order; or the placed one made this, if it is still what the customer saw. None: nothing was changed."""
    if editing is None:
        return PlaceOrder(draft)
    order = view.order(editing.order_id)
    amended = as_amended(draft, order)
    if order is not None and order.version == editing.version and is_unchanged(amended, order):
        return None
    return AmendOrder(editing.order_id, editing.version, amended)
