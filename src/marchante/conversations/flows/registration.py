"""An address the shop can deliver to: the checks an order's address goes through before the summary."""

from marchante.conversations import drafting
from marchante.conversations.actions import AskPerson, NewAddress, SetPickup
from marchante.conversations.effects import NoteDemand, Reply
from marchante.conversations.flows.delivery import read_address
from marchante.conversations.prompts import buttons
from marchante.conversations.replies.es import coverage as words
from marchante.conversations.replies.es import titles
from marchante.conversations.scene import Scene
from marchante.conversations.state import Session
from marchante.conversations.table import State, StateName
from marchante.conversations.view import ShopView
from marchante.coverage.domain import Wish


def demand_of(session: Session, view: ShopView) -> tuple[NoteDemand, ...]:
    """What to note while an order waits for an address the shop goes to."""
    where = drafting.place(session, view)
    if session.state != StateName.RECHECK_COVERAGE or where is None:
        return ()
    return (NoteDemand(Wish(where.line, where.whereabouts)),)


def _ask_elsewhere(scene: Scene) -> Reply:
    settings, version = scene.view.settings, scene.session.cart_version
    where = drafting.place(scene.session, scene.view)
    body = words.outside_order(where.line if where else "", settings.treatment, picks_up=settings.picks_up)
    pickup = [(titles.PICKUP, SetPickup(version))] if settings.picks_up else []
    choices = (*pickup, (titles.OTHER_ADDRESS, NewAddress(version)), (titles.PERSON, AskPerson()))
    return Reply(prompt=buttons(body, *choices))


STATES = (
    State(
        StateName.RECHECK_COVERAGE,
        "registration",
        _ask_elsewhere,
        back=StateName.BROWSE_CATEGORIES,
        exits=(StateName.SUMMARY, StateName.GIVE_ADDRESS, StateName.WITH_PERSON),
        read=read_address,
    ),
)
