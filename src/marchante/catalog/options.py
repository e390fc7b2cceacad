"""Extras and fillings: what is chosen inside a product, in groups ("Guiso": one; "Extras": up to three)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from marchante.foundation.kernel.errors import Invalid
from marchante.foundation.kernel.money import ZERO


@dataclass(frozen=True, slots=True)
class Option:
    """`price_delta` in pesos per unit of the product. `product_id` names the product without a price that this is.

    `id` is 0 for one that is not stored yet.
    """

    name: str
    price_delta: Decimal = ZERO
    product_id: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Raises Invalid `bad_option_group` for a group nobody can choose from, or one that names an option twice."""

    name: str
    options: tuple[Option, ...]
    min_choices: int = 0
    max_choices: int = 1

    def __post_init__(self) -> None:
        names = [option.name.strip().casefold() for option in self.options]
        if not self.name.strip() or not all(names) or len(set(names)) < len(names):
            raise Invalid(
                f"a group needs a name and options with different names: {self.name!r}", code="bad_option_group"
            )
        if not 0 <= self.min_choices <= min(self.max_choices, len(self.options)) or self.max_choices < 1:
            raise Invalid(f"nobody can choose in {self.name!r}", code="bad_option_group")

    def accepts(self, chosen: Collection[int]) -> bool:
        """Whether these ids of options are of this group, different, and neither too few nor too many."""
        different = set(chosen)
        known = {option.id for option in self.options}
        return (
            len(different) == len(chosen) and different <= known and self.min_choices <= len(chosen) <= self.max_choices
        )


def price_with(price: Decimal | None, chosen: Sequence[Option]) -> Decimal:
    """The unit price of a product with what was chosen, never under zero; a product without a price adds nothing."""
    return max(ZERO, (price or ZERO) + sum((option.price_delta for option in chosen), ZERO))
