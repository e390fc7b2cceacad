"""Which of several products was meant: all phrases that are unclear are asked about in one message."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import msgspec

from marchante.catalog.domain import Product
from marchante.catalog.words import plain
from marchante.channels.whatsapp.messages import Row
from marchante.conversations.actions import ChooseCandidate, SkipUnclear
from marchante.conversations.amounts import fit_quantity, is_correction, read_amount, usual_quantity
from marchante.conversations.cart import for_sale
from marchante.conversations.effects import Effect, Reply
from marchante.conversations.flows.choosing import skip
from marchante.conversations.lacking import chosen_after_asking
from marchante.conversations.options import named
from marchante.conversations.ordering import ask, go_on, settled
from marchante.conversations.picking import Offered, Pick, picked_from
from marchante.conversations.prompts import MAX_ROWS, is_cut, listing, row, sectioned
from marchante.conversations.replies.es import browsing as words
from marchante.conversations.replies.es import titles
from marchante.conversations.replies.es.questions import price
from marchante.conversations.scene import Handlers, Outcome, Scene
from marchante.conversations.state import CartItem, Session, Unclear
from marchante.conversations.table import State, StateName
from marchante.conversations.taking import Taken, amount_of, facts_of, put_fitted, put_in_facts, take
from marchante.conversations.view import ShopView
from marchante.conversations.wanting import wanted
from marchante.conversations.words import is_not_this, is_that_one, is_yes, takes_out
from marchante.understanding import Understood

_DROPPING = ("quita", "sin ", "ya no ", "no quiero ", "elimina", "borra ", "mejor sin ")
_RECOUNTS = re.compile(r"^(?:no|mejor|siempre|que sean|perdon|digo)\b")
_WHICH_COSTS = re.compile(
    r"^(?:y |oye |oiga )*(?:cual|cuales)\b.*\bmas (?:barat|economic|car)[oa]s?|^(?:y )?cuanto cuestan?$"
)
_ROOM = MAX_ROWS - 1  # one row is for none of them


def _asked_together(session: Session, view: ShopView) -> tuple[Offered, ...]:
    """The phrases one list can hold: from the first on, as long as they are of several products, and no two of one."""
    together: list[Offered] = []
    shown: set[int] = set()
    for unclear in session.question.unclear:
        found = (view.catalog.product(each) for each in unclear.candidates)
        products = tuple(product for product in found if product and for_sale(product, view))
        ids = {product.id for product in products}
        if together and (ids & shown or len(ids | shown) > _ROOM or not _has_a_part(unclear, products)):
            break
        together.append(Offered(unclear, products[:_ROOM]))
        shown |= ids
        if not _has_a_part(unclear, products):
            break
    return tuple(together)


def _has_a_part(unclear: Unclear, products: Sequence[Product]) -> bool:
    """Whether it can be a part of a list: several products, and words to put above them."""
    return len(products) > 1 and bool(unclear.phrase.strip())


def _ask(scene: Scene) -> Reply:
    together = _asked_together(scene.session, scene.view)
    version, treatment = scene.session.cart_version, scene.view.settings.treatment
    none_of_these = row(titles.NONE_OF_THESE, SkipUnclear(version))
    if len(together) > 1:
        sections = [(each.unclear.phrase, [_row(product, version) for product in each.products]) for each in together]
        body = words.which_ones([each.unclear.phrase for each in together], treatment)
        return Reply(prompt=sectioned(body, titles.OPEN_PRODUCTS, [*sections, (titles.OTHERWISE, [none_of_these])]))
    rows = [_row(product, version) for product in (together[0].products if together else ())]
    phrase = together[0].unclear.phrase if together else ""
    body = words.is_it_this(phrase, treatment) if phrase and len(rows) == 1 else words.which_one(phrase, treatment)
    return Reply(prompt=listing(body, titles.OPEN_PRODUCTS, [*rows, none_of_these]))


def _row(product: Product, version: int) -> Row:
    full_name = product.name if is_cut(product.name) else None
    about = words.product_row(product.price or Decimal(0), product.unit, "", full_name, sold_out=False)
    return row(product.name, ChooseCandidate(version, product.id), about)


def _read(scene: Scene, text: str) -> Outcome | None:
    """The answer may be the rest of the names ("la chica y la bola"), alone or together with the phrases asked."""
    together = _asked_together(scene.session, scene.view)
    if not together:
        return None
    if is_not_this(text):
        return _skip(scene)
    if _agrees(text, together):
        return _chosen(scene, [Pick(together[0].unclear, together[0].products[0], together[0].unclear)])
    dropped = [each.unclear for each in together if _drops(text, each.unclear.phrase)]
    if dropped:
        return skip(scene, dropped)
    if _WHICH_COSTS.match(plain(text)):
        return Outcome(scene.session, _prices(together))
    if takes_out(text) or _is_a_place(text, together) or _is_about_something_else(scene, text):
        return None
    if is_correction(text):
        return _count(scene, together[0].unclear, text)
    recounted = _recount(scene, together[0].unclear, text)
    if recounted:
        return recounted
    picks = picked_from(scene, text, together)
    if not picks:
        return None
    return _chosen(scene, picks, _beside(scene, text, picks[0]) if len(picks) == len(together) == 1 else None, text)


def _beside(scene: Scene, text: str, pick: Pick) -> Understood | None:
    """What was ordered together with the answer: "la de 600 y 2 kg de papa"."""
    read = scene.understand(f"{pick.of.phrase} {text}")
    items = tuple(item for item in read.items if item.sku != pick.product.sku)
    return replace(read, items=items, ambiguous=()) if items else None


def _is_a_place(text: str, together: Sequence[Offered]) -> bool:
    """A bare number is the place of a row, unless there are not so many: "600" is a size."""
    rows = sum(len(each.products) for each in together) + 1
    return text.strip().isdecimal() and int(text) <= rows


def _agrees(text: str, together: Sequence[Offered]) -> bool:
    """A yes, where only one product was offered."""
    return [len(each.products) for each in together] == [1] and (is_yes(text) or is_that_one(text))


def _prices(together: Sequence[Offered]) -> tuple[str, ...]:
    """What each costs, the cheapest first."""
    priced = [(each.price, each) for part in together for each in part.products if each.price is not None]
    return tuple(
        price(each.name, cost, each.unit, sold_out=False) for cost, each in sorted(priced, key=lambda pair: pair[0])
    )


def _drops(text: str, phrase: str) -> bool:
    """As in "quita el frijol", said while it is being asked which frijol."""
    said = plain(text)
    return said.startswith(_DROPPING) and plain(phrase) in said


def _is_about_something_else(scene: Scene, text: str) -> bool:
    """An address, a time or a payment may hold a word of a product's name ("casa verde"); it names no product."""
    read = scene.understand(text)
    return bool(read.address or read.payment or (read.when and not read.items))


