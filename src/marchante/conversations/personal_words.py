"""What customers say of themselves: their data, their e-mail, their invoice. Vocabulary for reading, not copy."""

import re
from typing import Literal

from marchante.catalog.words import plain
from marchante.conversations.words import bare

_INVOICE = re.compile(r"\b(?:factura(?:[rs]|me|rme|n|nme)?|facture(?:n|me|nme)?|facturacion|cfdi)\b")


def asks_for_invoice(text: str) -> bool:
    """As in "¿me facturas?", "con factura porfa"."""
    return _INVOICE.search(plain(text)) is not None


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
