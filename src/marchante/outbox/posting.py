"""One POST of one message, and how it ended."""

from datetime import timedelta

import structlog
from prometheus_client import Counter, Histogram

from marchante.channels.whatsapp.messages import Recipient, frame
from marchante.channels.whatsapp.ports import Accepted, InDoubt, MessageGateway, NeverSent, Refused, SendOutcome
from marchante.foundation.kernel.clock import Clock
from marchante.foundation.kernel.errors import AppError
from marchante.outbox.domain import DOUBT, Claimed, callback_data

log = structlog.get_logger(__name__)

SENDS = Counter("marchante_sends_total", "Attempts to send a message, by outcome", ["outcome"])
SECONDS = Histogram("marchante_send_seconds", "Time of one call to WhatsApp that sends a message")

# A message marked this long ago may have been found by another sender, which waits longer than this before it sends
# a copy: a process that was frozen must not post it any more.
STALE = DOUBT / 2


async def post(gateway: MessageGateway, clock: Clock, token: str, row: Claimed) -> SendOutcome:
    """Post `row` and log how it ended, under the trace id of the message it answers. Never raises."""
    with structlog.contextvars.bound_contextvars(trace_id=row.trace_id, outbox_id=row.id):
        outcome = await _post(gateway, token, row, clock.now() - row.sending_at)
        _note(row, outcome)
    return outcome


async def _post(gateway: MessageGateway, token: str, row: Claimed, age: timedelta) -> SendOutcome:
    if age > STALE:
        return NeverSent("stale")
    try:
        body = frame(
            row.payload, Recipient(row.recipient_phone, row.recipient_bsuid), callback_data(row.id), row.reply_to
        )
    except AppError as error:
        log.error("outbox.unsendable", code=error.code)  # noqa: TRY400 - a message, not a fault of the program
        return NeverSent("invalid_request")
    try:
        with SECONDS.time():
            return await gateway.send(row.phone_number_id, token, body)
    except Exception:
        log.exception("outbox.gateway_raised")
        return InDoubt("gateway_raised")


def _note(row: Claimed, outcome: SendOutcome) -> None:
    SENDS.labels(type(outcome).__name__).inc()
    common = {"phone_number_id": row.phone_number_id, "type": row.type, "attempts": row.attempts}
    match outcome:
        case Accepted(wamid):
            log.info("outbox.sent", wamid=wamid, **common)
        case Refused(failure):
            log.warning("outbox.refused", code=failure.code, action=failure.action.value, **common)
        case NeverSent(reason):
            log.warning("outbox.never_sent", reason=reason, **common)
        case InDoubt(reason):
            log.warning("outbox.in_doubt", reason=reason, **common)
