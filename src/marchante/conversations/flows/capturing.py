"""What a person noted for the customer comes back to the bot: address and order are confirmed by button."""

import msgspec

from marchante.conversations import cart
from marchante.conversations.actions import AskPerson
from marchante.conversations.changing import AddressIsRight, NewAddress
from marchante.conversations.drafting import ADDRESS_LENGTH, NOTE_LENGTH, delivered_to
from marchante.conversations.effects import CancelTimer, CloseHandoff, Effect, Reply, SaveAddress
from marchante.conversations.flows import summary
from marchante.conversations.flows.welcome import menu_prompt, to_menu
from marchante.conversations.inputs import Captured
from marchante.conversations.ordering import go_on
from marchante.conversations.prompts import buttons
from marchante.conversations.replies.es import browsing as browsing_words
from marchante.conversations.replies.es import people, titles
from marchante.conversations.replies.es import welcome as welcome_words
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import CartItem, Session
from marchante.conversations.table import State, StateName
from marchante.conversations.words import is_no, is_yes

_CAPTURED = "captured"


def captured(scene: Scene, heard: Captured) -> Outcome:
    """The bot has the chat again, with what was agreed on for the customer to confirm."""
    effects: tuple[Effect, ...] = (
        CloseHandoff(_CAPTURED),
        CancelTimer("handoff_unanswered"),
        CancelTimer("handoff_return"),
    )
    session, missing = _filled(scene, heard)
    facts = (browsing_words.sold_out(missing),) if missing else ()
    if not heard.lines:
        return Outcome(go(session, StateName.FINAL_ADDRESS), facts, effects)
    session = go_on(session, scene.view)
    if session.state == StateName.SUMMARY:
        session = go(session, StateName.FINAL_ORDER)
    return Outcome(session, facts, effects)


def _filled(scene: Scene, heard: Captured) -> tuple[Session, list[str]]:
    """The session with lines, address and note; and what cannot be had now. Without lines the cart is kept."""
    session, missing = scene.session, list[str]()
    if heard.lines:
        session = cart.emptied(session)
    for line in heard.lines:
        product = scene.view.catalog.by_sku(line.sku)
        if product is not None and cart.for_sale(product, scene.view):
            session = cart.add(session, CartItem(product.id, line.quantity))
        else:
            missing.append(product.name if product else line.sku)
    draft = session.draft
    if heard.address:
        draft = delivered_to(draft, address_text=heard.address[:ADDRESS_LENGTH])
    if heard.pickup:
        draft = msgspec.structs.replace(draft, fulfilment="pickup")
    if heard.note:
        draft = msgspec.structs.replace(draft, notes=heard.note[:NOTE_LENGTH])
    return cart.changed(session, draft=draft), missing


def _ask_order(scene: Scene) -> Reply:
    """As any summary, said to be what was agreed on."""
    asked = summary.ask_to_confirm(scene)
    return Reply((people.agreed(scene.view.settings.treatment), *asked.facts), asked.prompt)


def _ask_address(scene: Scene) -> Reply:
    address, version = scene.session.draft.address_text, scene.session.cart_version
    treatment = scene.view.settings.treatment
    if not address:
        return menu_prompt(scene, welcome_words.menu(treatment))
    body = people.is_this_the_address(address, treatment)
    right, other = (titles.ADDRESS_RIGHT, AddressIsRight(version)), (titles.CORRECT, NewAddress(version))
    return Reply(prompt=buttons(body, right, other, (titles.TALK, AskPerson())))


def _read_address(scene: Scene, text: str) -> Outcome | None:
    if is_yes(text):
        return keep_address(scene)
    return Outcome(go(scene.session, StateName.GIVE_ADDRESS)) if is_no(text) else None


def keep_address(scene: Scene) -> Outcome:
    """It is the customer's from now on; an order in hand goes there."""
    address, treatment = scene.session.draft.address_text, scene.view.settings.treatment
    if not address:
        return Outcome(to_menu(scene.session))
    effects = (SaveAddress(address),)
    told = (people.address_kept(treatment),)
    if cart.lines(scene.session, scene.view):
        return Outcome(go_on(scene.session, scene.view), told, effects)
    return Outcome(to_menu(scene.session), told, effects)


STATES = (
    State(
        StateName.FINAL_ADDRESS,
        "human_service",
        _ask_address,
        back=StateName.MENU,
        exits=(StateName.GIVE_ADDRESS, StateName.SUMMARY, StateName.MENU, StateName.WITH_PERSON),
        read=_read_address,
    ),
    State(
        StateName.FINAL_ORDER,
        "human_service",
        _ask_order,
        back=StateName.BROWSE_CATEGORIES,
        exits=(
            StateName.MENU,
            StateName.CHOOSE_CHANGE,
            StateName.SUMMARY,
            StateName.BROWSE_CATEGORIES,
            StateName.BROWSE_PRODUCTS,
        ),
        read=summary.read_answer,
        numbered=False,
    ),
)
HANDLERS: Handlers = {AddressIsRight: lambda scene, _: keep_address(scene)}
