"""What a step asks for. The turn carries it out, in the same transaction as the session."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from marchante.catalog.asked.domain import AskedPhrase
from marchante.channels.whatsapp.messages import OutboundMessage
from marchante.conversations.state import Session
from marchante.coverage.domain import Wish
from marchante.customers.domain import NO_PARTS, AddressParts
from marchante.customers.invoicing import InvoiceData
from marchante.orders.domain import Answer, OrderDraft


@dataclass(frozen=True, slots=True)
class Reply:
    """What to tell (`facts`, sentences) and what to ask now (`prompt`).

    The replies of one turn are merged: all facts in order, then the last prompt, in one message where it fits.
    """

    facts: tuple[str, ...] = ()
    prompt: OutboundMessage | None = None


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """Create the order. Its confirmation is worded by notices.py from the event; a refusal comes back as an input."""

    draft: OrderDraft


@dataclass(frozen=True, slots=True)
class AmendOrder:
    """Make this of an order already placed, if it is still that version."""

    order_id: int
    version: int
    draft: OrderDraft


@dataclass(frozen=True, slots=True)
class CancelPlaced:
    """The customer does not want the order any more."""

    order_id: int
    version: int


@dataclass(frozen=True, slots=True)
class AnswerProposal:
    """What the customer says to other weights or another product; `silent`: nothing, in time."""

    order_id: int
    version: int
    answer: Answer
    silent: bool = False


@dataclass(frozen=True, slots=True)
class TellLate:
    """An order is late: say so, if a notice is left; by template where the customer last wrote a day ago."""

    order_id: int


OnOrder = AmendOrder | CancelPlaced | AnswerProposal | TellLate
"""What is done to a placed order; it is worded by notices.py, a refusal comes back as an input."""


@dataclass(frozen=True, slots=True)
class SaveAddress:
    """Keep an address for next time; `typed` as the customer wrote it or as the shared place named it."""

    typed: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    name: str | None = None
    parts: AddressParts = NO_PARTS


@dataclass(frozen=True, slots=True)
class ChangeAddress:
    """A saved address reads so from now on."""

    address_id: int
    typed: str
    parts: AddressParts


@dataclass(frozen=True, slots=True)
class NameAddress:
    """The customer calls a saved address so from now on."""

    address_id: int
    name: str


@dataclass(frozen=True, slots=True)
class MakeDefault:
    """Orders go to this address unless another is said."""

    address_id: int


@dataclass(frozen=True, slots=True)
class ForgetAddress:
    """Never offer this address again."""

    address_id: int


@dataclass(frozen=True, slots=True)
class KeepReceipt:
    """The file of this message is to prove the transfer of an order; `quiet`: a person answers, say nothing of it."""

    order_id: int
    wamid: str
    sha256: str | None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class LeaveReview:
    """What the customer thinks of an order; what is None was said before, or not at all."""

    order_id: int
    rating: int | None = None
    comment: str | None = None
    solved: bool | None = None


@dataclass(frozen=True, slots=True)
class NoteDemand:
    """Somebody asked to be delivered to where the shop does not go."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class RequestInvoice:
    """The shop is to make an invoice of this order, or of the one this turn places (None), to these data; without them
    to what stands in the file of a message.
    """

    order_id: int | None
    data: InvoiceData | None
    wamid: str = ""


@dataclass(frozen=True, slots=True)
class ChangeDetails:
    """What the customer told about themselves, already checked: pairs of field and value (see customers.details)."""

    given: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NoteGiven:
    """The privacy notice went out with this reply."""


@dataclass(frozen=True, slots=True)
class ChooseMarketing:
    """The customer wants promotions, or wants none ever again."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class AskForPerson:
    """Put the customer in the queue of the people who answer; the bot falls silent."""

    reason: str


@dataclass(frozen=True, slots=True)
class CloseHandoff:
    """The customer took the bot back, or nobody answered in time."""

    by: str


@dataclass(frozen=True, slots=True)
class SetTimer:
    kind: Literal["reminder", "expiry", "handoff_unanswered", "handoff_return"]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class CancelTimer:
    kind: Literal["reminder", "expiry", "handoff_unanswered", "handoff_return", "survey"]


@dataclass(frozen=True, slots=True)
class NotePhrases:
    """Words the owner should know of: a name to learn, demand that went unserved. Nothing is understood otherwise."""

    phrases: tuple[AskedPhrase, ...]


@dataclass(frozen=True, slots=True)
class RaiseAlert:
    """A person of the shop must look: a loop of two bots, a customer not understood three times …"""

    code: str
    message: str


Effect = (
    Reply
    | PlaceOrder
    | OnOrder
    | SaveAddress
    | ChangeAddress
    | NameAddress
    | MakeDefault
    | ForgetAddress
    | NoteDemand
    | KeepReceipt
    | LeaveReview
    | RequestInvoice
    | ChangeDetails
    | NoteGiven
    | ChooseMarketing
    | AskForPerson
    | CloseHandoff
    | SetTimer
    | CancelTimer
    | NotePhrases
    | RaiseAlert
)


@dataclass(frozen=True)
class Step:
    """The outcome of a step: the session as it is from now on, and what must happen."""

    session: Session
    effects: tuple[Effect, ...] = field(default=())
