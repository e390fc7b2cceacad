"""SQL of customers and their identities. Every function takes a connection inside one company's transaction."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from asyncpg import Record

from marchante.customers.domain import (
    MAX_ADDRESS,
    MAX_ADDRESSES,
    Address,
    AddressParts,
    ContactIdentity,
    Customer,
    CustomerRow,
    NewAddress,
    address_line,
)
from marchante.customers.invoicing import from_saved
from marchante.foundation.database.connection import Connection
from marchante.foundation.kernel.errors import Invalid, NotFound

_LIVE = (
    "SELECT {} FROM customer_identities o WHERE o.customer_id = c.id AND o.kind = '{}' AND o.retired_at IS NULL LIMIT 1"
)

# Texts only, coordinates too: JSON numbers would come back as floats.
_ADDRESSES = """
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'id', a.id, 'name', a.address_name, 'typed', a.typed, 'street', a.street, 'number', a.number,
        'colony', a.colony, 'between_streets', a.between_streets, 'city', a.city, 'state', a.state,
        'zip_code', a.zip_code, 'observations', a.observations, 'is_default', a.is_default,
        'latitude', a.latitude::text, 'longitude', a.longitude::text) ORDER BY a.is_default DESC, a.id DESC), '[]')
    FROM customer_addresses a WHERE a.customer_id = c.id AND a.deleted_at IS NULL"""

_PARTS = tuple(field.name for field in msgspec.structs.fields(AddressParts))

_COLUMNS = f"""
    c.id, c.name, c.phone, c.paternal_surname, c.maternal_surname, c.email, c.invoice_data, c.name_told,
    c.marketing_stopped,
    c.privacy_notice_at IS NOT NULL AS notice_given,
    c.last_seen_at,
    ({_LIVE.format("o.raw", "phone")}) AS wa_id, ({_LIVE.format("o.value", "bsuid")}) AS bsuid,
    ({_LIVE.format("o.value", "username")}) AS username, ({_ADDRESSES}) AS addresses"""


async def lock_by_identity(
    connection: Connection, phone_key: str | None, bsuid: str | None
) -> tuple[CustomerRow | None, CustomerRow | None]:
    """The customers that hold this BSUID and this phone (often the same one), their rows locked in the order of ids.

    The identities are locked too: whoever waited for a turn that moved one must see where it went.
    """
    rows = await connection.fetch(
        f"""SELECT i.kind, {_COLUMNS}
            FROM customer_identities i JOIN customers c ON c.id = i.customer_id
            WHERE i.retired_at IS NULL
              AND (i.kind = 'bsuid' AND i.value = $1 OR i.kind = 'phone' AND i.value = $2)
            ORDER BY c.id, i.id FOR NO KEY UPDATE OF c, i""",
        bsuid,
        phone_key,
    )
    held = {row["kind"]: _customer_row(row) for row in rows}
    return held.get("bsuid"), held.get("phone")


async def find(connection: Connection, customer_id: int) -> CustomerRow | None:
    """The customer as committed, not locked."""
    row = await connection.fetchrow(f"SELECT {_COLUMNS} FROM customers c WHERE c.id = $1", customer_id)
    return None if row is None else _customer_row(row)


async def insert(connection: Connection, identity: ContactIdentity, now: datetime) -> int | None:
    """A new customer with this phone and BSUID, in one round trip; the id, or None when somebody else was faster.

    The identities go first and skip what another transaction just took; the customer follows if any was free. So two
    turns that meet the same stranger end with one customer, without an error that would cost the transaction.
    """
    keys = _keys(identity)
    row = await connection.fetchrow(
        """WITH fresh AS MATERIALIZED (SELECT nextval(pg_get_serial_sequence('customers', 'id')) AS id),
                taken AS (
                    INSERT INTO customer_identities (customer_id, kind, value, raw, created_at)
                    SELECT fresh.id, k.kind, k.value, k.raw, $6
                    FROM fresh, unnest($1::text[], $2::text[], $3::text[]) AS k (kind, value, raw) ORDER BY k.kind
                    ON CONFLICT (kind, value) WHERE retired_at IS NULL DO NOTHING
                    RETURNING kind)
           INSERT INTO customers (id, name, phone, last_seen_at, created_at, updated_at)
           SELECT fresh.id, $4, $5, $6, $6, $6 FROM fresh WHERE EXISTS (SELECT FROM taken)
           RETURNING id, (SELECT count(*) FROM taken) AS taken""",
        [kind for kind, _, _ in keys],
        [value for _, value, _ in keys],
        [raw for _, _, raw in keys],
        identity.profile_name,
        identity.wa_id,
        now,
    )
    return None if row is None or row["taken"] < len(keys) else int(row["id"])


async def first_seen(connection: Connection, customer_id: int) -> datetime:
    """When this customer was created. The row is the caller's, locked."""
    seen: datetime = await connection.fetchval("SELECT created_at FROM customers WHERE id = $1", customer_id)
    return seen


