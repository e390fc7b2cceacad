"""Sizes as names and customers state them, comparable across units."""

from dataclasses import dataclass
from decimal import Decimal

from marchante.understanding.lexicon.words import LENGTH_IN_METRES, MASS_IN_KG, VOLUME_IN_LITRES
from marchante.understanding.normalize import word_key

_MILLILITRES = 1000
PERSONS = word_key("personas")
"""The unit of what is sized by how many it is for: *mantel 8-12 personas*, *pastel (20 pers)*."""
_NEAR = Decimal("0.001")


def is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


@dataclass(frozen=True, slots=True)
class Size:
    """`unit` is a unit's code (`ml`), the key of a counted noun (`oja`), or empty where only a number was said."""

    value: Decimal
    unit: str = ""
    least: Decimal | None = None
    """Of a range (*hasta 100 hojas*, *10 a 25 kg*) the other end."""

    @property
    def kilos(self) -> Decimal | None:
        factor = MASS_IN_KG.get(self.unit)
        return self.value * factor if factor else None

    @property
    def litres(self) -> Decimal | None:
        factor = VOLUME_IN_LITRES.get(self.unit)
        return self.value * factor if factor else None

    @property
    def metres(self) -> Decimal | None:
        factor = LENGTH_IN_METRES.get(self.unit)
        return self.value * factor if factor else None

    def fits(self, said: "Size") -> bool:
        """Tell whether a customer who says `said` may mean this size: 600 is 600 ml, half a litre is 500 ml."""
        if self.least is not None and said.unit in {"", self.unit}:
            return self.least <= said.value <= self.value
        if not said.unit:
            return self.value == said.value or (said.value < 1 and said.value in (self.kilos, self.litres))
        if not self.unit:
            if said.litres is not None:  # *Coca 1.5*, *Coca 600*
                return said.litres in (self.value, self.value / _MILLILITRES)
            return self.value == said.value and said.kilos is None
        if self.unit == said.unit:
            return self.value == said.value
        for mine, theirs in ((self.kilos, said.kilos), (self.litres, said.litres), (self.metres, said.metres)):
            if mine is not None and theirs is not None:
                return abs(mine - theirs) < _NEAR
        return False
