"""What the bot can do."""

from marchante.conversations.actions import AskHelp
from marchante.conversations.effects import Reply
from marchante.conversations.flows.welcome import menu_prompt
from marchante.conversations.replies.es import trouble
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.table import State, StateName


def _ask(scene: Scene) -> Reply:
    return menu_prompt(scene, trouble.help_options(scene.view.settings.treatment))


def open_help(scene: Scene) -> Outcome:
    """Options to choose from; whatever was being asked is kept for *atrás*."""
    return Outcome(go(scene.session, StateName.HELP))


STATES = (
    State(
        StateName.HELP,
        "help",
        _ask,
        back=StateName.MENU,
        exits=(
            StateName.BROWSE_CATEGORIES,
            StateName.BROWSE_PRODUCTS,
            StateName.ORDER_STATUS,
            StateName.WITH_PERSON,
            StateName.SUMMARY,
            StateName.GIVE_ADDRESS,
            StateName.RECHECK_COVERAGE,
            StateName.GIVE_STREET,
        ),
    ),
)
HANDLERS: Handlers = {AskHelp: lambda scene, _: open_help(scene)}
