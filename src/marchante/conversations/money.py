"""What a turn writes of payments."""

from marchante.conversations.effects import KeepReceipt
from marchante.conversations.view import ShopView
from marchante.foundation.database.connection import Connection
from marchante.foundation.jobs.alerts import raise_alert
from marchante.orders import receipts
from marchante.orders.receipts import ReceiptKept


def queue_fingerprint(company_id: int) -> str:
    """One open alert says that receipts wait, however many."""
    return f"receipts_waiting:{company_id}"


async def keep_receipt(
    connection: Connection, company_id: int, effect: KeepReceipt, view: ShopView
) -> ReceiptKept | None:
    """Into the queue, and the shop learns that something waits there; None when it was there already."""
    digest = receipts.read_digest(effect.sha256)
    kept = await receipts.keep(connection, effect.order_id, effect.wamid, digest, view.now)
    if kept:
        await raise_alert(
            connection,
            code="receipts_waiting",
            severity="info",
            message="receipts of transfers wait to be reviewed: marchante payments receipts list",
            company_id=company_id,
            data={"order_id": effect.order_id, "repeats": kept.repeats},
            fingerprint=queue_fingerprint(company_id),
            now=view.now,
        )
    return kept
