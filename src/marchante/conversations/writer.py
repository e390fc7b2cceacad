"""Whose conversation this is: the customer behind its messages, locked, as WhatsApp says they are now."""

from collections.abc import Sequence
from datetime import datetime

from marchante.accounts.people import change_identity
from marchante.channels.whatsapp.inbound import SystemMessage, decode_message
from marchante.channels.whatsapp.wire import decode_identity
from marchante.conversations.claims import Claim, PendingRow
from marchante.customers.domain import ContactIdentity, CustomerRow
from marchante.customers.service import locked_by_key, locked_customer
from marchante.foundation.database.connection import Connection

_NEW_IDENTITY = {"user_changed_number", "user_changed_user_id"}


async def who_wrote(connection: Connection, claim: Claim, rows: Sequence[PendingRow], now: datetime) -> CustomerRow:
    """The customer who wrote these. A timer carries no identity: the conversation's key names them."""
    written = [row for row in rows if row.kind != "timer"]
    if not written:
        return await locked_by_key(connection, claim.customer_key, now)
    who = decode_identity(written[-1].raw)
    identity = ContactIdentity(who.phone, who.bsuid, who.username, who.profile_name)
    customer = await locked_customer(connection, identity, now)
    for row in written:
        after = _announced(row)
        if after is not None:
            customer = await change_identity(connection, claim.company_id, customer, after, row.sent_at, now)
    return customer


def _announced(row: PendingRow) -> ContactIdentity | None:
    """The phone or BSUID this person has from now on, when that is what the message says."""
    message = decode_message(row.raw) if row.type == "system" and row.kind == "message" else None
    if not isinstance(message, SystemMessage) or message.kind not in _NEW_IDENTITY:
        return None
    after = ContactIdentity(wa_id=message.new_wa_id, bsuid=message.new_bsuid)
    return None if after == ContactIdentity() else after
