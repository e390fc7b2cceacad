"""Remember to ask. Called inside one company's transaction."""

from datetime import datetime

from marchante.companies.domain import Company
from marchante.foundation.database.connection import Connection
from marchante.foundation.jobs.timers import Timer, set_timer
from marchante.orders.domain import Order
from marchante.surveys.domain import TIMER, due_at


async def expect(
    connection: Connection, company: Company, order: Order, customer_key: str, phone_number_id: str, now: datetime
) -> None:
    """The order was delivered: its customer is asked later, unless the company does not ask. Of two orders delivered
    close together the later one is asked about.
    """
    if not company.settings.survey:
        return
    due = due_at(now, company.settings.survey_minutes, company.zone)
    await set_timer(
        connection, Timer(company.id, customer_key, phone_number_id, TIMER, due, payload={"order_id": order.id})
    )
