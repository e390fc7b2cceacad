"""The alerts of the outbox: what a person must see. No phones and no words of a message in them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from marchante.channels.whatsapp.errors import Action
from marchante.foundation.database.connection import Connection
from marchante.foundation.jobs.alerts import raise_alert, resolve_alert
from marchante.outbox.lessons_repository import compare_templates_again, remember_opt_outs

# What Meta says of these is no help to who must act.
_WORDS: dict[int | None, str] = {
    131042: "the shop has no valid payment method at WhatsApp (business.facebook.com, billing)",
}
_CRITICAL = frozenset({Action.ALERT_BUG, Action.STOP_TEMPLATE, Action.STOP_BULK})


@dataclass(frozen=True, slots=True)
class FailedMessage:
    """A message that will not be sent again unless a person replays it. `code` is Meta's, None when it never said."""

    id: int
    company_id: int
    phone_number_id: str
    code: int | None
    detail: str
    action: Action | None = None
    possible_duplicate: bool = False


async def report_failed(connection: Connection, failed: Iterable[FailedMessage], now: datetime) -> None:
    """One alert for each company and code, however many messages. Who wants no promotions is nobody's trouble: that is
    remembered instead. A template Meta refused is compared again soon, so that the next message need not be refused.
    """
    everything = list(failed)
    await remember_opt_outs(connection, [each.id for each in everything if each.action is Action.OPTED_OUT], now)
    doubted = {each.phone_number_id for each in everything if each.action is Action.STOP_TEMPLATE}
    await compare_templates_again(connection, doubted, now)
    messages = [each for each in everything if each.action is not Action.OPTED_OUT]
    times = Counter((message.company_id, message.code) for message in messages)
    latest = {(message.company_id, message.code): message for message in messages}
    for key in sorted(latest, key=str):
        message = latest[key]
        code = f" (WhatsApp error {message.code})" if message.code is not None else ""
        await raise_alert(
            connection,
            code="message_failed",
            severity="critical" if message.action in _CRITICAL else "warning",
            message=f"a message could not be sent: {message.detail}{code}",
            company_id=message.company_id,
            data={
                "outbox_id": message.id,
                "phone_number_id": message.phone_number_id,
                "error_code": message.code,
                "messages": times[key],
            },
            fingerprint=f"message_failed:{message.company_id}:{message.code}",
            now=now,
        )


@dataclass(frozen=True, slots=True)
class NumberTrouble:
    """Why nothing leaves from a number."""

    phone_number_id: str
    company_id: int
    code: int | None
    reason: str


async def report_stopped(connection: Connection, trouble: NumberTrouble, now: datetime) -> None:
    await raise_alert(
        connection,
        code="number_stopped",
        severity="critical",
        message=f"nothing is sent from this number until it is resumed: {_WORDS.get(trouble.code, trouble.reason)}",
        company_id=trouble.company_id,
        data={"phone_number_id": trouble.phone_number_id, "error_code": trouble.code},
        fingerprint=_stopped(trouble.phone_number_id),
        now=now,
    )


async def report_unreachable(connection: Connection, trouble: NumberTrouble, now: datetime) -> None:
    """Nothing has got through for long, and not for want of trying."""
    await raise_alert(
        connection,
        code="number_unreachable",
        severity="critical",
        message=f"nothing has got through to WhatsApp from this number for a while: {trouble.reason}",
        company_id=trouble.company_id,
        data={"phone_number_id": trouble.phone_number_id},
        fingerprint=_unreachable(trouble.phone_number_id),
        now=now,
    )


async def report_reached(connection: Connection, phone_number_id: str, now: datetime) -> None:
    await resolve_alert(connection, _unreachable(phone_number_id), now)


async def report_without_token(connection: Connection, trouble: NumberTrouble, now: datetime) -> None:
    await raise_alert(
        connection,
        code="number_without_token",
        severity="critical",
        message=f"nothing can be sent from this number: {trouble.reason}",
        company_id=trouble.company_id,
        data={"phone_number_id": trouble.phone_number_id},
        fingerprint=f"number_without_token:{trouble.phone_number_id}",
        now=now,
    )


async def report_resumed(connection: Connection, phone_number_id: str, now: datetime) -> None:
    await resolve_alert(connection, _stopped(phone_number_id), now)


def _stopped(phone_number_id: str) -> str:
    return f"number_stopped:{phone_number_id}"


def _unreachable(phone_number_id: str) -> str:
    return f"number_unreachable:{phone_number_id}"
