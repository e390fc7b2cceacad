"""The campaign, said with whatever is answered first: never a message of its own."""

from collections.abc import Sequence

import msgspec

from marchante.campaigns.domain import is_due
from marchante.conversations import merging
from marchante.conversations.effects import ChooseMarketing, Effect, PlaceOrder, Reply
from marchante.conversations.replies.es import welcome as words
from marchante.conversations.scene import Scene
from marchante.conversations.state import Session
from marchante.conversations.table import SILENT, StateName
from marchante.conversations.view import ShopView

# Who cancels, complains, decides or asks for an invoice is in no mood for it.
_UNFIT = SILENT | {
    StateName.CANCEL_ORDER,
    StateName.ORDER_QUESTION,
    StateName.SURVEY_RATING,
    StateName.SURVEY_PROBLEM,
    StateName.SURVEY_COMMENT,
    StateName.INVOICE_DATA,
    StateName.INVOICE_REGIME,
    StateName.INVOICE_USE,
    StateName.INVOICE_CONFIRM,
}


def is_announced(session: Session, view: ShopView) -> bool:
    """Whether the next answer carries it."""
    wanted = not view.customer.marketing_stopped
    return is_due(view.campaign, wanted=wanted, shown_at=session.campaign_shown_at, at=view.now)


def with_picture(session: Session, view: ShopView) -> Session:
    """The main menu of a visit that begins under a campaign with a picture stands below that picture."""
    campaign = view.campaign
    if session.state != StateName.MENU or campaign is None or not campaign.picture or not is_announced(session, view):
        return session
    return msgspec.structs.replace(session, state=StateName.CAMPAIGN)


def announced(effects: Sequence[Effect], scene: Scene) -> tuple[Session, tuple[Effect, ...]]:
    """The answer with the campaign in it, where it fits into the same message."""
    session, campaign = scene.session, scene.view.campaign
    replies = [each for each in effects if isinstance(each, Reply)]
    unfit = any(isinstance(each, PlaceOrder | ChooseMarketing) for each in effects)
    unfit = unfit or session.editing is not None or session.state in _UNFIT
    if campaign is None or not replies or unfit or not is_announced(session, scene.view):
        return session, tuple(effects)
    told = Reply((words.campaign(campaign.text),))
    if len(merging.messages([*replies, told])) > len(merging.messages(replies)):
        return session, tuple(effects)
    return msgspec.structs.replace(session, campaign_shown_at=scene.view.now), (*effects, told)