async def touch(connection: Connection, customer_id: int, name: str | None, phone: str | None, now: datetime) -> None:
    """Write when they were seen, and the name and phone where one is given."""
    await connection.execute(
        """UPDATE customers SET name = coalesce($2, name), phone = coalesce($3, phone), last_seen_at = $4,
                                updated_at = $4
           WHERE id = $1""",
        customer_id,
        name,
        phone,
        now,
    )


async def mark_notice_given(connection: Connection, customer_id: int, now: datetime) -> None:
    """The privacy notice went out; the first time counts."""
    await connection.execute(
        "UPDATE customers SET privacy_notice_at = $2 WHERE id = $1 AND privacy_notice_at IS NULL", customer_id, now
    )


async def add_address(connection: Connection, customer_id: int, new: NewAddress, now: datetime) -> int:
    """Keep an address; its id. The first becomes the default; the same text is kept once, with what is known of it now.

    A customer has 20 at most: the oldest that is not the default makes room. Raises Invalid `address_missing`.
    """
    line = " ".join(new.typed.split())[:MAX_ADDRESS]
    if not line:
        raise Invalid("an address needs a text", code="address_missing")
    columns = (line, new.latitude, new.longitude, *(_cut(getattr(new.parts, name)) for name in _PARTS))
    known: int | None = await connection.fetchval(
        f"""UPDATE customer_addresses SET latitude = coalesce($4, latitude), longitude = coalesce($5, longitude),
                   {", ".join(f"{name} = coalesce(${place}, {name})" for place, name in enumerate(_PARTS, 6))},
                   updated_at = $2
            WHERE customer_id = $1 AND deleted_at IS NULL AND lower(typed) = lower($3) RETURNING id""",
        customer_id,
        now,
        *columns,
    )
    if known is not None:
        return known
    await connection.execute(
        """UPDATE customer_addresses SET deleted_at = $2, updated_at = $2
           WHERE id IN (SELECT id FROM customer_addresses WHERE customer_id = $1 AND deleted_at IS NULL
                        ORDER BY is_default DESC, id DESC OFFSET $3)""",
        customer_id,
        now,
        MAX_ADDRESSES - 1,
    )
    added: int = await connection.fetchval(
        f"""INSERT INTO customer_addresses (customer_id, created_at, updated_at, typed, latitude, longitude,
                                            {", ".join(_PARTS)}, is_default)
            SELECT $1, $2, $2, $3, $4, $5, {", ".join(f"${place}" for place, _ in enumerate(_PARTS, 6))},
                   NOT EXISTS (SELECT FROM customer_addresses
                               WHERE customer_id = $1 AND is_default AND deleted_at IS NULL)
            RETURNING id""",
        customer_id,
        now,
        *columns,
    )
    return added


