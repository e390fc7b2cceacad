"""Are the surroundings fit? Environment, database, WhatsApp, webhook, logs, media: each a line a person can act on."""

import secrets
from dataclasses import dataclass

from marchante.bootstrap import open_database
from marchante.channels.whatsapp.gateway import GraphGateway, open_gateway
from marchante.channels.whatsapp.ports import Fetched, Refused
from marchante.companies import repository as companies
from marchante.entrypoints.media import media_store, media_url
from marchante.foundation.database.connection import DATABASE_AWAY, Database
from marchante.foundation.database.embedded import EmbeddedPostgresError
from marchante.foundation.database.migrations import recent, revision_of
from marchante.foundation.kernel.errors import AppError, Permanent
from marchante.foundation.kernel.secrets import Vault
from marchante.media.domain import TXT, MediaKey
from marchante.outbox.tokens import Tokens
from marchante.settings import Settings

OLDEST_POSTGRES = 15
_NUMBERS_ASKED = 3


@dataclass(frozen=True, slots=True)
class CheckResult:
    """`required`: production does not serve without it."""

    name: str
    required: bool
    ok: bool
    detail: str


async def run_checks(settings: Settings) -> list[CheckResult]:
    """All checks, in the order a person would mend them. None raises."""
    results = [_environment(settings), _webhook(settings), _logs(settings), _geocoding(settings)]
    results.append(await _media(settings))
    try:
        async with open_database(settings) as (database, _):
            results.append(await _postgres(database))
            results.append(await _migrations(database))
            results.append(await _whatsapp(settings, database))
            results.append(await _accounts(database))
    except (AppError, EmbeddedPostgresError, *DATABASE_AWAY) as error:
        results.append(CheckResult("postgresql", required=True, ok=False, detail=f"cannot be reached: {_words(error)}"))
    return results