def _count(scene: Scene, asked: Unclear, text: str) -> Outcome | None:
    """How much, said while it is still asked of which: kept with the phrase."""
    amount = read_amount(text)
    if amount is None:
        return None
    told = {"quantity": None, "amount_mxn": None, "pieces": None}
    kind = "amount_mxn" if amount.kind == "money" else "pieces" if amount.counted else "quantity"
    counted = msgspec.structs.replace(asked, **(told | {kind: amount.value}))
    return _asked_again(scene, counted, words.noted_amount(amount.value, pesos=amount.kind == "money"))


def _recount(scene: Scene, asked: Unclear, text: str) -> Outcome | None:
    """As in "mejor 3 cocas" while it is asked which: another amount of the same, not more of it."""
    if not _RECOUNTS.match(plain(text)):
        return None
    again = [each for each in scene.understand(text).ambiguous if _ids(scene, each.candidates) == asked.candidates]
    if len(again) != 1 or again[0].quantity is None:
        return None
    counted = msgspec.structs.replace(asked, quantity=again[0].quantity, amount_mxn=None, pieces=None)
    return _asked_again(scene, counted, words.noted_amount(again[0].quantity, pesos=False))


def _ids(scene: Scene, skus: Sequence[str]) -> tuple[int, ...]:
    return tuple(product.id for product in map(scene.view.catalog.by_sku, skus) if product)


def _asked_again(scene: Scene, counted: Unclear, told: str) -> Outcome:
    rest = scene.session.question.unclear[1:]
    question = msgspec.structs.replace(scene.session.question, unclear=(counted, *rest))
    return Outcome(ask(scene.session, question), (told,))


def _tapped(scene: Scene, action: ChooseCandidate) -> Outcome:
    product = scene.view.catalog.product(action.product_id)
    unclear = scene.session.question.unclear
    asked = next((each for each in unclear if action.product_id in each.candidates), None)
    if product is None or not for_sale(product, scene.view):
        session = settled(scene.session, [asked] if asked else unclear[:1])
        return Outcome(go_on(session, scene.view), (words.gone(scene.view.settings.treatment),))
    phrase = asked or Unclear("", ())
    return _chosen(scene, [Pick(phrase, product, phrase)])


def _chosen(scene: Scene, picks: Sequence[Pick], beside: Understood | None = None, text: str = "") -> Outcome:
    """The products are known now; with their amounts they go into the cart, and what was ordered beside."""
    view, facts, learned = scene.view, list[str](), list[Effect]()
    session = settled(scene.session, [pick.of for pick in picks])
    for pick in picks:
        product, told = pick.product, pick.amount
        fitted = amount_of(product, told.quantity, told.amount_mxn, told.pieces)
        fitted = fitted or fit_quantity(product, usual_quantity(product))
        line = CartItem(product.id, Decimal(0), options=named(product, pick.of.phrase, view.sold_out))
        taken = put_fitted(Taken(session), view, product, fitted, told.amount_mxn, line, exactly=False)
        session = _noted(taken, product.id)
        facts += facts_of(taken, view)
        learned += chosen_after_asking(view, pick.of.phrase, product) if _teaches(pick, picks) else ()
    if beside:
        taken = take(session, view, wanted(beside, view, text), ())
        session = _noted(taken, taken.last)
        facts += facts_of(taken, view)
    session = go_on(session, view)
    facts += put_in_facts(session, view, [pick.product.id for pick in picks])
    return Outcome(session, tuple(facts), tuple(learned))


def _teaches(pick: Pick, picks: Sequence[Pick]) -> bool:
    """Who takes any, or some of each, does not say what the word means."""
    return pick.by_name and all(other.of != pick.of for other in picks if other is not pick)


def _noted(taken: Taken, product_id: int | None) -> Session:
    question = taken.session.question
    unclear = (*taken.unclear, *question.unclear)
    return ask(taken.session, msgspec.structs.replace(question, product_id=product_id, unclear=unclear, place=None))


def _skip(scene: Scene) -> Outcome:
    """None of what was asked about."""
    return skip(scene, [each.unclear for each in _asked_together(scene.session, scene.view)])


STATES = (
    State(
        StateName.CHOOSE_PRODUCT,
        "order",
        _ask,
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
        read=_read,
    ),
)
HANDLERS: Handlers = {
    ChooseCandidate: _tapped,
    SkipUnclear: lambda scene, _: _skip(scene),
}