async def change_address(
    connection: Connection, customer_id: int, address_id: int, new: NewAddress, now: datetime
) -> None:
    """Write an address anew; its point on the map is forgotten when street, number or colonia are others.

    Raises NotFound `address_not_found`, Invalid `address_missing`.
    """
    line = " ".join(new.typed.split())[:MAX_ADDRESS]
    if not line:
        raise Invalid("an address needs a text", code="address_missing")
    await _require_address(connection, customer_id, address_id)
    moved = "(street, number, colony) IS DISTINCT FROM ($4, $5, $6)"
    await connection.execute(
        f"""UPDATE customer_addresses SET updated_at = $2, typed = $3,
                   latitude = CASE WHEN {moved} THEN NULL ELSE latitude END,
                   longitude = CASE WHEN {moved} THEN NULL ELSE longitude END,
                   {", ".join(f"{name} = ${place}" for place, name in enumerate(_PARTS, 4))}
            WHERE id = $1""",
        address_id,
        now,
        line,
        *(_cut(getattr(new.parts, name)) for name in _PARTS),
    )


def _cut(part: str | None) -> str | None:
    return part[:MAX_ADDRESS] if part else None


async def set_default_address(connection: Connection, customer_id: int, address_id: int, now: datetime) -> None:
    """From now on orders go there unless the customer says otherwise. Raises NotFound `address_not_found`."""
    await _require_address(connection, customer_id, address_id)
    await connection.execute(
        """UPDATE customer_addresses SET is_default = false, updated_at = $2
           WHERE customer_id = $1 AND is_default AND deleted_at IS NULL""",
        customer_id,
        now,
    )
    await connection.execute(
        "UPDATE customer_addresses SET is_default = true, updated_at = $2 WHERE id = $1", address_id, now
    )


async def delete_address(connection: Connection, customer_id: int, address_id: int, now: datetime) -> None:
    """Offer this address no more; orders that went there keep it. The newest left becomes the default where needed.

    Raises NotFound `address_not_found`.
    """
    await _require_address(connection, customer_id, address_id)
    await connection.execute(
        "UPDATE customer_addresses SET deleted_at = $2, updated_at = $2 WHERE id = $1", address_id, now
    )
    await connection.execute(
        """UPDATE customer_addresses SET is_default = true, updated_at = $2
           WHERE id = (SELECT max(id) FROM customer_addresses WHERE customer_id = $1 AND deleted_at IS NULL)
             AND NOT EXISTS (SELECT FROM customer_addresses WHERE customer_id = $1 AND is_default
                             AND deleted_at IS NULL)""",
        customer_id,
        now,
    )


async def _require_address(connection: Connection, customer_id: int, address_id: int) -> None:
    if not await connection.fetchval(
        """SELECT EXISTS (SELECT FROM customer_addresses
                          WHERE id = $1 AND customer_id = $2 AND deleted_at IS NULL)""",
        address_id,
        customer_id,
    ):
        raise NotFound(f"no address {address_id} of this customer", code="address_not_found")


def _keys(identity: ContactIdentity) -> list[tuple[str, str, str | None]]:
    """What a person is found by, as (kind, value, raw), in the one order in which all transactions take them."""
    keys: list[tuple[str, str, str | None]] = []
    if identity.bsuid is not None:
        keys.append(("bsuid", identity.bsuid, None))
    if identity.phone_key is not None:
        keys.append(("phone", identity.phone_key, identity.wa_id))
    return keys


def _customer_row(row: Record) -> CustomerRow:
    customer = Customer(
        id=row["id"],
        name=row["name"],
        phone=row["phone"],
        is_new=False,
        notice_given=row["notice_given"],
        addresses=tuple(_address(address) for address in row["addresses"]),
        paternal_surname=row["paternal_surname"],
        maternal_surname=row["maternal_surname"],
        email=row["email"],
        invoice=from_saved(row["invoice_data"]),
        name_told=row["name_told"],
        marketing_stopped=row["marketing_stopped"],
    )
    return CustomerRow(customer, row["wa_id"], row["bsuid"], row["username"], row["last_seen_at"])


def _address(parts: Mapping[str, Any]) -> Address:
    return Address(
        id=parts["id"],
        name=parts["name"],
        line=address_line(parts),
        is_default=parts["is_default"],
        latitude=None if parts["latitude"] is None else Decimal(parts["latitude"]),
        longitude=None if parts["longitude"] is None else Decimal(parts["longitude"]),
        parts=AddressParts(**{name: parts[name] for name in _PARTS}),
    )
