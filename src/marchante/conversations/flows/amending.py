"""More or less of what is in the cart, said without naming it: "2 más", "que sean 3", "mejor medio kilo"."""

from dataclasses import replace

from marchante.conversations import cart
from marchante.conversations.amounts import TypedAmount, read_amount, read_more, unit_said
from marchante.conversations.flows.choosing import set_amount
from marchante.conversations.ordering import ask
from marchante.conversations.replies.es import ordering
from marchante.conversations.scene import Outcome, Scene, go
from marchante.conversations.state import Question
from marchante.conversations.table import StateName
from marchante.understanding import Understood


def counted_line(scene: Scene) -> int | None:
    """The product a bare number is about: the one just added, or the only one."""
    shown = [line.product.id for line in cart.lines(scene.session, scene.view)]
    last = scene.session.question.product_id
    if last in shown:
        return last
    return shown[0] if len(shown) == 1 else None


def add_to_last(scene: Scene, text: str) -> Outcome | None:
    more, product_id = read_more(text), counted_line(scene)
    item = cart.line_of(scene.session, product_id) if product_id is not None else None
    product = scene.view.catalog.product(product_id) if product_id is not None else None
    if more is None or item is None or product is None or more.counted:
        return None
    return set_amount(scene, product, TypedAmount(item.quantity + more.value))


def correct_amount(scene: Scene, text: str) -> Outcome | None:
    """How much of the product last spoken of; where it can be of several, it is asked of which."""
    amount, product_id = read_amount(text), counted_line(scene)
    if amount is None:
        return None
    if product_id is None:
        product_id = _only_of_unit(scene, text)
    if product_id is None:
        question = Question(quantity=amount.value if amount.kind == "quantity" else None)
        return Outcome(go(ask(scene.session, question), StateName.CHOOSE_LINE))
    product, item = scene.view.catalog.product(product_id), cart.line_of(scene.session, product_id)
    if item and item.pieces is not None and amount.kind == "quantity" and unit_said(text) is None:
        amount = replace(amount, counted=amount.value == amount.value.to_integral_value())
    return set_amount(scene, product, amount) if product else None


def _only_of_unit(scene: Scene, text: str) -> int | None:
    """As in "3 kilos": it can only be about the one line that is sold by kilo; "1 manojo", by the bunch."""
    unit = unit_said(text)
    if unit is None:
        return None
    sold_so = [line.product.id for line in cart.lines(scene.session, scene.view) if line.product.unit == unit]
    return sold_so[0] if len(sold_so) == 1 else None


def take_out_which(scene: Scene, read: Understood) -> Outcome:
    """What is to be taken out could be several things: it is asked which, if any of them is in the order."""
    if not cart.lines(scene.session, scene.view):
        return Outcome(scene.session, (ordering.nothing_in_cart(scene.view.settings.treatment),))
    in_cart = {line.product.sku for line in cart.lines(scene.session, scene.view)}
    if any(in_cart & set(each.candidates) for each in read.ambiguous):
        return Outcome(go(ask(scene.session, Question()), StateName.CHOOSE_REMOVAL))
    phrases = [each.phrase for each in read.ambiguous]
    return Outcome(scene.session, (ordering.not_in_cart(phrases, scene.view.settings.treatment),))
