"""What a tap changes in an order before it is confirmed (each carries the version of the cart it was shown for), and in
the customer's addresses.
"""

from dataclasses import dataclass
from decimal import Decimal

from marchante.conversations.action import Action, CartAction


@dataclass(frozen=True)
class ChangeSomething(CartAction):
    NAME = "change"


@dataclass(frozen=True)
class CancelCart(CartAction):
    NAME = "cancel"


@dataclass(frozen=True)
class ChooseLine(CartAction):
    NAME = "lines"

    page: int = 0


@dataclass(frozen=True)
class AskQuantity(CartAction):
    """`place`: which line of the cart."""

    NAME = "line"

    product_id: int
    place: int = 0


@dataclass(frozen=True)
class ChooseRemoval(CartAction):
    NAME = "removals"

    page: int = 0


@dataclass(frozen=True)
class RemoveLine(CartAction):
    """`place`: which line of the cart."""

    NAME = "remove"

    product_id: int
    place: int = 0


@dataclass(frozen=True)
class ChooseFulfilment(CartAction):
    NAME = "fulfilments"


@dataclass(frozen=True)
class SetDelivery(CartAction):
    NAME = "deliver"


@dataclass(frozen=True)
class SetPickup(CartAction):
    NAME = "pickup"


@dataclass(frozen=True)
class ChooseAddress(CartAction):
    NAME = "addresses"


@dataclass(frozen=True)
class UseAddress(CartAction):
    NAME = "address"

    address_id: int


@dataclass(frozen=True)
class NewAddress(CartAction):
    NAME = "elsewhere"


@dataclass(frozen=True)
class AddressIsRight(CartAction):
    """As a person noted it."""

    NAME = "right"


@dataclass(frozen=True)
class ChooseSlot(CartAction):
    NAME = "slots"


@dataclass(frozen=True)
class SetSlot(CartAction):
    """Both in seconds since 1970."""

    NAME = "slot"

    starts_at: int
    ends_at: int


@dataclass(frozen=True)
class SoonestSlot(CartAction):
    NAME = "soonest"


@dataclass(frozen=True)
class ManageAddresses(Action):
    NAME = "book"


@dataclass(frozen=True)
class SeeAddress(Action):
    NAME = "place"

    address_id: int


@dataclass(frozen=True)
class UseAlways(Action):
    NAME = "usual"

    address_id: int


@dataclass(frozen=True)
class ForgetThis(Action):
    NAME = "forget"

    address_id: int


@dataclass(frozen=True)
class ChoosePayment(CartAction):
    NAME = "payments"


@dataclass(frozen=True)
class PayCash(CartAction):
    """`pays_with` 0: the exact amount, or not said."""

    NAME = "cash"

    pays_with: Decimal


@dataclass(frozen=True)
class PayByCard(CartAction):
    NAME = "card"


@dataclass(frozen=True)
class PayByTransfer(CartAction):
    NAME = "transfer"


@dataclass(frozen=True)
class WriteNote(CartAction):
    NAME = "note"


@dataclass(frozen=True)
class StartOver(CartAction):
    NAME = "restart"
