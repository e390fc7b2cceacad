"""Which of several products, and how much of one."""

from dataclasses import replace
from decimal import Decimal

import msgspec

from marchante.catalog.domain import Product
from marchante.catalog.options import price_with
from marchante.catalog.words import plain
from marchante.conversations.actions import ChooseCandidate, SetQuantity, SkipUnclear
from marchante.conversations.amounts import (
    Fitted,
    TypedAmount,
    fit_money,
    fit_pieces,
    fit_quantity,
    read_amount,
    usual_quantity,
)
from marchante.conversations.cart import for_sale, line_of
from marchante.conversations.effects import Reply
from marchante.conversations.flows.browsing import browse
from marchante.conversations.lacking import chosen_after_asking
from marchante.conversations.options import named, options_of
from marchante.conversations.ordering import ask, clarified, go_on
from marchante.conversations.prompts import MAX_ROWS, is_cut, listing, row
from marchante.conversations.replies.es import browsing as words
from marchante.conversations.replies.es import titles
from marchante.conversations.replies.es.amounts import money, number, quantity_with_unit
from marchante.conversations.replies.es.ordering import pieces_note
from marchante.conversations.scene import Handlers, Outcome, Scene
from marchante.conversations.state import CartItem, Session
from marchante.conversations.table import State, StateName
from marchante.conversations.taking import Taken, amount_of, facts_of, put_fitted
from marchante.conversations.words import is_no
from marchante.understanding import CatalogIndex, search

_OFFERED_KILOS = ("0.25", "0.5", "0.75", "1", "1.5", "2", "3", "5")
_OFFERED_STEPS = 9
_DROPPING = ("quita", "sin ", "ya no ", "no quiero ", "elimina", "borra ", "mejor sin ")
_CLEAR_LEAD = 0.15


def _candidates(scene: Scene) -> tuple[Product, ...]:
    unclear = scene.session.question.unclear
    found = (scene.view.catalog.product(each) for each in (unclear[0].candidates if unclear else ()))
    return tuple(product for product in found if product and for_sale(product, scene.view))


def _ask_which(scene: Scene) -> Reply:
    unclear = scene.session.question.unclear
    version = scene.session.cart_version
    rows = [
        row(
            each.name,
            ChooseCandidate(version, each.id),
            words.product_row(
                each.price or Decimal(0), each.unit, "", each.name if is_cut(each.name) else None, sold_out=False
            ),
        )
        for each in _candidates(scene)[: MAX_ROWS - 1]
    ]
    rows.append(row(titles.NONE_OF_THESE, SkipUnclear(version)))
    body = words.which_one(unclear[0].phrase if unclear else "", scene.view.settings.treatment)
    return Reply(prompt=listing(body, titles.OPEN_PRODUCTS, rows))


def _read_which(scene: Scene, text: str) -> Outcome | None:
    """The answer may be the rest of the name ("the small one"), alone or together with the phrase asked about."""
    unclear = scene.session.question.unclear
    if not unclear:
        return None
    if is_no(text) or _drops(text, unclear[0].phrase):
        return _skip(scene)
    if text.strip().isdecimal() or _is_about_something_else(scene, text):
        return None
    candidates = {product.sku: product for product in _candidates(scene)}
    read = scene.understand(f"{unclear[0].phrase} {text}")
    named = [candidates[item.sku] for item in read.items if item.sku in candidates]
    if len(named) == 1 and len(read.items) == 1:
        return _choose(scene, named[0].id)
    index = CatalogIndex.build(scene.view.catalog.index.by_sku[sku] for sku in candidates)
    found = search(text, index)
    if found and (len(found) == 1 or found[0].score - found[1].score > _CLEAR_LEAD):
        return _choose(scene, candidates[found[0].sku].id)
    return None


def _drops(text: str, phrase: str) -> bool:
    """As in "quita el frijol", said while it is being asked which frijol."""
    words = plain(text)
    return words.startswith(_DROPPING) and plain(phrase) in words


