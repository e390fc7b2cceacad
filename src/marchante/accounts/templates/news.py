"""News of a template: what Meta decided about it is kept, and told where it costs the shop something."""

from collections.abc import Sequence
from datetime import datetime

from marchante.accounts.domain import Trouble
from marchante.accounts.templates import repository
from marchante.accounts.templates.domain import KnownTemplate, alert_key, trouble_of
from marchante.channels.whatsapp.accounts import TemplateNews
from marchante.foundation.database.connection import Connection
from marchante.foundation.jobs.alerts import raise_alert, resolve_alert


async def apply_news(
    connection: Connection,
    companies: Sequence[int],
    waba_id: str,
    news: TemplateNews,
    at: datetime | None,
    now: datetime,
) -> bool:
    """Whether one of our templates is meant; a shop's own templates are its own business."""
    ours = False
    for company_id in companies:
        known = await repository.find(connection, company_id, waba_id, news.name, news.language)
        if known is None or (known.told_at is not None and at is not None and at < known.told_at):
            continue
        ours = True
        await repository.keep(connection, known.after(news, at))
        await report(connection, known, known.after(news, at), trouble_of(known, news), now)
        if news.event == "CHANGED":
            await repository.compare_again(connection, company_id, now)
    return ours


async def report(
    connection: Connection,
    before: KnownTemplate,
    after: KnownTemplate,
    trouble: Trouble | None,
    now: datetime,
) -> None:
    """Alert of what is wrong with a template; once it is usable the alert is over."""
    if trouble is not None:
        await raise_alert(
            connection,
            code=trouble.code,
            severity=trouble.severity,
            message=trouble.message,
            company_id=after.company_id,
            data={"template": after.name, "language": after.language, "status": after.status},
            fingerprint=alert_key(trouble.code, after.company_id, after.name),
            now=now,
        )
    elif after.is_usable and not before.is_usable:
        await resolve_alert(connection, alert_key("template_unusable", after.company_id, after.name), now)
