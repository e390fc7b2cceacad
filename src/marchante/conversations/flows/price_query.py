"""Prices asked for by name, and the offer to add what was asked about."""

from collections.abc import Sequence
from decimal import Decimal

from marchante.catalog.domain import Product
from marchante.conversations.actions import Action, AddProduct, OpenCatalog, OpenMenu, SeeCart, ShowCategory
from marchante.conversations.amounts import TypedAmount, read_amount
from marchante.conversations.cart import for_sale, lines, sold_today
from marchante.conversations.effects import Reply
from marchante.conversations.flows.browsing import add_one, product_row, why_not
from marchante.conversations.flows.choosing import set_amount
from marchante.conversations.lacking import lacking_facts, ran_out, unserved
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.picking import share_of_each
from marchante.conversations.prompts import buttons, listing, row
from marchante.conversations.replies.es import browsing, questions, titles
from marchante.conversations.scene import Outcome, Scene, go
from marchante.conversations.state import Question
from marchante.conversations.table import State, StateName
from marchante.conversations.words import is_all_of_them, is_that_one, is_yes

_SHOWN = 9


def price_facts(scene: Scene, skus: Sequence[str]) -> tuple[str, ...]:
    """One line per product asked about, and on which days it is sold where that is not today."""
    asked = [product for sku in skus if (product := scene.view.catalog.by_sku(sku))]
    told = []
    for product in asked:
        if product.price is None:
            continue
        today = sold_today(product, scene.view)
        gone = today and not for_sale(product, scene.view)
        told.append(questions.price(product.name, product.price, product.unit, sold_out=gone))
        told += [] if today else [why_not(product, scene.view)]
    return tuple(told)


def tell_prices(scene: Scene, skus: Sequence[str], unknown: Sequence[str]) -> Outcome:
    """The prices; what we lack is said; nothing named: the name is asked for.

    An order that waits for "which of these?", or to which nothing can be added, goes on at once.
    """
    facts = price_facts(scene, skus)
    if unknown:
        facts = (*facts, *lacking_facts(scene.view, unknown, offered=True))
    if not facts:
        return Outcome(go(ask(scene.session, Question()), StateName.PRICE_MENU))
    found = (scene.view.catalog.by_sku(sku) for sku in skus)
    candidates = tuple(product.id for product in found if for_sale(product, scene.view) and product)
    gone = [product for product in map(scene.view.catalog.by_sku, skus) if product]
    effects = (*unserved(scene.view, unknown), *ran_out(scene.view, gone))
    if scene.session.question.unclear or (not candidates and lines(scene.session, scene.view)):
        return Outcome(go_on(scene.session, scene.view), facts, effects)
    session = go(ask(scene.session, Question(candidates=candidates[:_SHOWN])), StateName.PRICES)
    return Outcome(session, facts, effects)


def _ask_menu(scene: Scene) -> Reply:
    """Of what: by name, or by looking through a category, whose rows show the prices."""
    body = questions.ask_which_price(scene.view.settings.treatment)
    categories = scene.view.catalog.categories[:_SHOWN]
    if not categories:
        return Reply(prompt=buttons(body, (titles.SEE_CATALOG, OpenCatalog()), _onward(scene)))
    rows = [row(category.name, ShowCategory(category.id, 0)) for category in categories]
    return Reply(prompt=listing(body, titles.OPEN_CATEGORIES, [*rows, row(*_onward(scene))]))


def _read_menu(scene: Scene, text: str) -> Outcome | None:
    """A product named here is asked about, not ordered; with an amount it is ordered as anywhere."""
    read = scene.understand(text)
    counted = any(item.amount_mxn or item.pieces or item.quantity not in {None, 1} for item in read.items)
    named = [item.sku for item in read.items if item.op == "add"]
    named += [sku for each in read.ambiguous for sku in each.candidates]
    if counted or not named or any(char.isdecimal() for char in text):
        return None
    return tell_prices(scene, list(dict.fromkeys(named)), read.unknown)


def _offered(scene: Scene) -> list[Product]:
    found = (scene.view.catalog.product(each) for each in scene.session.question.candidates)
    return [product for product in found if product and for_sale(product, scene.view)]


def _ask(scene: Scene) -> Reply:
    treatment, offered = scene.view.settings.treatment, _offered(scene)
    body = questions.add_it(treatment, several=len(offered) > 1)
    if len(offered) > 1:
        rows = [product_row(scene, product) for product in offered]
        return Reply(prompt=listing(body, titles.OPEN_PRODUCTS, [*rows, row(*_onward(scene))]))
    if not offered:
        body = browsing.look_around(treatment)
        return Reply(prompt=buttons(body, (titles.SEE_CATALOG, OpenCatalog()), _onward(scene)))
    add = AddProduct(offered[0].id, scene.session.cart_version)
    return Reply(prompt=buttons(body, (titles.ADD, add), (titles.SEE_CATALOG, OpenCatalog()), _onward(scene)))


def _onward(scene: Scene) -> tuple[str, Action]:
    if lines(scene.session, scene.view):
        return titles.GO_ON, SeeCart()
    return titles.MENU, OpenMenu()


def _read(scene: Scene, text: str) -> Outcome | None:
    """Yes, or how much, to the one product whose price was told; of several all of them, or it is asked which."""
    offered, amount = _offered(scene), read_amount(text)
    share = share_of_each(text)
    if len(offered) > 1 and (share is not None or is_all_of_them(text)):
        return _add_all(scene, offered, share)
    if len(offered) != 1:
        return Outcome(scene.session) if offered and (is_yes(text) or is_that_one(text)) else None
    if amount is not None:
        return set_amount(scene, offered[0], amount)
    return add_one(scene, offered[0]) if is_yes(text) or is_that_one(text) else None


def _add_all(scene: Scene, offered: Sequence[Product], share: Decimal | None) -> Outcome:
    """So much of each; the usual quantity when no share was said."""
    outcome = Outcome(scene.session)
    for product in offered:
        here = scene.at_session(outcome.session)
        added = set_amount(here, product, TypedAmount(share)) if share else add_one(here, product)
        outcome = added.after(*outcome.facts)
    return outcome


STATES = (
    State(
        StateName.PRICE_MENU,
        "price_query",
        _ask_menu,
        back=StateName.MENU,
        exits=(
            StateName.PRICES,
            StateName.BROWSE_PRODUCTS,
            StateName.BROWSE_CATEGORIES,
            StateName.MENU,
            StateName.SUMMARY,
        ),
        read=_read_menu,
    ),
    State(
        StateName.PRICES,
        "price_query",
        _ask,
        back=StateName.MENU,
        exits=(
            StateName.MENU,
            StateName.BROWSE_CATEGORIES,
            StateName.BROWSE_PRODUCTS,
            StateName.GIVE_ADDRESS,
            StateName.RECHECK_COVERAGE,
            StateName.GIVE_STREET,
            StateName.CHOOSE_PRODUCT,
            StateName.CHOOSE_QUANTITY,
            StateName.CHOOSE_OPTION,
            StateName.SUMMARY,
        ),
        read=_read,
    ),
)
