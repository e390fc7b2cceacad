"""News of a customer: another phone or BSUID, promotions wanted or not. In one company's transaction."""

from datetime import datetime

from marchante.accounts import chat_repository
from marchante.customers import marketing
from marchante.customers.domain import ContactIdentity, CustomerRow
from marchante.customers.service import identity_changed, known_customer
from marchante.foundation.database.connection import Connection


async def change_identity(
    connection: Connection, company_id: int, known: CustomerRow, after: ContactIdentity, at: datetime, now: datetime
) -> CustomerRow:
    """Since `at` this person has that phone or BSUID: the same customer, with all that waits for them."""
    key = known.customer_key
    changed = await identity_changed(connection, known, after, at, now)
    new_key = changed.customer_key
    if key is not None and new_key is not None and new_key != key:
        await chat_repository.move_chat(connection, company_id, key, new_key, changed.wa_id, changed.bsuid)
        await chat_repository.move_handoff(connection, changed.id, new_key)
    return changed


async def change_user_id(
    connection: Connection, company_id: int, previous: str, current: str, at: datetime, now: datetime
) -> bool:
    """False when nobody is known by the previous BSUID.

    The phone in such news is not believed: whether it is the old one or the new one is nowhere said, and the next
    message tells.
    """
    known = await known_customer(connection, ContactIdentity(bsuid=previous))
    if known is None:
        return False
    await change_identity(connection, company_id, known, ContactIdentity(bsuid=current), at, now)
    return True


async def choose_marketing(
    connection: Connection, company_id: int, customer_id: int, *, wanted: bool, at: datetime
) -> None:
    """Keep what a customer decided about promotions, where audiences are made and where the sender looks."""
    keys = await marketing.decide(connection, customer_id, wanted=wanted, at=at)
    if keys:
        await chat_repository.stop_marketing(connection, company_id, keys, stopped=not wanted)