def _is_about_something_else(scene: Scene, text: str) -> bool:
    """An address, a time or a payment may hold a word of a product's name ("casa verde"); it names no product."""
    read = scene.understand(text)
    return bool(read.address or read.payment or (read.when and not read.items))


def _choose(scene: Scene, product_id: int) -> Outcome:
    """The product is known now; with the amount said before, it goes into the cart."""
    product = scene.view.catalog.product(product_id)
    unclear = scene.session.question.unclear
    asked = unclear[0] if unclear and product_id in unclear[0].candidates else None
    if product is None or not for_sale(product, scene.view):
        return Outcome(go_on(clarified(scene.session), scene.view), (words.gone(scene.view.settings.treatment),))
    fitted = amount_of(product, asked.quantity, asked.amount_mxn, asked.pieces) if asked else None
    session = clarified(scene.session) if asked else scene.session
    said = named(product, asked.phrase, scene.view.sold_out) if asked else ()
    learned = chosen_after_asking(scene.view, asked.phrase, product) if asked else ()
    return _put(
        scene.at_session(session),
        product,
        fitted or fit_quantity(product, usual_quantity(product)),
        amount_mxn=asked.amount_mxn if asked else None,
        line=CartItem(product.id, Decimal(0), options=said),
        exactly=False,
    ).doing(*learned)


def _put(
    scene: Scene, product: Product, fitted: Fitted, *, amount_mxn: Decimal | None, line: CartItem, exactly: bool
) -> Outcome:
    taken = put_fitted(Taken(scene.session), scene.view, product, fitted, amount_mxn, line, exactly=exactly)
    return Outcome(go_on(_noted(taken, product), scene.view), facts_of(taken, scene.view))


def _noted(taken: Taken, product: Product) -> Session:
    question = taken.session.question
    unclear = (*taken.unclear, *question.unclear)
    return ask(taken.session, msgspec.structs.replace(question, product_id=product.id, unclear=unclear, place=None))


def _skip(scene: Scene) -> Outcome:
    session = go_on(clarified(scene.session), scene.view)
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
        return _ask_which(scene)
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
    if is_no(text) and scene.session.question.unclear:
        return _skip(scene)
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
    scene = scene.at_session(clarified(scene.session))
    return _put(scene, product, fitted, amount_mxn=money_said, line=line, exactly=True)


def _line_asked(scene: Scene, product: Product) -> CartItem | None:
    """The line whose quantity was asked; of a product with several lines the last, when none was."""
    session, place = scene.session, scene.session.question.place
    asked = session.cart[place] if place is not None and place < len(session.cart) else None
    return asked if asked and asked.product_id == product.id else line_of(session, product.id)


def _set_quantity(scene: Scene, action: SetQuantity) -> Outcome:
    product = scene.view.catalog.product(action.product_id)
    if product is None or not for_sale(product, scene.view):
        return Outcome(go_on(scene.session, scene.view), (words.gone(scene.view.settings.treatment),))
    return set_amount(scene, product, TypedAmount(action.quantity))


STATES = (
    State(
        StateName.CHOOSE_PRODUCT,
        "order",
        _ask_which,
        back=StateName.BROWSE_CATEGORIES,
        exits=(
            StateName.CHOOSE_PRODUCT,
            StateName.CHOOSE_QUANTITY,
            StateName.CHOOSE_OPTION,
            StateName.BROWSE_CATEGORIES,
            StateName.BROWSE_PRODUCTS,
            StateName.GIVE_ADDRESS,
            StateName.RECHECK_COVERAGE,
            StateName.SUMMARY,
        ),
        read=_read_which,
    ),
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
            StateName.SUMMARY,
        ),
        read=_read_quantity,
        numbered=False,
    ),
)
HANDLERS: Handlers = {
    ChooseCandidate: lambda scene, action: _choose(scene, action.product_id),
    SkipUnclear: lambda scene, _: _skip(scene),
    SetQuantity: _set_quantity,
}
