"""Changing an order before it is confirmed: quantities, products, payment, a note."""

from collections.abc import Callable
from decimal import Decimal

import msgspec

from marchante.channels.whatsapp.messages import Row
from marchante.conversations import cart, drafting
from marchante.conversations.actions import (
    Action,
    AskQuantity,
    ChangeSomething,
    ChooseAddress,
    ChooseFulfilment,
    ChooseLine,
    ChoosePayment,
    ChooseRemoval,
    ChooseSlot,
    PayByCard,
    PayByTransfer,
    PayCash,
    RemoveLine,
    SeeCart,
    StartOrder,
    StartOver,
    WriteNote,
)
from marchante.conversations.amounts import TypedAmount, is_correction, read_amount
from marchante.conversations.effects import Reply
from marchante.conversations.flows.browsing import browse
from marchante.conversations.flows.choosing import set_amount
from marchante.conversations.flows.summary import note_order, pay_cash
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.prompts import buttons, listing, paged_rows, row
from marchante.conversations.replies.es import ordering as words
from marchante.conversations.replies.es import titles
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import Question
from marchante.conversations.table import State, StateName
from marchante.conversations.words import paid_with

_BILLS = tuple(map(Decimal, (50, 100, 200, 500, 1000)))
_OFFERED_BILLS = 3


def _ask_change(scene: Scene) -> Reply:
    settings, version = scene.view.settings, scene.session.cart_version
    rows = [
        row(titles.ADD_MORE, StartOrder()),
        row(titles.CHANGE_QUANTITY, ChooseLine(version)),
        row(titles.REMOVE, ChooseRemoval(version)),
    ]
    if settings.delivers and settings.picks_up:
        rows.append(row(titles.FULFILMENT, ChooseFulfilment(version)))
    if drafting.fulfilment(scene.session, scene.view) == "delivery":
        rows.append(row(titles.ADDRESS, ChooseAddress(version)))
    if settings.hours is not None:
        rows.append(row(titles.SLOT, ChooseSlot(version)))
    rows += [
        row(titles.PAYMENT, ChoosePayment(version)),
        row(titles.NOTE, WriteNote(version)),
        row(titles.BACK_TO_SUMMARY, SeeCart()),
    ]
    return Reply(prompt=listing(words.what_to_change(settings.treatment), titles.OPEN_LIST, rows))


def _line_rows(scene: Scene, act: Callable[[int, int], Action], turn_to: Callable[[int], Action]) -> tuple[Row, ...]:
    items = scene.session.cart
    return paged_rows(
        cart.lines(scene.session, scene.view),
        scene.session.question.page,
        lambda line: row(
            line.product.name,
            act(line.product.id, items.index(line.item)),
            words.line_row(line.item.quantity, line.product.unit, line.total, [each.name for each in line.options]),
        ),
        turn_to,
        last=(row(titles.BACK_TO_SUMMARY, SeeCart()),),
    )


def _ask_line(scene: Scene) -> Reply:
    version = scene.session.cart_version
    rows = _line_rows(scene, lambda *which: AskQuantity(version, *which), lambda page: ChooseLine(version, page))
    return Reply(prompt=listing(words.which_line(), titles.OPEN_PRODUCTS, rows))


def _ask_removal(scene: Scene) -> Reply:
    version = scene.session.cart_version
    rows = _line_rows(scene, lambda *which: RemoveLine(version, *which), lambda page: ChooseRemoval(version, page))
    return Reply(prompt=listing(words.which_removal(), titles.OPEN_PRODUCTS, rows))


def _choose_line(scene: Scene, action: ChooseLine) -> Outcome:
    shown = cart.lines(scene.session, scene.view)
    if len(shown) == 1:
        return _ask_quantity_of(scene, shown[0].product.id, scene.session.cart.index(shown[0].item))
    question = Question(page=action.page, quantity=scene.session.question.quantity)
    return Outcome(go(ask(scene.session, question), StateName.CHOOSE_LINE))


def _ask_quantity_of(scene: Scene, product_id: int, place: int) -> Outcome:
    """The quantity of a line, unless it was typed before the line was known."""
    typed, product = scene.session.question.quantity, scene.view.catalog.product(product_id)
    if typed is not None and product is not None and scene.session.state == StateName.CHOOSE_LINE:
        session = ask(scene.session, Question(place=place))
        return set_amount(scene.at_session(session), product, TypedAmount(typed))
    return Outcome(go(ask(scene.session, Question(product_id=product_id, place=place)), StateName.CHOOSE_QUANTITY))


def _read_amount(scene: Scene, text: str) -> Outcome | None:
    """An amount before the line it is for: kept until the line is known."""
    amount = read_amount(text) if is_correction(text) else None
    if amount is None or amount.kind != "quantity":
        return None
    return Outcome(ask(scene.session, msgspec.structs.replace(scene.session.question, quantity=amount.value)))


def _choose_removal(scene: Scene, action: ChooseRemoval) -> Outcome:
    return Outcome(go(ask(scene.session, Question(page=action.page)), StateName.CHOOSE_REMOVAL))


