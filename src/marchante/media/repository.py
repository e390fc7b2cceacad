"""SQL of files. What is said to be in a company's transaction names its tables without a schema."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from asyncpg import Record

from marchante.foundation.database.connection import Connection
from marchante.media.domain import MediaKey

FileStatus = Literal["pending", "stored", "refused", "gone"]


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file a customer sent. `key`, `mime`, `size` (bytes) and `sha256` are known once it is stored."""

    id: int
    customer_id: int
    wamid: str
    kind: str
    status: FileStatus
    filename: str | None
    mime: str | None
    size: int | None
    sha256: bytes | None
    key: MediaKey | None
    refusal: str | None
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as its message announces it. The media id lives 7 days from `sent_at`."""

    customer_id: int
    phone_number_id: str
    media_id: str
    wamid: str
    kind: str
    filename: str | None
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Download:
    """A pending file, taken by this process for a while. `attempts` counts this one."""

    id: int
    company_id: int
    slug: str
    file_id: int
    phone_number_id: str
    media_id: str
    wamid: str
    kind: str
    sent_at: datetime
    attempts: int
    token_ciphertext: bytes | None


@dataclass(frozen=True, slots=True)
class Settled:
    """How a pending file ended. `refusal` only with refused, the rest only with stored."""

    status: FileStatus
    refusal: str | None = None
    key: MediaKey | None = None
    size: int | None = None
    sha256: bytes | None = None


async def add_file(connection: Connection, company_id: int, new: NewFile, now: datetime) -> int | None:
    """Note a file and that it must be fetched, in the company's transaction; None when the message is known."""
    file_id: int | None = await connection.fetchval(
        """INSERT INTO media_files (customer_id, wamid, kind, filename, sent_at, created_at)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (wamid) DO NOTHING RETURNING id""",
        new.customer_id,
        new.wamid,
        new.kind,
        new.filename,
        new.sent_at,
        now,
    )
    if file_id is not None:
        await connection.execute(
            """INSERT INTO relay.media_downloads
                   (company_id, file_id, phone_number_id, media_id, wamid, kind, sent_at, not_before, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)""",
            company_id,
            file_id,
            new.phone_number_id,
            new.media_id,
            new.wamid,
            new.kind,
            new.sent_at,
            now,
        )
    return file_id


async def find_file(connection: Connection, file_id: int) -> MediaFile | None:
    """In the company's transaction."""
    row = await connection.fetchrow(f"{_FILE} WHERE id = $1", file_id)
    return None if row is None else _file(row)


async def files_of(connection: Connection, customer_id: int, limit: int) -> Sequence[MediaFile]:
    """The files a customer sent last, newest first, in the company's transaction."""
    rows = await connection.fetch(f"{_FILE} WHERE customer_id = $1 ORDER BY id DESC LIMIT $2", customer_id, limit)
    return [_file(row) for row in rows]


async def settle(connection: Connection, download: Download, settled: Settled, now: datetime) -> None:
    """Write how a file ended and forget its download, in the company's transaction."""
    await connection.execute(
        """UPDATE media_files SET status = $2, refusal = $3, key = $4, mime = $5, size = $6, sha256 = $7,
                  settled_at = $8
           WHERE id = $1 AND status = 'pending'""",
        download.file_id,
        settled.status,
        settled.refusal,
        str(settled.key) if settled.key else None,
        settled.key.type.mime if settled.key else None,
        settled.size,
        settled.sha256,
        now,
    )
    await connection.execute("DELETE FROM relay.media_downloads WHERE id = $1", download.id)


async def claim_due(connection: Connection, now: datetime, until: datetime, limit: int) -> Sequence[Download]:
    """Take up to `limit` due downloads until `until`, the longest due first. Those of a company that is gone go."""
    rows = await connection.fetch(_CLAIM.format(which="d.not_before <= $1"), now, until, limit)
    return [Download(**row) for row in rows]


