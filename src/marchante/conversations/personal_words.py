"""What customers say of themselves: their data, their e-mail, their invoice. Vocabulary for reading, not copy."""

import re
from typing import Literal

from marchante.catalog.words import plain
from marchante.conversations.words import bare

_INVOICE = re.compile(r"\b(?:factura(?:[rs]|me|rme|n|nme)?|facture(?:n|me|nme)?|facturacion|cfdi)\b")


_NO_INVOICE = re.compile(r"\b(?:sin|no)\b(?: \w+){0,3} (?:factura\w*|facture\w*)\b")
_COMES = r"(?:lleg|recib|mand|envi)"
_INVOICE_LATE = re.compile(rf"\b(?:no|aun|todavia|cuando)\b.*\b{_COMES}\w* .*\bfactura|\bfactura\b.*\bno\b.*\b{_COMES}")
_PAID = r"(?:transferencia|deposito|pago)"
_TRANSFERRED = re.compile(
    rf"\bya (?:te |le |les |lo |la )?(?:transferi|deposite|pague|hice (?:el|la|mi) {_PAID})\b"
    rf"|\bya (?:quedo|esta|salio) (?:el|la|tu|su) {_PAID}\b|\b(?:te|le) (?:mando|paso) el comprobante\b"
)
_ACCOUNT = re.compile(
    r"\bclabe\b|\bnumero de (?:cuenta|tarjeta)\b"
    r"|\bdatos (?:de|para) (?:la |el |tu |su )?(?:transfer\w*|depos\w*|pag\w*)"
    r"|\ba (?:donde|que cuenta) (?:te |le |les )?(?:transfiero|deposito|pago)\b"
    r"|\bcuenta para (?:transferir|depositar|pagar)\w*|\bpas\w* (?:tu|su|la) cuenta\b"
)


def asks_for_invoice(text: str) -> bool:
    """As in "¿me facturas?", "con factura porfa"; not in "sin factura", "no me ha llegado la factura"."""
    said = plain(text)
    return _INVOICE.search(said) is not None and not refuses_invoice(text) and not misses_invoice(text)


def refuses_invoice(text: str) -> bool:
    return _NO_INVOICE.search(plain(text)) is not None and not misses_invoice(text)


def misses_invoice(text: str) -> bool:
    """It was asked for and has not come."""
    return _INVOICE_LATE.search(plain(text)) is not None


def says_transferred(text: str) -> bool:
    """As in "ya te transferí"."""
    return _TRANSFERRED.search(plain(text)) is not None


def asks_for_account(text: str) -> bool:
    """As in "¿me pasas la CLABE?", "¿a dónde te deposito?"."""
    return _ACCOUNT.search(plain(text)) is not None


PersonalWish = Literal["see", "edit", "phone", "erase"]
_PERSONAL: dict[PersonalWish, str] = {
    "see": "mis datos, ver mis datos, mi perfil, que datos tienes mios, que datos tienen de mi",
    "edit": "cambiar mis datos, actualizar mis datos, corregir mis datos, modificar mis datos, "
    "quiero cambiar mis datos, cambiar mi nombre, corregir mi nombre, mi nombre esta mal, "
    "cambiar mis apellidos, cambiar mi correo, actualizar mi correo, cambiar mi email",
    "phone": "cambiar mi telefono, cambiar mi numero, actualizar mi telefono, actualizar mi numero, "
    "cambie de numero, cambie de telefono, quiero cambiar mi telefono, quiero cambiar mi numero",
    "erase": "borra mis datos, borrar mis datos, elimina mis datos, eliminar mis datos, quiero que borren mis datos",
}
_PERSONAL_WISH = {phrase: wish for wish, listed in _PERSONAL.items() for phrase in listed.split(", ")}
_EMAIL = re.compile(r"[^\s@,;:<>]+@[^\s@,;:<>]+")


def personal_wish(text: str) -> PersonalWish | None:
    """What is wanted of one's own data."""
    return _PERSONAL_WISH.get(bare(text))


def typed_email(text: str) -> str | None:
    """The e-mail in "mi correo es lupita@correo.com", however wrong."""
    found = _EMAIL.search(text)
    return found[0].rstrip(".") if found else None