def _words(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _environment(settings: Settings) -> CheckResult:
    missing = [
        name
        for name, value in (
            ("SECRET_KEY", settings.secret_key),
            ("DATABASE_URL or MARCHANTE_DATA_DIR", settings.database_url or settings.data_dir),
        )
        if settings.is_production and not value
    ]
    detail = f"{settings.environment}; missing: {', '.join(missing)}" if missing else settings.environment
    return CheckResult("environment", required=True, ok=not missing, detail=detail)


def _webhook(settings: Settings) -> CheckResult:
    missing = [
        name
        for name, value in (
            ("WHATSAPP_APP_SECRET", settings.app_secret),
            ("WHATSAPP_VERIFY_TOKEN", settings.verify_token),
        )
        if not value
    ]
    detail = f"missing: {', '.join(missing)}" if missing else "app secret and verify token are set"
    return CheckResult("webhook", required=True, ok=not missing, detail=detail)


def _logs(settings: Settings) -> CheckResult:
    return CheckResult("logs", required=False, ok=True, detail=f"{settings.log_format} on stderr")


def _geocoding(settings: Settings) -> CheckResult:
    """Nobody is asked: an answer would cost money, and customers who are not understood write their address."""
    configured = bool(settings.geocoding_api_key or settings.geocoding_url)
    detail = "shared locations become addresses" if configured else "not configured: customers write their address"
    return CheckResult("geocoding", required=False, ok=True, detail=detail)


async def _media(settings: Settings) -> CheckResult:
    """Keep, read and delete a small file in the folder or bucket that will hold the real ones."""
    try:
        place = await _media_round_trip(settings)
    except AppError as error:
        return CheckResult("media", required=True, ok=False, detail=error.message)
    return CheckResult("media", required=True, ok=True, detail=f"{place} keeps, gives back and deletes files")


async def _media_round_trip(settings: Settings) -> str:
    store = media_store(settings)
    key = MediaKey("startup", "check", secrets.token_hex(8), TXT.extension)
    content = key.id.encode()
    await store.put(key, content)
    try:
        if await store.get(key) != content:
            raise Permanent("a file came back changed", code="media_changed")
    finally:
        await store.delete(key)
    return media_url(settings)


async def _postgres(database: Database) -> CheckResult:
    async with database.pool.acquire() as connection:
        number = int(await connection.fetchval("SHOW server_version_num")) // 10_000
        durable = await connection.fetchval("SELECT current_setting('fsync') || current_setting('full_page_writes')")
    detail = f"version {number}" + ("" if durable == "onon" else "; fsync or full_page_writes is off")
    return CheckResult("postgresql", required=True, ok=number >= OLDEST_POSTGRES, detail=detail)


async def _migrations(database: Database) -> CheckResult:
    """A release serves schemas of its own revision and of the one before; what is older or unknown it cannot serve."""
    served = recent("tenant", 2)
    async with database.pool.acquire() as connection:
        found = await companies.find_all(connection)
        at = {company.slug: await revision_of(connection, company.schema) for company in found}
    behind = [slug for slug, revision in at.items() if revision != served[-1]]
    too_old = [slug for slug in behind if at[slug] not in served]
    detail = f"{len(found)} companies at head"
    if behind:
        words = "cannot be served" if too_old else "one revision behind, served all the same"
        detail = f"{words}: {', '.join((too_old or behind)[:5])} (run: marchante migrate)"
    return CheckResult("migrations", required=bool(too_old) or not behind, ok=not behind, detail=detail)


async def _whatsapp(settings: Settings, database: Database) -> CheckResult:
    """Ask Meta about some of the numbers, each with the token it sends with.

    One company's number that fails must not keep the others' server from starting; when all fail, it is required.
    """
    async with database.pool.acquire() as connection:
        rows = await connection.fetch(
            """SELECT phone_number_id, token_ciphertext FROM relay.numbers ORDER BY phone_number_id LIMIT $1""",
            _NUMBERS_ASKED,
        )
    if not rows:
        return CheckResult("whatsapp", required=False, ok=True, detail="no company has a number yet")
    tokens = _tokens(settings)
    async with open_gateway(settings.whatsapp_api_url, settings.whatsapp_api_version, connections=2) as gateway:
        faults = [
            f"{row['phone_number_id']}: {fault}"
            for row in rows
            if (fault := await _fault(gateway, tokens, row["phone_number_id"], row["token_ciphertext"]))
        ]
    detail = "; ".join(faults) or f"{len(rows)} numbers reachable"
    return CheckResult("whatsapp", required=len(faults) in {0, len(rows)}, ok=not faults, detail=detail)


async def _accounts(database: Database) -> CheckResult:
    """Without its account a number has no templates made for it, and hears nothing of bans. Nobody's start waits."""
    async with database.pool.acquire() as connection:
        rows = await connection.fetch("SELECT phone_number_id FROM relay.numbers WHERE waba_id IS NULL ORDER BY 1")
    unknown = [row["phone_number_id"] for row in rows]
    detail = "every number knows its account"
    if unknown:
        detail = f"no account known for: {', '.join(unknown[:5])} (run: marchante numbers account)"
    return CheckResult("accounts", required=False, ok=not unknown, detail=detail)


def _tokens(settings: Settings) -> Tokens | None:
    """None without a SECRET_KEY, which the environment's line already says."""
    token = settings.whatsapp_token.get_secret_value() if settings.whatsapp_token else ""
    return Tokens(Vault(settings.secret_keys), token) if settings.secret_keys else None


async def _fault(gateway: GraphGateway, tokens: Tokens | None, number: str, sealed: bytes | None) -> str | None:
    """What keeps this number from sending; None when nothing does, or nobody can tell."""
    if tokens is None:
        return None
    try:
        token = tokens.of(sealed)
    except AppError as error:
        return error.message
    answer = await gateway.number_info(number, token, ("id", "verified_name", "status", "throughput"))
    match answer:
        case Fetched():
            return None
        case Refused(failure):
            return f"{failure.code} {failure.title}"
        case _:
            return answer.reason
