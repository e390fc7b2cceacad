"""Who wrote: the customer behind a phone, a BSUID or both, found or created and held for the length of a turn."""

from dataclasses import replace
from datetime import datetime, timedelta

from marchante.customers import identity_repository, merging, repository
from marchante.customers.domain import ContactIdentity, Customer, CustomerRow, Resolution, resolve
from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import Invalid, Transient

# A customer is marked as seen once an hour at the most: a write per message would tell nobody more.
_SEEN_EVERY = timedelta(hours=1)
_ATTEMPTS = 5
# Webhooks overtake each other: what was written under a new identity may come in before the news of it.
_OUT_OF_ORDER = timedelta(minutes=10)


async def locked_customer(connection: Connection, identity: ContactIdentity, now: datetime) -> CustomerRow:
    """The customer who wrote, created when unknown, their row locked until the transaction ends.

    One round trip for somebody known with nothing new about them. Whatever changes (a new identity, a recycled number,
    two rows found to be one person) is written and looked at again.

    Raises Invalid `identity_missing` for neither phone nor BSUID, Transient when others keep changing the same person.
    """
    if identity.phone_key is None and identity.bsuid is None:
        raise Invalid("a customer needs a phone or a BSUID", code="identity_missing")
    for _ in range(_ATTEMPTS):
        by_bsuid, by_phone = await repository.lock_by_identity(connection, identity.phone_key, identity.bsuid)
        found = resolve(identity, by_bsuid, by_phone)
        if await _settle(connection, found, identity, now):
            continue
        if found.keep is not None:
            return await _refreshed(connection, found.keep, identity, now)
        customer_id = await repository.insert(connection, identity, now)
        if customer_id is not None:
            return await _newcomer(connection, customer_id, identity, now)
    raise Transient("the identities of this customer keep changing", code="customer_contended")


async def locked_by_key(connection: Connection, customer_key: str, now: datetime) -> CustomerRow:
    """The customer of a conversation ("b:MX.1349…" or "p:+525500000000") when no message says more: for timers.

    Nothing known about them is overwritten. Raises ValueError for a key of neither form.
    """
    kind, _, value = customer_key.partition(":")
    if not value or kind not in {"b", "p"}:
        raise ValueError(f"not the key of a conversation: {customer_key!r}")
    phone, bsuid = (value, None) if kind == "p" else (None, value)
    by_bsuid, by_phone = await repository.lock_by_identity(connection, phone, bsuid)
    return by_bsuid or by_phone or await locked_customer(connection, ContactIdentity(phone, bsuid), now)


async def known_customer(connection: Connection, identity: ContactIdentity) -> CustomerRow | None:
    """The customer who holds this BSUID, else this phone, their row locked; None for somebody who never wrote."""
    by_bsuid, by_phone = await repository.lock_by_identity(connection, identity.phone_key, identity.bsuid)
    if by_bsuid is None and by_phone is not None and None not in {identity.bsuid, by_phone.bsuid}:
        return None  # the phone is somebody else's by now
    return by_bsuid or by_phone


async def identity_changed(
    connection: Connection, known: CustomerRow, after: ContactIdentity, at: datetime, now: datetime
) -> CustomerRow:
    """WhatsApp announced that since `at` this person has another phone or BSUID: the customer stays the same.

    Whoever has written since then under the new identity is that same person, and is merged. Whoever held the new phone
    before is somebody else whose number was given away: they lose the number and nothing of theirs is shown.
    """
    by_bsuid, by_phone = await repository.lock_by_identity(connection, after.phone_key, after.bsuid)
    if by_bsuid is not None and by_bsuid.id != known.id:
        await merging.absorb(connection, keep=known.id, lose=by_bsuid.id, now=now)
    if by_phone is not None and by_phone.id not in {known.id, by_bsuid.id if by_bsuid else None}:
        if await repository.first_seen(connection, by_phone.id) >= at - _OUT_OF_ORDER:
            await merging.absorb(connection, keep=known.id, lose=by_phone.id, now=now)
        else:
            await identity_repository.retire(connection, "phone", [by_phone.id], now)
    moved = after.phone_key is not None and after.phone_key != known.phone_key
    if after.bsuid is not None and after.bsuid != known.bsuid:
        await identity_repository.retire(connection, "bsuid", [known.id], now)
        await identity_repository.attach(connection, known.id, "bsuid", after.bsuid, None, now)
    elif moved:
        # A BSUID ends with the phone it was made for; the new one comes with the next message.
        await identity_repository.retire_before(connection, "bsuid", known.id, at - _OUT_OF_ORDER, now)
    if moved and after.phone_key is not None:
        await identity_repository.retire(connection, "phone", [known.id], now)
        await identity_repository.attach(connection, known.id, "phone", after.phone_key, after.wa_id, now)
        await repository.touch(connection, known.id, None, after.wa_id, now)
    changed = await repository.find(connection, known.id)
    assert changed is not None
    return changed


async def _settle(connection: Connection, found: Resolution, identity: ContactIdentity, now: datetime) -> bool:
    """Make the tables say what was found; True when something was written, so that it must be read again."""
    if found.give_up_phone:
        await identity_repository.retire(connection, "phone", found.give_up_phone, now)
        return True
    if found.keep is not None and found.absorb is not None:
        await merging.absorb(connection, keep=found.keep.id, lose=found.absorb.id, now=now)
        return True
    if found.keep is not None and identity.bsuid is not None and found.keep.bsuid is None:
        await identity_repository.attach(connection, found.keep.id, "bsuid", identity.bsuid, None, now)
        return True
    if found.keep is not None and identity.phone_key is not None and found.keep.phone_key is None:
        await identity_repository.attach(connection, found.keep.id, "phone", identity.phone_key, identity.wa_id, now)
        return True
    return False


async def _refreshed(
    connection: Connection, known: CustomerRow, identity: ContactIdentity, now: datetime
) -> CustomerRow:
    """What the message says anew about somebody known; most messages say nothing."""
    if identity.wa_id is not None and identity.wa_id != known.wa_id:
        await identity_repository.respell_phone(connection, known.id, identity.wa_id)
    if identity.username is not None and identity.username != known.username:
        await identity_repository.take_username(connection, known.id, identity.username, now)
    name = None if known.customer.name_told else _new(identity.profile_name, known.customer.name)
    phone = _new(identity.wa_id, known.customer.phone)
    if name or phone or known.last_seen_at is None or now - known.last_seen_at >= _SEEN_EVERY:
        await repository.touch(connection, known.id, name, phone, now)
    customer = replace(known.customer, name=name or known.customer.name, phone=phone or known.customer.phone)
    return replace(
        known,
        customer=customer,
        wa_id=identity.wa_id or known.wa_id,
        username=identity.username or known.username,
        last_seen_at=now,
    )


def _new(said: str | None, known: str | None) -> str | None:
    return said if said and said != known else None


async def _newcomer(connection: Connection, customer_id: int, identity: ContactIdentity, now: datetime) -> CustomerRow:
    if identity.username is not None:
        await identity_repository.take_username(connection, customer_id, identity.username, now)
    customer = Customer(
        id=customer_id, name=identity.profile_name, phone=identity.wa_id, is_new=True, notice_given=False
    )
    return CustomerRow(customer, identity.wa_id, identity.bsuid, identity.username, now)
