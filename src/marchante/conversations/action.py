"""What every button and list row has in common: its id carries what it acts on."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import ClassVar


@dataclass(frozen=True)
class Action:
    """Base of everything that can be tapped."""

    NAME: ClassVar[str] = ""

    def encode(self) -> str:
        """The id of the button or row."""
        values = (getattr(self, each.name) for each in fields(self))
        return ":".join((self.NAME, *(_written(value) for value in values)))


@dataclass(frozen=True)
class CartAction(Action):
    """Acts on one version of the cart, and on no other."""

    cart_version: int


def _written(value: int | Decimal) -> str:
    return str(value) if isinstance(value, int) else format(value, "f")
