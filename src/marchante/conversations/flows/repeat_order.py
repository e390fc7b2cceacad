"""The same as last time, at today's prices."""

from marchante.conversations import cart
from marchante.conversations.flows.browsing import browse
from marchante.conversations.flows.summary import cart_lines
from marchante.conversations.options import in_order
from marchante.conversations.ordering import go_on
from marchante.conversations.replies.es import browsing as browsing_words
from marchante.conversations.replies.es import ordering as words
from marchante.conversations.scene import Outcome, Scene
from marchante.conversations.state import CartItem
from marchante.conversations.table import StateName


def repeat(scene: Scene) -> Outcome:
    """What can still be had of the last order goes into the cart; what cannot is said."""
    view, treatment = scene.view, scene.view.settings.treatment
    if not view.last_orders and cart.lines(scene.session, view):
        return Outcome(go_on(scene.session, view), (words.nothing_to_repeat(treatment),))
    if not view.last_orders:
        return browse(scene).after(words.nothing_to_repeat(treatment))
    last = view.last_orders[0]
    session, missing = scene.session, []
    for line in last.lines:
        product = view.catalog.product(line.product_id)
        if product and cart.for_sale(product, view):
            chosen = in_order(product, {(option.group, option.name) for option in line.options})
            session = cart.put(session, CartItem(product.id, line.quantity, line.notes, options=chosen))
        else:
            missing.append(line.product_name)
    facts = [browsing_words.sold_out(missing)] if missing else []
    session = go_on(session, view)
    if session.state != StateName.SUMMARY:  # the summary shows the lines itself
        facts += cart_lines(session, view)
    return Outcome(session, (words.repeating(last.folio, treatment), *facts))
