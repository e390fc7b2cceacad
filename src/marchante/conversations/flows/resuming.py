"""Coming back to an order left unfinished."""

import msgspec

from marchante.conversations import cart, drafting
from marchante.conversations.actions import CancelCart, SeeCart, StartOver
from marchante.conversations.effects import Reply
from marchante.conversations.flows.summary import see_cart
from marchante.conversations.flows.welcome import menu_prompt
from marchante.conversations.prompts import buttons
from marchante.conversations.replies.es import ordering as words
from marchante.conversations.replies.es import titles, welcome
from marchante.conversations.replies.es.amounts import about, counted_of, quantity_of
from marchante.conversations.replies.es.voice import joined
from marchante.conversations.scene import Outcome, Scene, go
from marchante.conversations.table import State, StateName
from marchante.conversations.words import is_yes

_SHOWN_LINES = 5


def _ask(scene: Scene) -> Reply:
    session, view, treatment = scene.session, scene.view, scene.view.settings.treatment
    shown = cart.lines(session, view)
    if not shown:
        return menu_prompt(scene, welcome.short_menu(treatment))
    names = [_named(line) for line in shown[:_SHOWN_LINES]]
    if len(shown) > _SHOWN_LINES:
        names.append(words.and_more(len(shown) - _SHOWN_LINES))
    approximate = any(line.item.pieces is not None for line in shown)
    total = about(drafting.total(session, view), approximate=approximate)
    content = words.resume_content(joined(names), total, delivered=bool(drafting.delivery_fee(session, view)))
    version = session.cart_version
    prompt = buttons(
        words.resume(treatment),
        (titles.GO_ON, SeeCart()),
        (titles.START_OVER, StartOver(version)),
        (titles.CANCEL, CancelCart(version)),
    )
    return Reply((content,), prompt)


def _named(line: cart.Line) -> str:
    if line.item.pieces is not None:
        return counted_of(line.item.pieces, line.item.quantity, line.name)
    return quantity_of(line.item.quantity, line.product.unit, line.name)


def ask_to_resume(scene: Scene) -> Outcome:
    return Outcome(go(scene.session, StateName.RESUME_ORDER))


def remind(scene: Scene) -> Outcome:
    """Once per order."""
    return Outcome(go(msgspec.structs.replace(scene.session, reminded=True), StateName.RESUME_ORDER))


STATES = (
    State(
        StateName.RESUME_ORDER,
        "order",
        _ask,
        back=StateName.MENU,
        exits=(
            StateName.SUMMARY,
            StateName.GIVE_ADDRESS,
            StateName.RECHECK_COVERAGE,
            StateName.GIVE_STREET,
            StateName.CHOOSE_PRODUCT,
            StateName.CHOOSE_QUANTITY,
            StateName.CHOOSE_OPTION,
            StateName.BROWSE_CATEGORIES,
            StateName.BROWSE_PRODUCTS,
            StateName.MENU,
        ),
        read=lambda scene, text: see_cart(scene) if is_yes(text) else None,
        numbered=False,
    ),
)
