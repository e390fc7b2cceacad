"""What a turn writes of payments and invoices, and how the shop hears of it."""

from marchante.conversations.effects import KeepReceipt, RequestInvoice
from marchante.conversations.view import ShopView
from marchante.foundation.database.connection import Connection
from marchante.foundation.jobs.alerts import raise_alert
from marchante.orders import invoices, receipts
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


def invoices_fingerprint(company_id: int) -> str:
    return f"invoices_waiting:{company_id}"


async def request_invoice(
    connection: Connection, company_id: int, order_id: int, asked: RequestInvoice, view: ShopView
) -> None:
    """On the shop's list, and an alert that something is on it."""
    if asked.data is not None:
        await invoices.request(connection, order_id, asked.data, view.now)
    else:
        await invoices.request_by_document(connection, order_id, asked.wamid, view.now)
    await raise_alert(
        connection,
        code="invoices_waiting",
        severity="info",
        message="customers wait for invoices: marchante invoices list",
        company_id=company_id,
        data={"order_id": order_id},
        fingerprint=invoices_fingerprint(company_id),
        now=view.now,
    )
