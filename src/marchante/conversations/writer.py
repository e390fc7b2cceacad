"""Whose conversation this is: the customer behind its messages, locked, as WhatsApp says they are now."""

from collections.abc import Sequence
from datetime import datetime

from marchante.accounts.people import change_identity
from marchante.channels.whatsapp.inbound import SystemMessage, decode_message
from marchante.channels.whatsapp.wire import decode_identity
from marchante.conversations.claims import Claim, PendingRow
from marchante.customers.domain import ContactIdentity, CustomerRow
from marchante.customers.service import known_customer, locked_by_key, locked_customer
from marchante.foundation.database.connection import Connection

_NEW_IDENTITY = {"user_changed_number", "user_changed_user_id"}


async def who_wrote(connection: Connection, claim: Claim, rows: Sequence[PendingRow], now: datetime) -> CustomerRow:
    """The customer who wrote these. A timer carries no identity: the conversation's key names them."""
    written = [row for row in rows if row.kind != "timer"]
    if not written:
        return await locked_by_key(connection, claim.customer_key, now)
    who = decode_identity(written[-1].raw)
    identity = ContactIdentity(who.phone, who.bsuid, who.username, who.profile_name)
    changes = [(row.sent_at, after) for row in written if (after := _announced(row)) is not None]
    if changes and await known_customer(connection, identity) is None:
        # Heard of before by the news of their account, or never heard of: who they are now is all that counts.
        identity = changes[0][1]
    customer = await locked_customer(connection, identity, now)
    for at, after in changes:
        customer = await change_identity(connection, claim.company_id, customer, after, at, now)
    return customer


def _announced(row: PendingRow) -> ContactIdentity | None:
    """The phone or BSUID this person has from now on, when that is what the message says."""
    message = decode_message(row.raw) if row.type == "system" and row.kind == "message" else None
    if not isinstance(message, SystemMessage) or message.kind not in _NEW_IDENTITY:
        return None
    after = ContactIdentity(wa_id=message.new_wa_id, bsuid=message.new_bsuid)
    return None if after == ContactIdentity() else after
