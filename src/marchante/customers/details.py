"""What a customer tells about themselves: names and e-mail. The phone is WhatsApp's and cannot be changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from marchante.companies.contact import read_email
from marchante.customers import details_repository as repository
from marchante.customers.domain import CustomerDetails, read_name
from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import NotFound


async def details_of(connection: Connection, customer_id: int) -> CustomerDetails:
    """Raises NotFound `customer_not_found`."""
    found = await repository.find(connection, customer_id)
    if found is None:
        raise NotFound(f"no customer {customer_id}", code="customer_not_found")
    return found


async def change_details(
    connection: Connection, customer_id: int, given: Mapping[str, str], now: datetime
) -> CustomerDetails:
    """Replace what is given of name, paternal_surname, maternal_surname and email; "" forgets it.

    Raises Invalid `bad_name` or `bad_email`, NotFound `customer_not_found`.
    """
    read = {name: _read(name, text) for name, text in given.items()}
    details = replace(await details_of(connection, customer_id), **read)
    await repository.write(connection, customer_id, details, name_told=bool(read.get("name")), now=now)
    return details


def _read(field: str, text: str) -> str | None:
    said = " ".join(text.split())
    if not said:
        return None
    return read_email(said) if field == "email" else read_name(said)
