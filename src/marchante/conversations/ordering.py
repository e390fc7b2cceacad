"""Where an order goes on: the one next thing it needs."""

from collections.abc import Sequence

import msgspec

from marchante.catalog.options import OptionGroup
from marchante.conversations.address_steps import begin
from marchante.conversations.cart import Line, for_sale, lines
from marchante.conversations.drafting import is_incomplete, is_outside, needs_address
from marchante.conversations.options import missing_group, roomy_group
from marchante.conversations.scene import go
from marchante.conversations.state import Question, Session, Unclear
from marchante.conversations.table import StateName
from marchante.conversations.view import ShopView
from marchante.customers.address_text import read_parts


def go_on(session: Session, view: ShopView) -> Session:
    """To the first thing still unclear, else to choosing, else to what is to be chosen inside a product, else to the
    address (another one, where the shop does not go), else to the summary.
    """
    question = session.question
    if question.unclear:
        single = len(question.unclear[0].candidates) == 1 and not question.unclear[0].guessed
        return go(session, StateName.CHOOSE_QUANTITY if single else StateName.CHOOSE_PRODUCT)
    if not lines(session, view):
        editing = session.editing
        if editing is None:
            return start_choosing(session)
        # Nothing is left of a placed order: that is to cancel it.
        return go(ask(session, Question(order_id=editing.order_id)), StateName.CANCEL_ORDER)
    if open_choice(session, view):
        return go(session, StateName.CHOOSE_OPTION)
    if needs_address(session, view):
        return go(session, StateName.GIVE_ADDRESS)
    if is_incomplete(session, view):
        return begin(session, read_parts(session.draft.address_text or ""))
    if is_outside(session, view):
        return go(session, StateName.RECHECK_COVERAGE)
    return go(session, StateName.SUMMARY)


def open_choice(session: Session, view: ShopView) -> tuple[int, Line, OptionGroup] | None:
    """The first line that lacks a required option, else the one asked about; its place in the cart, and the group
    to choose from.
    """
    found = ((place, view.catalog.product(item.product_id)) for place, item in enumerate(session.cart))
    shown = [(place, Line(product, session.cart[place])) for place, product in found if product]
    shown = [(place, line) for place, line in shown if for_sale(line.product, view)]
    for place, line in shown:
        group = missing_group(line.product, line.item.options)
        if group:
            return place, line, group
    for place, line in shown:
        group = roomy_group(line.product, line.item.options)
        if place == session.question.place and group:
            return place, line, group
    return None


def start_choosing(session: Session) -> Session:
    """To the categories, from the first page."""
    return go(ask(session, Question()), StateName.BROWSE_CATEGORIES)


def ask(session: Session, question: Question) -> Session:
    return msgspec.structs.replace(session, question=question)


def with_unclear(waiting: Sequence[Unclear], more: Sequence[Unclear]) -> tuple[Unclear, ...]:
    """What is still to be asked: what can be the same products once, its amounts added up where they are alike."""
    merged = list(waiting)
    for new in more:
        at = next((place for place, old in enumerate(merged) if old.candidates == new.candidates), None)
        if at is None:
            merged.append(new)
            continue
        said = merged[at].quantity
        if said is not None and new.quantity is not None:
            merged[at] = msgspec.structs.replace(merged[at], quantity=said + new.quantity)
    return tuple(merged)


def settled(session: Session, unclear: Sequence[Unclear]) -> Session:
    """These phrases are clear now, or not wanted any more; the others wait their turn."""
    rest = tuple(each for each in session.question.unclear if each not in unclear)
    return ask(session, msgspec.structs.replace(session.question, unclear=rest))


def without_guesses(session: Session) -> Session:
    """Who goes on to something else did not mean what was guessed."""
    return settled(session, [each for each in session.question.unclear if each.guessed])
