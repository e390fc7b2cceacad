"""The simulator as a web application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from marchante.simulator.commerce_api import commerce_router
from marchante.simulator.config import Clock, SimulatorConfig, system_clock
from marchante.simulator.control_api import control_router
from marchante.simulator.control_events import event_router
from marchante.simulator.core import Simulator
from marchante.simulator.errors import GraphError
from marchante.simulator.geocoding_api import geocoding_router
from marchante.simulator.graph_api import answer_cut, answer_refusal, graph_router
from marchante.simulator.media_api import media_router
from marchante.simulator.node_api import node_router
from marchante.simulator.number_api import number_router
from marchante.simulator.object_api import object_router
from marchante.simulator.phone_api import phone_router
from marchante.simulator.sending import ConnectionCut
from marchante.simulator.template_api import template_router

_STATIC = Path(__file__).parent / "static"


def create_simulator(config: SimulatorConfig, clock: Clock = system_clock) -> FastAPI:
    """The application; its `state.simulator` is the `Simulator` behind it.

    `clock` returns aware datetimes and rules windows, pacing and expiry; the waits between statuses and retries are
    real. The catch-all paths of the Graph API come last.
    """
    simulator = Simulator(config, clock)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await simulator.start()
        try:
            yield
        finally:
            await simulator.stop()

    app = FastAPI(title="Marchante simulator", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.simulator = simulator
    app.add_exception_handler(GraphError, answer_refusal)
    app.add_exception_handler(ConnectionCut, answer_cut)
    app.mount("/phone/static", StaticFiles(directory=_STATIC, check_dir=False), name="static")
    ours = (phone_router, control_router, event_router)
    graph = (graph_router, node_router, number_router, commerce_router, template_router, media_router, object_router)
    app.include_router(geocoding_router())
    for router in (*ours, *graph):
        app.include_router(router(simulator))
    return app
