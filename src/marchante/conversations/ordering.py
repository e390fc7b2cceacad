"""Where an order goes on: the one next thing it needs."""

import msgspec

from marchante.conversations.cart import lines
from marchante.conversations.drafting import needs_address
from marchante.conversations.scene import go
from marchante.conversations.state import Question, Session
from marchante.conversations.table import StateName
from marchante.conversations.view import ShopView


def go_on(session: Session, view: ShopView) -> Session:
    """To the first thing still unclear, else to choosing, else to the address, else to the summary."""
    question = session.question
    if question.unclear:
        single = len(question.unclear[0].candidates) == 1
        return go(session, StateName.CHOOSE_QUANTITY if single else StateName.CHOOSE_PRODUCT)
    if not lines(session, view):
        return start_choosing(session)
    if needs_address(session, view):
        return go(session, StateName.GIVE_ADDRESS)
    return go(session, StateName.SUMMARY)


def start_choosing(session: Session) -> Session:
    """To the categories, from the first page."""
    return go(ask(session, Question()), StateName.BROWSE_CATEGORIES)


def ask(session: Session, question: Question) -> Session:
    return msgspec.structs.replace(session, question=question)


def clarified(session: Session) -> Session:
    """The phrase asked about is settled; the others wait their turn."""
    rest = session.question.unclear[1:]
    return ask(session, msgspec.structs.replace(session.question, unclear=rest))
