"""Every router, on one page."""

from fastapi import FastAPI

from marchante.bootstrap import Marchante
from marchante.entrypoints.health import HealthController
from marchante.entrypoints.media import public_routes
from marchante.entrypoints.start_page import StartPage
from marchante.inbox.controller import WebhookController


def mount(app: FastAPI, marchante: Marchante, phone_url: str | None) -> None:
    settings, storage = marchante.settings, marchante.storage
    app.router.routes.extend(WebhookController(marchante.inbox, settings.verify_token).routes())
    app.router.routes.extend(HealthController(storage.database, storage.clock).routes())
    app.router.routes.extend(public_routes(settings, storage.database, storage.companies, storage.clock))
    if not settings.is_production:
        app.router.routes.extend(StartPage(storage.companies, phone_url).routes())
