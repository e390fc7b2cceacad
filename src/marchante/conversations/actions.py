"""What a button or a list row does, and on what: the whole of it travels in the id.

An id is `name:field:field…`, at most 200 characters. `decode` gives None for anything that is not exactly one of ours.
What acts on a cart carries the cart's version, so that an old button cannot change a new cart.
"""

import re
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from marchante.conversations import (
    answering,  # noqa: F401 - its actions are kinds too
    order_actions,
)
from marchante.conversations.action import Action, CartAction
from marchante.conversations.changing import (
    AskQuantity,
    CancelCart,
    ChangeSomething,
    ChooseAddress,
    ChooseFulfilment,
    ChooseLine,
    ChoosePayment,
    ChooseRemoval,
    ChooseSlot,
    ForgetThis,
    ManageAddresses,
    NewAddress,
    PayByCard,
    PayByTransfer,
    PayCash,
    RemoveLine,
    SeeAddress,
    SetDelivery,
    SetPickup,
    SetSlot,
    SoonestSlot,
    StartOver,
    UseAddress,
    UseAlways,
    WriteNote,
)
from marchante.conversations.locating import (
    AcceptAddress,
    AcceptPlace,
    AddAddress,
    AskCoverage,
    ChooseColonia,
    CorrectAddress,
    CorrectThis,
    EditPart,
    KeepLocation,
    KeepPart,
    OtherColonia,
    PickUpOrder,
    WriteAddress,
)

__all__ = [
    "KINDS",
    "MAX_ID",
    "AcceptAddress",
    "AcceptPlace",
    "Action",
    "AddAddress",
    "AddProduct",
    "AskCoverage",
    "AskHelp",
    "AskPerson",
    "AskQuantity",
    "AskStatus",
    "CancelCart",
    "CartAction",
    "ChangeSomething",
    "ChooseAddress",
    "ChooseCandidate",
    "ChooseColonia",
    "ChooseDetails",
    "ChooseFulfilment",
    "ChooseLine",
    "ChooseOption",
    "ChoosePayment",
    "ChooseRemoval",
    "ChooseSlot",
    "Confirm",
    "CorrectAddress",
    "CorrectThis",
    "DoItAnyway",
    "EditPart",
    "FinishChoice",
    "ForgetThis",
    "GoBack",
    "KeepLocation",
    "KeepPart",
    "ManageAddresses",
    "NewAddress",
    "OpenCatalog",
    "OpenMenu",
    "OtherColonia",
    "PayByCard",
    "PayByTransfer",
    "PayCash",
    "PickUpOrder",
    "RemoveLine",
    "SeeAddress",
    "SeeCart",
    "SendCatalog",
    "SetDelivery",
    "SetPickup",
    "SetQuantity",
    "SetSlot",
    "ShowCategories",
    "ShowCategory",
    "ShowDetails",
    "ShowOptions",
    "SkipUnclear",
    "SoonestSlot",
    "StartOrder",
    "StartOver",
    "UseAddress",
    "UseAlways",
    "WriteAddress",
    "WriteNote",
    "decode",
]

MAX_ID = 200
_LARGEST_INTEGER = 2**63 - 1
_INTEGER = re.compile(r"[0-9]{1,19}")
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass(frozen=True)
class OpenMenu(Action):
    NAME = "menu"


@dataclass(frozen=True)
class OpenCatalog(Action):
    NAME = "catalog"


@dataclass(frozen=True)
class StartOrder(Action):
    NAME = "order"


@dataclass(frozen=True)
class AskStatus(Action):
    NAME = "status"


@dataclass(frozen=True)
class AskPerson(Action):
    NAME = "person"


@dataclass(frozen=True)
class AskHelp(Action):
    NAME = "help"


@dataclass(frozen=True)
class GoBack(Action):
    NAME = "back"


@dataclass(frozen=True)
class SeeCart(Action):
    """On with the order, wherever it stands."""

    NAME = "cart"


@dataclass(frozen=True)
class ShowCategories(Action):
    NAME = "categories"

    page: int


@dataclass(frozen=True)
class ShowCategory(Action):
    """Category 0 holds the products that have none."""

    NAME = "category"

    category_id: int
    page: int


@dataclass(frozen=True)
class ChooseDetails(Action):
    """Of which product of a category the details are wanted."""

    NAME = "detailed"

    category_id: int
    page: int


@dataclass(frozen=True)
class ShowDetails(Action):
    NAME = "details"

    product_id: int


@dataclass(frozen=True)
class SendCatalog(Action):
    """The whole catalog as a file."""

    NAME = "pdf"


@dataclass(frozen=True)
class AddProduct(Action):
    """One more of a product. Good for the whole order it was shown in: a list stays open while the cart grows."""

    NAME = "add"

    product_id: int
    cart_version: int


@dataclass(frozen=True)
class ChooseCandidate(CartAction):
    NAME = "which"

    product_id: int


@dataclass(frozen=True)
class SkipUnclear(CartAction):
    NAME = "skip"


@dataclass(frozen=True)
class SetQuantity(CartAction):
    NAME = "quantity"

    product_id: int
    quantity: Decimal


@dataclass(frozen=True)
class ChooseOption(CartAction):
    """An extra or a filling of the line that is being asked about."""

    NAME = "option"

    option_id: int


@dataclass(frozen=True)
class ShowOptions(CartAction):
    NAME = "options"

    page: int


@dataclass(frozen=True)
class FinishChoice(CartAction):
    """Enough was chosen inside the product."""

    NAME = "chosen"


@dataclass(frozen=True)
class Confirm(CartAction):
    """`total` is what the customer saw and agrees to."""

    NAME = "confirm"

    total: Decimal


@dataclass(frozen=True)
class DoItAnyway(Action):
    """What arrived late still holds."""

    NAME = "anyway"


def _kinds(base: type[Action]) -> list[type[Action]]:
    found = []
    for kind in base.__subclasses__():
        found += [kind] if kind.NAME else []
        found += _kinds(kind)
    return found


_OF_ORDERS = order_actions.OrderAction
KINDS: dict[str, type[Action]] = {kind.NAME: kind for kind in _kinds(Action)}
assert len(KINDS) == len(_kinds(Action)), "two actions share a name"


def decode(identifier: str) -> Action | None:
    """The action of an id, or None when it is not one of ours."""
    name, *written = identifier.split(":")
    kind = KINDS.get(name)
    if kind is None or len(identifier) > MAX_ID or len(written) != len(fields(kind)):
        return None
    values = [_read(value, each.type) for value, each in zip(written, fields(kind), strict=True)]
    return None if None in values else kind(*values)


def _read(value: str, wanted: Any) -> int | Decimal | None:
    if wanted is int:
        return int(value) if _INTEGER.fullmatch(value) and int(value) <= _LARGEST_INTEGER else None
    try:
        return Decimal(value) if _NUMBER.fullmatch(value) else None
    except InvalidOperation:
        return None
