"""What the bot can do: options to choose from, and an answer to each."""

from collections.abc import Callable

from marchante.conversations.actions import AskHelp, OpenMenu, StartOrder
from marchante.conversations.answering import AskInvoice, HelpWith, SeeDetails
from marchante.conversations.effects import Reply
from marchante.conversations.flows import coverage, shop_facts
from marchante.conversations.flows.welcome import ENTRIES, menu_rows
from marchante.conversations.prompts import buttons, listing, row
from marchante.conversations.replies.es import help as words
from marchante.conversations.replies.es import titles, trouble
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.table import State, StateName


def _how_to_order(scene: Scene) -> tuple[str, ...]:
    return (words.how_to_order(scene.view.settings.treatment),)


def _hours_and_delivery(scene: Scene) -> tuple[str, ...]:
    return (*shop_facts.tell_hours(scene).facts, *coverage.aside(scene, ""))


def _payment(scene: Scene) -> tuple[str, ...]:
    return shop_facts.tell_payment(scene).facts


_TOPICS: tuple[tuple[str, Callable[[Scene], tuple[str, ...]]], ...] = (
    (titles.HOW_TO_ORDER, _how_to_order),
    (titles.HOURS_AND_DELIVERY, _hours_and_delivery),
    (titles.PAYMENT, _payment),
)


def _ask(scene: Scene) -> Reply:
    """What the menu has, what can be asked about, and what is the customer's own."""
    rows = [row(title, action, description) for title, action, description in menu_rows(scene)]
    rows += [row(title, HelpWith(place)) for place, (title, _) in enumerate(_TOPICS)]
    rows += [row(titles.MY_DETAILS, SeeDetails()), row(titles.INVOICE, AskInvoice())]
    return Reply(prompt=listing(trouble.help_options(scene.view.settings.treatment), titles.OPEN_LIST, rows))


def open_help(scene: Scene) -> Outcome:
    """Options to choose from; whatever was being asked is kept for *atrás*."""
    return Outcome(go(scene.session, StateName.HELP))


def _answer(scene: Scene, topic: int) -> Outcome:
    if topic >= len(_TOPICS):
        return open_help(scene)
    return Outcome(go(scene.session, StateName.HELP_ANSWER), _TOPICS[topic][1](scene))


def _ask_more(scene: Scene) -> Reply:
    body = words.anything_else(scene.view.settings.treatment)
    return Reply(
        prompt=buttons(body, (titles.ORDER, StartOrder()), (titles.HELP, AskHelp()), (titles.MENU, OpenMenu()))
    )


STATES = (
    State(
        StateName.HELP,
        "help",
        _ask,
        back=StateName.MENU,
        exits=(
            *ENTRIES,
            StateName.HELP_ANSWER,
            StateName.MY_DETAILS,
            StateName.INVOICE_DATA,
            StateName.INVOICE_CONFIRM,
        ),
    ),
    State(
        StateName.HELP_ANSWER,
        "help",
        _ask_more,
        back=StateName.HELP,
        exits=(StateName.HELP, StateName.MENU, *ENTRIES),
    ),
)
HANDLERS: Handlers = {
    AskHelp: lambda scene, _: open_help(scene),
    HelpWith: lambda scene, action: _answer(scene, action.topic),
}
