"""One product in full, with its photo; and the whole catalog as a file."""

from collections.abc import Sequence
from dataclasses import replace

from marchante.catalog.domain import Product
from marchante.catalog.sending import catalog_message, photo_message
from marchante.channels.whatsapp.messages import CatalogMessage, OutboundMessage
from marchante.conversations.actions import (
    Action,
    AddProduct,
    ChooseDetails,
    OpenMenu,
    SeeCart,
    SendCatalog,
    ShowCategory,
    ShowDetails,
)
from marchante.conversations.amounts import read_amount
from marchante.conversations.cart import for_sale, lines
from marchante.conversations.effects import Reply
from marchante.conversations.flows.browsing import (
    UNCATEGORISED,
    add_one,
    ask_category,
    product_row,
    products_in,
    why_not,
)
from marchante.conversations.flows.choosing import set_amount
from marchante.conversations.ordering import ask, start_choosing
from marchante.conversations.prompts import buttons, listing, paged_rows, row
from marchante.conversations.replies.es import browsing as words
from marchante.conversations.replies.es import fillings, titles
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import Question
from marchante.conversations.table import State, StateName
from marchante.conversations.words import is_no, is_yes, looked_for
from marchante.understanding import search

_OFFERED = 9
_CLEAR_LEAD = 0.15
_LIKELY = 0.6


def _offered(scene: Scene) -> Sequence[Product]:
    question = scene.session.question
    if question.candidates:
        found = (scene.view.catalog.product(each) for each in question.candidates)
        return [product for product in found if product]
    return products_in(scene.view, question.category_id or UNCATEGORISED)


def _ask_which(scene: Scene) -> Reply:
    found, question = _offered(scene), scene.session.question
    if not found:
        return ask_category(scene)
    category_id = question.category_id or found[0].category_id or UNCATEGORISED
    rows = paged_rows(
        found,
        question.page,
        lambda product: replace(product_row(scene, product), id=ShowDetails(product.id).encode()),
        lambda page: ChooseDetails(category_id, page),
        last=(row(titles.KEEP_LOOKING, ShowCategory(category_id, question.page)),),
    )
    return Reply(prompt=listing(words.which_details(scene.view.settings.treatment), titles.OPEN_PRODUCTS, rows))


def _ask_details(scene: Scene) -> Reply:
    product = _product(scene)
    if product is None:
        return ask_category(scene)
    prompt = buttons(_described(scene, product), *_choices(scene, product))
    return Reply(prompt=replace(prompt, header=photo_message(product.image_url)))


def _product(scene: Scene) -> Product | None:
    shown = scene.session.question.product_id
    return scene.view.catalog.product(shown) if shown is not None else None


def _described(scene: Scene, product: Product) -> str:
    groups = [
        (group.name, [fillings.with_price(option.name, option.price_delta) for option in group.options])
        for group in product.groups
    ]
    inside = [words.group_of(name, listed) for name, listed in groups]
    missing = "" if for_sale(product, scene.view) else why_not(product, scene.view)
    days = words.only_on(product.weekdays) if product.weekdays and not missing else ""
    return words.details(product.name, product.price, product.unit, product.description, [*inside, days, missing])


def _choices(scene: Scene, product: Product) -> Sequence[tuple[str, Action]]:
    version = scene.session.cart_version
    offered: list[tuple[str, Action]] = []
    if for_sale(product, scene.view):
        offered.append((titles.ADD_THIS, AddProduct(product.id, version)))
    offered.append((titles.KEEP_LOOKING, ShowCategory(product.category_id or UNCATEGORISED, 0)))
    offered.append((titles.GO_ON, SeeCart()) if lines(scene.session, scene.view) else (titles.MENU, OpenMenu()))
    return offered


def show_details(scene: Scene, product_id: int) -> Outcome:
    if scene.view.catalog.product(product_id) is None:
        return Outcome(start_choosing(scene.session), (words.gone(scene.view.settings.treatment),))
    return Outcome(go(ask(scene.session, Question(product_id=product_id)), StateName.PRODUCT_DETAILS))


