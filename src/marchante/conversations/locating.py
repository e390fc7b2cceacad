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


@dataclass(frozen=True)
class KeepLocation(Action):
    """The shared location will do, without an address."""

    NAME = "pin"


@dataclass(frozen=True)
class AcceptPlace(Action):
    """The address found for the shared location is right."""

    NAME = "thisplace"


@dataclass(frozen=True)
class AddAddress(Action):
    NAME = "addplace"


@dataclass(frozen=True)
class WriteAddress(Action):
    """An address field by field."""

    NAME = "steps"


@dataclass(frozen=True)
class CorrectAddress(Action):
    """Of the order in hand."""

    NAME = "correct"


@dataclass(frozen=True)
class CorrectThis(Action):
    """Of the saved ones."""

    NAME = "correctplace"

    address_id: int


@dataclass(frozen=True)
class EditPart(Action):
    """`number`: which of the fields."""

    NAME = "part"

    number: int


@dataclass(frozen=True)
class KeepPart(Action):
    """As it is, or left out."""

    NAME = "samepart"


@dataclass(frozen=True)
class AcceptAddress(Action):
    NAME = "complete"
