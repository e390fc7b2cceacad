"""The main menu and the first words."""

from dataclasses import replace
from datetime import timedelta

import msgspec

from marchante.catalog.sending import photo_message
from marchante.conversations.actions import Action, AskPerson, AskStatus, OpenCatalog, OpenMenu, SeeCart, StartOrder
from marchante.conversations.answering import RepeatOrder
from marchante.conversations.cart import lines
from marchante.conversations.drafting import total
from marchante.conversations.effects import Reply
from marchante.conversations.lacking import left_out
from marchante.conversations.prompts import buttons, listing, row
from marchante.conversations.replies.es import titles, welcome
from marchante.conversations.replies.es.amounts import money
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import Question, Session
from marchante.conversations.table import State, StateName

_A_NEW_VISIT = timedelta(hours=6)


def menu_rows(scene: Scene) -> list[tuple[str, Action, str]]:
    """The four entries, and the way back to an order that is not finished, or to the last one again."""
    rows: list[tuple[str, Action, str]] = [
        (titles.SEE_CATALOG, OpenCatalog(), welcome.CATALOG_ROW),
        (titles.ORDER, StartOrder(), welcome.order_row(scene.view.settings.treatment)),
        (titles.STATUS, AskStatus(), welcome.STATUS_ROW),
        (titles.PERSON, AskPerson(), welcome.PERSON_ROW),
    ]
    if lines(scene.session, scene.view):
        rows.append((titles.GO_ON, SeeCart(), ""))
    elif scene.view.last_orders:
        rows.append((titles.REPEAT, RepeatOrder(), welcome.REPEAT_ROW))
    return rows


def menu_prompt(scene: Scene, body: str) -> Reply:
    rows = [row(title, action, description) for title, action, description in menu_rows(scene)]
    return Reply(prompt=listing(body, titles.OPEN_LIST, rows))


def _ask(scene: Scene) -> Reply:
    return menu_prompt(scene, welcome.menu(scene.view.settings.treatment))


def open_menu(scene: Scene) -> Outcome:
    """The menu; an order that is not finished is kept and said so."""
    session, told = to_menu(scene.session), left_out(scene.session, scene.view)
    shown = lines(session, scene.view)
    if not shown:
        return Outcome(session, told)
    kept = welcome.cart_kept(len(shown), money(total(session, scene.view)), scene.view.settings.treatment)
    return Outcome(session, (*told, kept))


def is_new_visit(scene: Scene) -> bool:
    """Whether a greeting is due: nothing was said for hours, and no first greeting rides on this turn anyway."""
    heard = scene.session.last_heard_at
    if not scene.view.customer.notice_given:
        return False
    return heard is None or scene.at - heard > _A_NEW_VISIT


def greeting_facts(scene: Scene) -> tuple[str, ...]:
    """Hello by name, unless the first greeting with the privacy notice already says it."""
    customer = scene.view.customer
    return (welcome.hello(customer.first_name),) if customer.notice_given else ()


def first_facts(scene: Scene) -> tuple[str, ...]:
    """What goes before the first answer a person ever gets."""
    view = scene.view
    treatment = view.settings.treatment
    return (
        welcome.first_hello(view.customer.first_name, view.name, treatment),
        welcome.privacy_notice(treatment),
    )


def to_menu(session: Session) -> Session:
    return go(msgspec.structs.replace(session, question=Question()), StateName.MENU)


def _ask_below_picture(scene: Scene) -> Reply:
    """A list takes no picture: two entries and the way to all of them."""
    campaign = scene.view.campaign
    picture = photo_message(campaign.picture) if campaign else None
    if picture is None:
        return _ask(scene)
    choices = ((titles.ORDER, StartOrder()), (titles.SEE_CATALOG, OpenCatalog()), (titles.MENU, OpenMenu()))
    prompt = buttons(welcome.below_picture(scene.view.settings.treatment), *choices)
    return Reply(prompt=replace(prompt, header=picture))


# Where the menu's rows lead.
ENTRIES = (
    StateName.BROWSE_CATEGORIES,
    StateName.BROWSE_PRODUCTS,
    StateName.ORDER_STATUS,
    StateName.WITH_PERSON,
    StateName.SUMMARY,
    StateName.GIVE_ADDRESS,
    StateName.RECHECK_COVERAGE,
    StateName.GIVE_STREET,
)
STATES = (
    State(StateName.MENU, "welcome", _ask, back=StateName.MENU, exits=ENTRIES),
    State(StateName.CAMPAIGN, "welcome", _ask_below_picture, back=StateName.MENU, exits=(StateName.MENU, *ENTRIES)),
)
HANDLERS: Handlers = {OpenMenu: lambda scene, _: open_menu(scene)}