def _remove(scene: Scene, action: RemoveLine) -> Outcome:
    product = scene.view.catalog.product(action.product_id)
    line = scene.session.cart[action.place : action.place + 1]
    session = ask(cart.without_lines(scene.session, line), Question())
    facts = (words.removed([product.name]),) if product else ()
    if not cart.lines(session, scene.view):
        return browse(scene.at_session(session)).after(*facts, words.nothing_in_cart(scene.view.settings.treatment))
    return Outcome(go_on(session, scene.view), facts)


def _ask_payment(scene: Scene) -> Reply:
    version, accepted = scene.session.cart_version, scene.view.settings.accepted_payments
    rows = _cash_rows(version, drafting.total(scene.session, scene.view)) if "cash" in accepted else []
    rows += [row(titles.CARD, PayByCard(version))] if "card_at_door" in accepted else []
    rows += [row(titles.TRANSFER, PayByTransfer(version))] if "transfer" in accepted else []
    return Reply(prompt=listing(words.choose_payment(scene.view.settings.treatment), titles.OPEN_LIST, rows))


def _cash_rows(version: int, total: Decimal) -> list[Row]:
    """The exact amount, and the next larger bills with their change."""
    larger = [bill for bill in _BILLS if bill > total]
    return [
        row(words.cash_title(None), PayCash(version, Decimal(0)), words.cash_row(None, Decimal(0))),
        *(
            row(words.cash_title(bill), PayCash(version, bill), words.cash_row(bill, bill - total))
            for bill in larger[:_OFFERED_BILLS]
        ),
    ]


def _read_bill(scene: Scene, text: str) -> Outcome | None:
    """A bill of ten pesos or more; what is less is the place of a row."""
    bill = paid_with(text) or paid_with(f"con {text}")
    return pay_cash(scene, bill) if bill else None


def _pay_otherwise(scene: Scene, method: str) -> Outcome:
    draft = msgspec.structs.replace(scene.session.draft, payment_method=method, pays_with=None)
    return Outcome(go_on(cart.changed(scene.session, draft=draft), scene.view))


def _ask_note(scene: Scene) -> Reply:
    body = words.ask_note(scene.view.settings.treatment)
    return Reply(prompt=buttons(body, (titles.BACK_TO_SUMMARY, SeeCart())))


def _to(state: StateName) -> Callable[[Scene, Action], Outcome]:
    return lambda scene, _: Outcome(go(scene.session, state))


def _start_over(scene: Scene) -> Outcome:
    return browse(scene.at_session(cart.emptied(scene.session)))


_ON = (StateName.SUMMARY, StateName.GIVE_ADDRESS, StateName.RECHECK_COVERAGE, StateName.BROWSE_CATEGORIES)
STATES = (
    State(
        StateName.CHOOSE_CHANGE,
        "order",
        _ask_change,
        back=StateName.SUMMARY,
        exits=(
            StateName.BROWSE_CATEGORIES,
            StateName.BROWSE_PRODUCTS,
            StateName.CHOOSE_LINE,
            StateName.CHOOSE_QUANTITY,
            StateName.CHOOSE_OPTION,
            StateName.CHOOSE_REMOVAL,
            StateName.CHOOSE_FULFILMENT,
            StateName.CHOOSE_ADDRESS,
            StateName.GIVE_ADDRESS,
            StateName.RECHECK_COVERAGE,
            StateName.GIVE_STREET,
            StateName.CHOOSE_PAYMENT,
            StateName.CHOOSE_SLOT,
            StateName.GIVE_NOTE,
            StateName.SUMMARY,
        ),
    ),
    State(
        StateName.CHOOSE_LINE,
        "order",
        _ask_line,
        back=StateName.CHOOSE_CHANGE,
        exits=(StateName.CHOOSE_LINE, StateName.CHOOSE_QUANTITY, *_ON),
        read=_read_amount,
    ),
    State(
        StateName.CHOOSE_REMOVAL,
        "order",
        _ask_removal,
        back=StateName.CHOOSE_CHANGE,
        exits=(StateName.CHOOSE_REMOVAL, StateName.BROWSE_PRODUCTS, *_ON),
    ),
    State(
        StateName.CHOOSE_PAYMENT,
        "order",
        _ask_payment,
        back=StateName.CHOOSE_CHANGE,
        exits=_ON,
        read=_read_bill,
    ),
    State(
        StateName.GIVE_NOTE,
        "order",
        _ask_note,
        back=StateName.CHOOSE_CHANGE,
        exits=_ON,
        read=lambda scene, text: note_order(scene, " ".join(text.split())),
        numbered=False,
    ),
)
HANDLERS: Handlers = {
    ChangeSomething: _to(StateName.CHOOSE_CHANGE),
    ChooseLine: _choose_line,
    AskQuantity: lambda scene, action: _ask_quantity_of(scene, action.product_id, action.place),
    ChooseRemoval: _choose_removal,
    RemoveLine: _remove,
    ChoosePayment: _to(StateName.CHOOSE_PAYMENT),
    PayCash: lambda scene, action: pay_cash(scene, action.pays_with or None),
    PayByCard: lambda scene, _: _pay_otherwise(scene, "card_at_door"),
    PayByTransfer: lambda scene, _: _pay_otherwise(scene, "transfer"),
    WriteNote: _to(StateName.GIVE_NOTE),
    StartOver: lambda scene, _: _start_over(scene),
}
