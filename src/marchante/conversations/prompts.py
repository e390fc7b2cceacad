"""Questions with buttons or a list, cut to WhatsApp's limits, and the pages of a list that has more than ten rows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from marchante.catalog.words import plain
from marchante.channels.whatsapp.messages import (
    Button,
    ListMenu,
    LocationRequest,
    OutboundMessage,
    ReplyButtons,
    Row,
    Section,
    Text,
    fit,
)
from marchante.conversations.actions import Action, decode
from marchante.conversations.replies.es import titles

Prompt = Text | ReplyButtons | ListMenu | LocationRequest
MAX_ROWS = 10
_ROW_TITLE = 24
_ROW_DESCRIPTION = 72
_BUTTON_TITLE = 20
_LEAST_BEGUN = 4
# As in "la 3", "opción 2".
_BEFORE_PLACE = re.compile(r"^(?:(?:el|la|los|las|opcion|numero|num) )+(?=\d+$)")
_TURNING = {"siguiente": titles.MORE, "siguientes": titles.MORE, "mas": titles.MORE, "otros": titles.MORE}
_TURNING |= {"ver mas productos": titles.MORE, "los siguientes": titles.MORE, "anteriores": titles.PREVIOUS}

T = TypeVar("T")


def buttons(body: str, *choices: tuple[str, Action]) -> ReplyButtons:
    """Up to three choices under a text."""
    return ReplyButtons(body, tuple(Button(action.encode(), fit(title, _BUTTON_TITLE)) for title, action in choices))


def row(title: str, action: Action, description: str = "") -> Row:
    return Row(action.encode(), fit(title, _ROW_TITLE), fit(description, _ROW_DESCRIPTION) or None)


def is_cut(title: str) -> bool:
    """Whether a row's title cannot hold it."""
    return len(title) > _ROW_TITLE


def listing(body: str, button: str, rows: Sequence[Row]) -> ListMenu:
    return ListMenu(body, fit(button, _BUTTON_TITLE), (Section("", tuple(rows[:MAX_ROWS])),))


def sectioned(body: str, button: str, sections: Sequence[tuple[str, Sequence[Row]]]) -> ListMenu:
    """A list in parts, each under its title; not more than MAX_ROWS in all."""
    parts = tuple(Section(fit(" ".join(title.split()), _ROW_TITLE), tuple(rows)) for title, rows in sections)
    return ListMenu(body, fit(button, _BUTTON_TITLE), parts)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of something long. Numbers begin at 0; a page that does not exist is the nearest one that does."""

    number: int
    pages: int
    start: int
    end: int


def page_of(count: int, number: int, reserved: int = 0) -> Page:
    """The slice of `count` rows on one page; rows for going on and back, and `reserved` others, take their place."""
    room = MAX_ROWS - reserved
    if count <= room:
        return Page(0, 1, 0, count)
    # The first page also keeps the place of "previous", so that every page holds as many and none overflows.
    size = room - 2
    pages = -(-count // size)
    shown = min(max(number, 0), pages - 1)
    return Page(shown, pages, shown * size, min((shown + 1) * size, count))


def paged_rows(
    items: Sequence[T],
    number: int,
    make_row: Callable[[T], Row],
    turn_to: Callable[[int], Action],
    last: Sequence[Row] = (),
) -> tuple[Row, ...]:
    """The rows of one page with the ways to its neighbours, then the `last` rows."""
    page = page_of(len(items), number, len(last))
    rows = [make_row(item) for item in items[page.start : page.end]]
    where = f"{page.number + 1}/{page.pages}"
    if page.number + 1 < page.pages:
        rows.append(row(titles.MORE, turn_to(page.number + 1), where))
    if page.number > 0:
        rows.append(row(titles.PREVIOUS, turn_to(page.number - 1), where))
    return (*rows, *last)


def choices(prompt: OutboundMessage | None) -> tuple[tuple[str, Action], ...]:
    """What can be tapped in a prompt: title and action, in the order shown."""
    shown: Sequence[Button | Row] = ()
    if isinstance(prompt, ReplyButtons):
        shown = prompt.buttons
    elif isinstance(prompt, ListMenu):
        shown = [each for section in prompt.sections for each in section.rows]
    decoded = ((each.title, decode(each.id)) for each in shown)
    return tuple((title, action) for title, action in decoded if action)


def chosen(text: str, prompt: OutboundMessage | None, *, numbered: bool = True) -> Action | None:
    """The choice a typed answer means: its title or the beginning of only one, or its place when `numbered`."""
    offered = choices(prompt)
    words = _BEFORE_PLACE.sub("", plain(text)) if numbered else plain(text)
    if numbered and words.isdecimal() and 1 <= int(words) <= len(offered):
        return offered[int(words) - 1][1]
    words = plain(_TURNING.get(words, words))
    exact = [action for title, action in offered if words and plain(title) == words]
    begun = [action for title, action in offered if len(words) >= _LEAST_BEGUN and plain(title).startswith(words + " ")]
    if exact:
        return exact[0]
    return begun[0] if len(begun) == 1 else None
