"""How much of a product."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import msgspec

from marchante.catalog.domain import Product
from marchante.catalog.options import price_with
from marchante.conversations.actions import SetQuantity, SkipUnclear
from marchante.conversations.amounts import (
    Fitted,
    TypedAmount,
    fit_money,
    fit_pieces,
    fit_quantity,
    read_amount,
)
from marchante.conversations.cart import can_be_set, line_of
from marchante.conversations.effects import Reply
from marchante.conversations.flows.browsing import ask_category, browse
from marchante.conversations.options import options_of
from marchante.conversations.ordering import ask, go_on, settled
from marchante.conversations.prompts import listing, row
from marchante.conversations.replies.es import browsing as words
from marchante.conversations.replies.es import titles
from marchante.conversations.replies.es.amounts import money, number, quantity_with_unit
from marchante.conversations.replies.es.ordering import pieces_note
from marchante.conversations.scene import Handlers, Outcome, Scene
from marchante.conversations.state import CartItem, Session, Unclear
from marchante.conversations.table import State, StateName
from marchante.conversations.taking import Taken, counted_facts, facts_of, put_fitted
from marchante.conversations.words import is_not_this

_OFFERED_KILOS = ("0.25", "0.5", "0.75", "1", "1.5", "2", "3", "5")
_OFFERED_STEPS = 9


def _put(
    scene: Scene, product: Product, fitted: Fitted, *, amount_mxn: Decimal | None, line: CartItem, exactly: bool
) -> Outcome:
    taken = put_fitted(Taken(scene.session), scene.view, product, fitted, amount_mxn, line, exactly=exactly)
    session = go_on(_noted(taken, product), scene.view)
    return Outcome(session, (*facts_of(taken, scene.view), *counted_facts(session, scene.view, taken.put_in)))


def _noted(taken: Taken, product: Product) -> Session:
    question = taken.session.question
    unclear = (*taken.unclear, *question.unclear)
    return ask(taken.session, msgspec.structs.replace(question, product_id=product.id, unclear=unclear, place=None))


def skip(scene: Scene, unclear: Sequence[Unclear]) -> Outcome:
    """These phrases are not wanted after all."""
    session = go_on(settled(scene.session, unclear), scene.view)
    if session.state == StateName.BROWSE_CATEGORIES:
        return browse(scene.at_session(session))
    return Outcome(session)


def asked_product(scene: Scene) -> Product | None:
    """The product whose quantity is asked: of the first unclear phrase, else the one chosen to change."""
    unclear = scene.session.question.unclear
    chosen = unclear[0].candidates[0] if unclear else scene.session.question.product_id
    return scene.view.catalog.product(chosen) if chosen is not None else None


def _offered(product: Product) -> list[Decimal]:
    if product.by_weight:
        return [value for value in map(Decimal, _OFFERED_KILOS) if value >= product.step]
    return [product.step * times for times in range(1, _OFFERED_STEPS + 1)]


def _ask_quantity(scene: Scene) -> Reply:
    product = asked_product(scene)
    if product is None:
        return ask_category(scene)
    price = product.price or Decimal(0)
    rows = [
        row(
            quantity_with_unit(value, product.unit),
            SetQuantity(scene.session.cart_version, product.id, value),
            money(price * value),
        )
        for value in _offered(product)
    ]
    if scene.session.question.unclear:  # it was guessed from a phrase that did not say how much
        rows.append(row(titles.NONE_OF_THESE, SkipUnclear(scene.session.cart_version)))
    body = words.ask_quantity(product.name, price, product.unit, scene.view.settings.treatment)
    return Reply(prompt=listing(body, titles.OPEN_QUANTITIES, rows))


def _read_quantity(scene: Scene, text: str) -> Outcome | None:
    amount, product = read_amount(text), asked_product(scene)
    if is_not_this(text) and scene.session.question.unclear:
        return skip(scene, scene.session.question.unclear[:1])
    if amount is None or product is None:
        return None
    return set_amount(scene, product, amount)


def set_amount(scene: Scene, product: Product, amount: TypedAmount) -> Outcome:
    """Exactly this much of a product, as typed."""
    line = _line_asked(scene, product) or CartItem(product.id, Decimal(0))
    if amount.kind == "money":
        priced = replace(product, price=price_with(product.price, options_of(product, line.options)))
        fitted = fit_money(priced, amount.value)
    else:
        fitted = fit_pieces(product, amount.value) if amount.counted else fit_quantity(product, amount.value)
    money_said = amount.value if amount.kind == "money" else None
    asked = scene.session.question.unclear[:1]
    if not asked or product.id not in asked[0].candidates:
        return _put(scene, product, fitted, amount_mxn=money_said, line=line, exactly=True)
    if asked[0].pieces and fitted.pieces is None:
        line = msgspec.structs.replace(line, note=pieces_note(number(asked[0].pieces)))
    scene = scene.at_session(settled(scene.session, asked))
    return _put(scene, product, fitted, amount_mxn=money_said, line=line, exactly=True)


def _line_asked(scene: Scene, product: Product) -> CartItem | None:
    """The line whose quantity was asked; of a product with several lines the last, when none was."""
    session, place = scene.session, scene.session.question.place
    asked = session.cart[place] if place is not None and place < len(session.cart) else None
    return asked if asked and asked.product_id == product.id else line_of(session, product.id)


def _set_quantity(scene: Scene, action: SetQuantity) -> Outcome:
    product = scene.view.catalog.product(action.product_id)
    if product is None or not can_be_set(product, scene.session, scene.view):
        return Outcome(go_on(scene.session, scene.view), (words.gone(scene.view.settings.treatment),))
    return set_amount(scene, product, TypedAmount(action.quantity))


STATES = (
    State(
        StateName.CHOOSE_QUANTITY,
        "order",
        _ask_quantity,
        back=StateName.SUMMARY,
        exits=(
            StateName.CHOOSE_PRODUCT,
            StateName.CHOOSE_QUANTITY,
            StateName.CHOOSE_OPTION,
            StateName.BROWSE_CATEGORIES,
            StateName.GIVE_ADDRESS,
            StateName.RECHECK_COVERAGE,
            StateName.GIVE_STREET,
            StateName.SUMMARY,
        ),
        read=_read_quantity,
        numbered=False,
    ),
)
HANDLERS: Handlers = {SetQuantity: _set_quantity}
