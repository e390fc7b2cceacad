"""When an order is to be there: one of the next slots of the shop."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice, takewhile

import msgspec

from marchante.companies.hours import Slot
from marchante.conversations import cart
from marchante.conversations.actions import ChooseSlot, SeeCart, SetSlot, SoonestSlot
from marchante.conversations.effects import Reply
from marchante.conversations.ordering import go_on
from marchante.conversations.promising import free_slots
from marchante.conversations.prompts import buttons, listing, row
from marchante.conversations.replies.es import dates, titles
from marchante.conversations.replies.es import slots as words
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.table import State, StateName

_OFFERED = 6
_AHEAD = timedelta(days=7)


def _offered(scene: Scene) -> Iterator[Slot]:
    last = scene.view.now + _AHEAD
    return takewhile(lambda slot: slot.starts_at < last, free_slots(scene.session, scene.view))


def _ask(scene: Scene) -> Reply:
    view, version, treatment = scene.view, scene.session.cart_version, scene.view.settings.treatment
    found, back = list(islice(_offered(scene), _OFFERED)), (titles.BACK_TO_SUMMARY, SeeCart())
    if not found:
        return Reply(prompt=buttons(words.write_when(treatment), back))
    now = view.now.astimezone(view.zone)
    rows = [row(titles.SOONEST, SoonestSlot(version))]
    for slot in found:
        start, end = slot.starts_at, slot.ends_at
        action = SetSlot(version, int(start.timestamp()), int(end.timestamp()))
        rows.append(row(words.slot_title(start, now), action, dates.window(start, end, now)))
    return Reply(prompt=listing(words.choose_slot(treatment), titles.OPEN_LIST, [*rows, row(*back)]))


def choose_slot(scene: Scene) -> Outcome:
    return Outcome(go(scene.session, StateName.CHOOSE_SLOT))


def _set(scene: Scene, start: int, end: int) -> Outcome:
    """A slot that is not offered any more is asked again."""
    chosen = (start, end)
    slot = next(
        (
            each
            for each in _offered(scene)
            if (int(each.starts_at.timestamp()), int(each.ends_at.timestamp())) == chosen
        ),
        None,
    )
    if slot is None:
        return choose_slot(scene).after(words.slot_gone(scene.view.settings.treatment))
    return _when(scene, slot.starts_at, slot.ends_at)


def soonest(scene: Scene) -> Outcome:
    return _when(scene, None, None)


def _when(scene: Scene, start: datetime | None, end: datetime | None) -> Outcome:
    draft = msgspec.structs.replace(scene.session.draft, requested_from=start, requested_until=end)
    return Outcome(go_on(cart.changed(scene.session, draft=draft), scene.view))


STATES = (
    State(
        StateName.CHOOSE_SLOT,
        "order",
        _ask,
        back=StateName.CHOOSE_CHANGE,
        exits=(
            StateName.SUMMARY,
            StateName.GIVE_ADDRESS,
            StateName.RECHECK_COVERAGE,
            StateName.GIVE_STREET,
            StateName.BROWSE_CATEGORIES,
            StateName.CHOOSE_OPTION,
        ),
    ),
)
HANDLERS: Handlers = {
    ChooseSlot: lambda scene, _: choose_slot(scene),
    SetSlot: lambda scene, action: _set(scene, action.starts_at, action.ends_at),
    SoonestSlot: lambda scene, _: soonest(scene),
}
