"""What the SAT wants to know of whoever asks for an invoice (CFDI 4.0)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Literal

from marchante.companies.contact import read_rfc
from marchante.foundation.kernel.errors import Invalid

RfcFault = Literal["malformed", "check_digit", "generic"]
GENERIC_RFCS = frozenset({"XAXX010101000", "XEXX010101000"})
_PERSON = 13
_ALPHABET = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"

# Code of the SAT: name, for whom ("p" persons, "c" companies). Those a corner shop's customers have come first.
REGIMES: dict[str, tuple[str, str]] = {
    "612": ("Actividad empresarial y profesional", "p"),
    "626": ("RESICO (simplificado de confianza)", "pc"),
    "605": ("Sueldos y salarios", "p"),
    "601": ("General de Ley Personas Morales", "c"),
    "603": ("Personas Morales sin fines de lucro", "c"),
    "606": ("Arrendamiento", "p"),
    "616": ("Sin obligaciones fiscales", "p"),
    "625": ("Plataformas tecnológicas", "p"),
    "621": ("Incorporación fiscal", "p"),
    "607": ("Enajenación de bienes", "p"),
    "608": ("Demás ingresos", "p"),
    "610": ("Residentes en el extranjero", "pc"),
    "611": ("Dividendos", "p"),
    "614": ("Intereses", "p"),
    "615": ("Premios", "p"),
    "620": ("Sociedades cooperativas", "c"),
    "622": ("Actividades agrícolas y ganaderas", "c"),
    "623": ("Opcional para grupos", "c"),
    "624": ("Coordinados", "c"),
}
USES: dict[str, str] = {
    "G03": "Gastos en general",
    "G01": "Compra de mercancías",
    "S01": "Sin efectos fiscales",
}
# Whoever is taxed so deducts no purchases: the SAT refuses any other use.
_ONLY_WITHOUT_EFFECT = frozenset({"605", "607", "608", "610", "611", "614", "615", "616"})


@dataclass(frozen=True, slots=True)
class InvoiceData:
    """All of it is known; the codes are the SAT's."""

    rfc: str
    name: str
    zip_code: str
    regime: str
    use: str


@dataclass(frozen=True, slots=True)
class InvoiceForm:
    """As far as it is known; "" is missing."""

    rfc: str = ""
    name: str = ""
    zip_code: str = ""
    regime: str = ""
    use: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(field.name for field in fields(self) if not getattr(self, field.name))

    def with_what(self, said: "InvoiceForm") -> "InvoiceForm":
        """What is said now replaces what was known; what follows from it is filled in, what contradicts it dropped."""
        merged = replace(self, **{name: value for name, value in asdict(said).items() if value})
        if merged.rfc and merged.regime and merged.regime not in regimes_for(merged.rfc):
            merged = replace(merged, regime="")
        if merged.regime in _ONLY_WITHOUT_EFFECT:
            merged = replace(merged, use="S01")
        return merged

    def complete(self) -> InvoiceData | None:
        return None if self.missing else InvoiceData(self.rfc, self.name, self.zip_code, self.regime, self.use)


def read_tax_id(text: str) -> str:
    """An RFC one can be invoiced with. Raises Invalid `malformed`, `check_digit` or `generic`."""
    try:
        rfc = read_rfc(text)
    except Invalid as error:
        raise Invalid(error.message, code="malformed") from error
    if rfc in GENERIC_RFCS:
        raise Invalid("the generic RFC stands for nobody", code="generic")
    if rfc[-1] != _check_digit(rfc):
        raise Invalid(f"the last character of {rfc} does not fit the others", code="check_digit")
    return rfc


def _check_digit(rfc: str) -> str:
    """As the SAT reckons it: a company's 12 characters stand behind a blank."""
    body = rfc[:-1].rjust(_PERSON - 1)
    weighed = sum(_ALPHABET.index(char) * (_PERSON - place) for place, char in enumerate(body))
    return "0A987654321"[weighed % 11] if weighed % 11 else "0"


def regimes_for(rfc: str) -> dict[str, str]:
    """The regimes this RFC can have, the usual ones first; all of them for an RFC not known yet."""
    wanted = "p" if len(rfc) == _PERSON else "c" if rfc else ""
    return {code: name for code, (name, who) in REGIMES.items() if wanted in who}


def regime_name(code: str) -> str:
    return REGIMES[code][0]


def from_saved(saved: Mapping[str, str] | None) -> InvoiceData | None:
    """As it was kept with the customer."""
    return InvoiceForm(**{field.name: (saved or {}).get(field.name, "") for field in fields(InvoiceForm)}).complete()