def look_for(scene: Scene, text: str) -> Outcome | None:
    """As in "foto de la quesadilla": the product, or the few it may be."""
    wanted = looked_for(text)
    if not wanted:
        return None
    read = scene.understand(wanted)
    named = [item.sku for item in read.items] or [sku for each in read.ambiguous for sku in each.candidates]
    if not named:
        matches = [match for match in search(wanted, scene.view.catalog.index, _OFFERED) if match.score >= _LIKELY]
        clear = len(matches) > 1 and matches[0].score - matches[1].score > _CLEAR_LEAD
        named = [match.sku for match in (matches[:1] if clear else matches)]
    found = [product for sku in dict.fromkeys(named) if (product := scene.view.catalog.by_sku(sku)) is not None]
    if len(found) == 1:
        return show_details(scene, found[0].id)
    if not found:
        return None
    question = Question(candidates=tuple(product.id for product in found[:_OFFERED]))
    return Outcome(go(ask(scene.session, question), StateName.CHOOSE_DETAILS))


def _choose_details(scene: Scene, action: ChooseDetails) -> Outcome:
    question = Question(category_id=action.category_id, page=action.page)
    return Outcome(go(ask(scene.session, question), StateName.CHOOSE_DETAILS))


def _read_which(scene: Scene, text: str) -> Outcome | None:
    """The name of a product in this list asks for its details, not for one of it."""
    read = scene.understand(text)
    offered = {product.sku: product.id for product in _offered(scene)}
    named = [item for item in read.items if item.sku in offered]
    if len(named) == 1 and len(read.items) == 1 and named[0].phrase == text.strip():
        return show_details(scene, offered[named[0].sku])
    return None


def _read_details(scene: Scene, text: str) -> Outcome | None:
    product = _product(scene)
    if product is None or not for_sale(product, scene.view):
        return None
    amount = read_amount(text)
    if amount:
        return set_amount(scene, product, amount)
    if is_no(text):
        return Outcome(start_choosing(scene.session))
    return add_one(scene, product) if is_yes(text) else None


def send_catalog(scene: Scene) -> Outcome:
    """The catalog in one message: as a file, or WhatsApp's own where the shop has one. Nothing is asked with it."""
    view, session = scene.view, scene.session
    if not view.catalog.products:
        return Outcome(start_choosing(session))
    treatment = view.settings.treatment
    if view.settings.meta_catalog_id:
        shown: OutboundMessage = CatalogMessage(words.whatsapp_catalog(treatment))
    else:
        shown = catalog_message(view.slug, view.name, words.whole_catalog(treatment))
    return Outcome(go(session, StateName.BROWSE_CATEGORIES), effects=(Reply(prompt=shown),), asks=False)


_SHOWN = (
    StateName.BROWSE_CATEGORIES,
    StateName.BROWSE_PRODUCTS,
    StateName.CHOOSE_OPTION,
    StateName.GIVE_ADDRESS,
    StateName.RECHECK_COVERAGE,
    StateName.GIVE_STREET,
    StateName.SUMMARY,
    StateName.PRICES,
    StateName.MENU,
)
STATES = (
    State(
        StateName.CHOOSE_DETAILS,
        "order",
        _ask_which,
        back=StateName.BROWSE_CATEGORIES,
        exits=(StateName.CHOOSE_DETAILS, StateName.PRODUCT_DETAILS, *_SHOWN),
        read=_read_which,
    ),
    State(
        StateName.PRODUCT_DETAILS,
        "order",
        _ask_details,
        back=StateName.BROWSE_CATEGORIES,
        exits=_SHOWN,
        read=_read_details,
        numbered=False,
    ),
)
HANDLERS: Handlers = {
    ChooseDetails: _choose_details,
    ShowDetails: lambda scene, action: show_details(scene, action.product_id),
    SendCatalog: lambda scene, _: send_catalog(scene),
}
