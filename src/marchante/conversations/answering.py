"""What a tap answers to our own questions; each carries the order it is about."""

from dataclasses import dataclass

from marchante.conversations.action import Action


@dataclass(frozen=True)
class TakeSurvey(Action):
    NAME = "survey"

    order_id: int


@dataclass(frozen=True)
class DeclineSurvey(Action):
    NAME = "nosurvey"

    order_id: int


@dataclass(frozen=True)
class Rate(Action):
    """`rating` from 1 to 5."""

    NAME = "rate"

    order_id: int
    rating: int


@dataclass(frozen=True)
class SayWhetherSolved(Action):
    """`solved` 0: a person is wanted."""

    NAME = "solved"

    order_id: int
    solved: int


@dataclass(frozen=True)
class ChooseRegime(Action):
    """`code` of the SAT, as 612."""

    NAME = "regime"

    code: int


@dataclass(frozen=True)
class ChooseUse(Action):
    """`place` in the list of uses."""

    NAME = "cfdi"

    place: int


@dataclass(frozen=True)
class AskInvoice(Action):
    NAME = "invoice"


@dataclass(frozen=True)
class SendInvoiceData(Action):
    """What is shown is right."""

    NAME = "bill"

    order_id: int


@dataclass(frozen=True)
class ChangeInvoiceData(Action):
    NAME = "rebill"

    order_id: int


@dataclass(frozen=True)
class SeeDetails(Action):
    NAME = "mine"


@dataclass(frozen=True)
class EditDetails(Action):
    NAME = "edit"


@dataclass(frozen=True)
class KeepDetail(Action):
    """The one asked about stays as it is."""

    NAME = "keep"


@dataclass(frozen=True)
class SaveDetails(Action):
    NAME = "save"


@dataclass(frozen=True)
class DropForm(Action):
    """Save nothing of what was told; an order in hand goes on."""

    NAME = "drop"


@dataclass(frozen=True)
class RepeatOrder(Action):
    """The last order again."""

    NAME = "again"


@dataclass(frozen=True)
class HelpWith(Action):
    """`topic`: its place in the list of topics."""

    NAME = "topic"

    topic: int
