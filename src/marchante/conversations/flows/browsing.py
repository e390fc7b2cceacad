"""Categories and products, in pages; a tap on a product adds one of it."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from marchante.catalog.domain import Category, Product
from marchante.catalog.words import plain
from marchante.channels.whatsapp.messages import Row
from marchante.conversations.actions import (
    AddProduct,
    ChooseDetails,
    OpenCatalog,
    OpenMenu,
    SendCatalog,
    ShowCategories,
    ShowCategory,
)
from marchante.conversations.amounts import usual_quantity
from marchante.conversations.cart import add, for_sale, sold_today
from marchante.conversations.effects import Reply
from marchante.conversations.lacking import left_out, ran_out
from marchante.conversations.ordering import ask, go_on, start_choosing
from marchante.conversations.prompts import buttons, is_cut, listing, page_of, paged_rows, row
from marchante.conversations.replies.es import browsing as words
from marchante.conversations.replies.es import ordering, titles
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import CartItem, Question
from marchante.conversations.table import State, StateName
from marchante.conversations.taking import put_in_facts
from marchante.conversations.view import ShopView

UNCATEGORISED = 0


def categories(view: ShopView) -> tuple[Category, ...]:
    """Those with something in them; what has no category comes last, under category 0."""
    used = {product.category_id for product in view.catalog.products}
    found = tuple(category for category in view.catalog.categories if category.id in used)
    known = {category.id for category in view.catalog.categories}
    if used - known:
        return (*found, Category(UNCATEGORISED, titles.OTHER_PRODUCTS))
    return found


def products_in(view: ShopView, category_id: int) -> tuple[Product, ...]:
    """What can be ordered today first, what is sold out after it; what is not sold on this weekday is not shown."""
    if category_id == UNCATEGORISED:
        known = {category.id for category in view.catalog.categories}
        found: Sequence[Product] = [each for each in view.catalog.products if each.category_id not in known]
    else:
        found = view.catalog.in_category(category_id)
    shown = [each for each in found if for_sale(each, view) or each.id in view.sold_out]
    return tuple(sorted(shown, key=lambda each: each.id in view.sold_out))


def product_row(scene: Scene, product: Product) -> Row:
    description = words.product_row(
        product.price or Decimal(0),
        product.unit,
        product.description,
        product.name if is_cut(product.name) else None,
        sold_out=product.id in scene.view.sold_out,
    )
    return row(product.name, AddProduct(product.id, scene.session.cart_version), description)


def ask_category(scene: Scene) -> Reply:
    treatment = scene.view.settings.treatment
    found = categories(scene.view)
    if not found:
        return Reply(prompt=buttons(words.nothing_for_sale(treatment), (titles.MENU, OpenMenu())))
    rows = paged_rows(
        found,
        scene.session.question.page,
        lambda each: row(
            each.name, ShowCategory(each.id, 0), words.product_count(len(products_in(scene.view, each.id)))
        ),
        ShowCategories,
        last=(row(titles.WHOLE_CATALOG, SendCatalog()),),
    )
    return Reply(prompt=listing(words.choose_category(treatment), titles.OPEN_CATEGORIES, rows))


def _ask_product(scene: Scene) -> Reply:
    question = scene.session.question
    category_id = question.category_id or UNCATEGORISED
    found = products_in(scene.view, category_id)
    if not found:
        return ask_category(scene)
    name = next((each.name for each in categories(scene.view) if each.id == category_id), titles.OTHER_PRODUCTS)
    page = page_of(len(found), question.page, reserved=1)
    body = words.choose_product(name, page.number + 1, page.pages, scene.view.settings.treatment)
    rows = paged_rows(
        found,
        question.page,
        lambda each: product_row(scene, each),
        lambda number: ShowCategory(category_id, number),
        last=(row(titles.DETAILS, ChooseDetails(category_id, page.number)),),
    )
    return Reply(prompt=listing(body, titles.OPEN_PRODUCTS, rows))


def browse(scene: Scene) -> Outcome:
    """The categories, or the products at once where there is only one category."""
    found, told = categories(scene.view), left_out(scene.session, scene.view)
    if len(found) == 1:
        return show_category(scene, found[0].id, 0).after(*told)
    return Outcome(start_choosing(scene.session), told)


def show_category(scene: Scene, category_id: int, page: int) -> Outcome:
    if not products_in(scene.view, category_id):
        return Outcome(start_choosing(scene.session), (words.gone(scene.view.settings.treatment),))
    question = Question(category_id=category_id, page=page)
    return Outcome(go(ask(scene.session, question), StateName.BROWSE_PRODUCTS))


def _read_category(scene: Scene, text: str) -> Outcome | None:
    """Another category, by its name."""
    said = plain(text)
    named = next((each for each in categories(scene.view) if plain(each.name) == said), None)
    return show_category(scene, named.id, 0) if named else None


def _show_category(scene: Scene, action: ShowCategory) -> Outcome:
    return show_category(scene, action.category_id, action.page)


def _show_categories(scene: Scene, action: ShowCategories) -> Outcome:
    return Outcome(go(ask(scene.session, Question(page=action.page)), StateName.BROWSE_CATEGORIES))


def _add_product(scene: Scene, action: AddProduct) -> Outcome:
    session, view = scene.session, scene.view
    product = view.catalog.product(action.product_id)
    if product is None or product.price is None:
        return Outcome(start_choosing(session), (words.gone(view.settings.treatment),))
    if not for_sale(product, view):
        return instead_of(scene, product).after(why_not(product, view)).doing(*ran_out(view, [product]))
    if action.cart_version < session.cart_since:
        return _offer_again(scene, product)
    return add_one(scene, product)


def why_not(product: Product, view: ShopView) -> str:
    """Why a product cannot be ordered now."""
    if product.weekdays and not sold_today(product, view):
        return words.other_days(product.name, product.weekdays)
    return words.sold_out([product.name])


def instead_of(scene: Scene, product: Product) -> Outcome:
    """What else there is of its kind."""
    category_id = product.category_id or UNCATEGORISED
    if any(for_sale(each, scene.view) for each in products_in(scene.view, category_id)):
        return Outcome(show_category(scene, category_id, 0).session)
    return Outcome(start_choosing(scene.session))


def add_one(scene: Scene, product: Product) -> Outcome:
    """The usual quantity of a product into the cart, and on with the order."""
    session = add(scene.session, CartItem(product.id, usual_quantity(product)))
    question = msgspec.structs.replace(session.question, product_id=product.id, candidates=())
    session = go_on(ask(session, question), scene.view)
    return Outcome(session, put_in_facts(session, scene.view, [product.id]))


def _offer_again(scene: Scene, product: Product) -> Outcome:
    """The list is of an order that is over: the product is offered, not put into another order unasked."""
    session = go(ask(scene.session, Question(candidates=(product.id,))), StateName.PRICES)
    return Outcome(session, (ordering.old_product(product.name, scene.view.settings.treatment),))


STATES = (
    State(
        StateName.BROWSE_CATEGORIES,
        "order",
        ask_category,
        back=StateName.MENU,
        exits=(StateName.BROWSE_CATEGORIES, StateName.BROWSE_PRODUCTS, StateName.MENU),
    ),
    State(
        StateName.BROWSE_PRODUCTS,
        "order",
        _ask_product,
        back=StateName.BROWSE_CATEGORIES,
        exits=(
            StateName.BROWSE_CATEGORIES,
            StateName.BROWSE_PRODUCTS,
            StateName.GIVE_ADDRESS,
            StateName.RECHECK_COVERAGE,
            StateName.GIVE_STREET,
            StateName.SUMMARY,
            StateName.CHOOSE_PRODUCT,
            StateName.CHOOSE_QUANTITY,
            StateName.CHOOSE_OPTION,
            StateName.CHOOSE_DETAILS,
            StateName.PRICES,
        ),
        read=_read_category,
    ),
)
HANDLERS: Handlers = {
    OpenCatalog: lambda scene, _: browse(scene),
    ShowCategories: _show_categories,
    ShowCategory: _show_category,
    AddProduct: _add_product,
}
