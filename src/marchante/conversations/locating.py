"""What a tap says about places: where the shop comes to, and where the customer is."""

from dataclasses import dataclass

from marchante.conversations.action import Action


@dataclass(frozen=True)
class AskCoverage(Action):
    """Whether the shop comes to a place that is still to be said."""

    NAME = "reach"


@dataclass(frozen=True)
class ChooseColonia(Action):
    """`number`: which of those that were offered."""

    NAME = "colonia"

    number: int


@dataclass(frozen=True)
class OtherColonia(Action):
    NAME = "elseplace"


@dataclass(frozen=True)
class PickUpOrder(Action):
    """Begin an order that is fetched."""

    NAME = "fetch"
