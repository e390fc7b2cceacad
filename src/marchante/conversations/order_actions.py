"""What a tap does to an order already placed. Each carries the order and the version it was shown for."""

from dataclasses import dataclass

from marchante.conversations.action import Action


@dataclass(frozen=True)
class OrderAction(Action):
    """Acts on one version of one order of this customer, and on no other."""

    order_id: int
    order_version: int


@dataclass(frozen=True)
class ChangeOrder(OrderAction):
    NAME = "reopen"


@dataclass(frozen=True)
class AskToCancel(OrderAction):
    NAME = "unorder"


@dataclass(frozen=True)
class CancelOrder(OrderAction):
    NAME = "unordered"


@dataclass(frozen=True)
class KeepOrder(OrderAction):
    NAME = "keep_order"


@dataclass(frozen=True)
class AcceptProposal(OrderAction):
    """Yes to what it weighed, or to the other product."""

    NAME = "accept"


@dataclass(frozen=True)
class RemoveProposed(OrderAction):
    """Without that line."""

    NAME = "leave_out"


@dataclass(frozen=True)
class RefuseProposal(OrderAction):
    """Neither: the shop should think of something else."""

    NAME = "refuse"


@dataclass(frozen=True)
class TalkAboutOrder(OrderAction):
    """A person is asked for, about this order."""

    NAME = "talk"
