"""Every router, on one page."""

from fastapi import FastAPI

from marchante.bootstrap import Marchante
from marchante.entrypoints.health import HealthController
from marchante.inbox.controller import WebhookController


def mount(app: FastAPI, marchante: Marchante) -> None:
    settings, storage = marchante.settings, marchante.storage
    app.router.routes.extend(WebhookController(marchante.inbox, settings.verify_token).routes())
    app.router.routes.extend(HealthController(storage.database, storage.clock).routes())