async def claim_file(
    connection: Connection, company_id: int, file_id: int, now: datetime, until: datetime
) -> Download | None:
    """Take one pending file now, due or not; None when it is settled already."""
    which = "$1::timestamptz IS NOT NULL AND d.company_id = $4 AND d.file_id = $5"
    row = await connection.fetchrow(_CLAIM.format(which=which), now, until, 1, company_id, file_id)
    return None if row is None else Download(**row)


async def postpone(connection: Connection, download: Download, not_before: datetime, error: str) -> None:
    """Try again later; `error` is a short code for the person who looks."""
    await connection.execute(
        "UPDATE relay.media_downloads SET not_before = $2, last_error = $3 WHERE id = $1",
        download.id,
        not_before,
        error,
    )


async def next_due(connection: Connection) -> datetime | None:
    due: datetime | None = await connection.fetchval("SELECT min(not_before) FROM relay.media_downloads")
    return due


async def company_of_number(connection: Connection, phone_number_id: str) -> str | None:
    """The slug of the company that sends from this number."""
    slug: str | None = await connection.fetchval(
        """SELECT c.slug FROM relay.numbers n JOIN relay.companies c ON c.company_id = n.company_id
           WHERE n.phone_number_id = $1""",
        phone_number_id,
    )
    return slug


async def known_upload(
    connection: Connection, phone_number_id: str, sha256: bytes, mime: str, now: datetime
) -> str | None:
    """The id Meta still has this content under, for this number."""
    media_id: str | None = await connection.fetchval(
        """SELECT media_id FROM relay.media_uploads
           WHERE phone_number_id = $1 AND sha256 = $2 AND mime = $3 AND expires_at > $4""",
        phone_number_id,
        sha256,
        mime,
        now,
    )
    return media_id


async def remember_upload(
    connection: Connection, phone_number_id: str, sha256: bytes, mime: str, media_id: str, expires_at: datetime
) -> None:
    await connection.execute(
        """INSERT INTO relay.media_uploads (phone_number_id, sha256, mime, media_id, expires_at)
           VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (phone_number_id, sha256, mime) DO UPDATE SET
               media_id = excluded.media_id, expires_at = excluded.expires_at""",
        phone_number_id,
        sha256,
        mime,
        media_id,
        expires_at,
    )


async def forget_uploads(connection: Connection, phone_number_id: str, media_ids: Sequence[str], now: datetime) -> None:
    """Ids Meta does not take any more, and whatever has expired."""
    await connection.execute(
        """DELETE FROM relay.media_uploads
           WHERE (phone_number_id = $1 AND media_id = ANY($2::text[])) OR expires_at <= $3""",
        phone_number_id,
        media_ids,
        now,
    )


_FILE = """
    SELECT id, customer_id, wamid, kind, status, filename, mime, size, sha256, key, refusal, sent_at FROM media_files"""

_CLAIM = """
    WITH due AS MATERIALIZED (
        SELECT d.id FROM relay.media_downloads d WHERE {which}
        ORDER BY d.not_before, d.id LIMIT $3 FOR UPDATE SKIP LOCKED
    ), orphaned AS (
        DELETE FROM relay.media_downloads d USING due
        WHERE d.id = due.id AND NOT EXISTS (SELECT FROM relay.companies c WHERE c.company_id = d.company_id)
    )
    UPDATE relay.media_downloads d SET attempts = d.attempts + 1, not_before = $2
    FROM due, relay.companies c
    WHERE d.id = due.id AND c.company_id = d.company_id
    RETURNING d.id, d.company_id, c.slug, d.file_id, d.phone_number_id, d.media_id, d.wamid, d.kind, d.sent_at,
              d.attempts,
              (SELECT n.token_ciphertext FROM relay.numbers n WHERE n.phone_number_id = d.phone_number_id)"""


def _file(row: Record) -> MediaFile:
    key = MediaKey.parse(row["key"]) if row["key"] else None
    return MediaFile(**{**row, "key": key})
