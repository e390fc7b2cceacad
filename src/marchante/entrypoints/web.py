"""The web process, and with role `all` the workers beside it in the same loop."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any, Literal

import structlog
import uvicorn
from fastapi import FastAPI

from marchante import routes
from marchante.bootstrap import Marchante, assemble
from marchante.foundation.http import problems
from marchante.foundation.http.middlewares import Trace
from marchante.settings import Settings

log = structlog.get_logger(__name__)

Role = Literal["all", "web", "worker"]
_STOP = (signal.SIGTERM, signal.SIGINT)


class Server(uvicorn.Server):
    """Returns when it is told to stop, so that what was begun can be finished. uvicorn's own raises the signal once
    more, and that kills the process first.
    """

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        loop = asyncio.get_running_loop()
        for number in _STOP:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in _STOP:
                loop.remove_signal_handler(number)


def create_app(marchante: Marchante, phone_url: str | None = None) -> FastAPI:
    """`phone_url` is shown on the start page, which only development has."""
    app = FastAPI(title="Marchante", version="0.1.0", docs_url="/docs", openapi_url="/api/openapi.json")
    app.add_middleware(Trace)
    problems.install(app)
    routes.mount(app, marchante, phone_url)
    return app


@asynccontextmanager
async def working(marchante: Marchante, role: Role) -> AsyncIterator[None]:
    """Run the loops of a role until the block ends; then let each finish what it has begun."""
    loops: list[tuple[Coroutine[Any, Any, None], Any]] = [(marchante.wakeups.run(), marchante.wakeups.stop)]
    if role in ("all", "worker"):
        loops += [
            (marchante.worker.run(), marchante.worker.stop),
            (marchante.outbox.run(), marchante.outbox.stop),
            (marchante.housekeeping.run(), marchante.housekeeping.stop),
            (marchante.incoming_files.run(), marchante.incoming_files.stop),
            (marchante.accounts.run(), marchante.accounts.stop),
            (marchante.meta_catalogs.run(), marchante.meta_catalogs.stop),
        ]
    if role in ("all", "web"):
        loops.append((marchante.receipts.run(), marchante.receipts.stop))
    async with AsyncExitStack() as stack:
        tasks = [asyncio.create_task(loop) for loop, _ in loops]
        for task, (_, stop) in zip(tasks, loops, strict=True):
            task.add_done_callback(_ended)
            stack.push_async_callback(_finish, task, stop)
        yield


def _ended(task: "asyncio.Task[None]") -> None:
    """A loop that dies takes the process with it: a supervisor starts it anew, silence would not."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.critical("process.loop_died", exc_info=error)
        signal.raise_signal(signal.SIGTERM)


async def _finish(task: "asyncio.Task[None]", stop: Any) -> None:
    await stop()
    await asyncio.gather(task, return_exceptions=True)


async def serve(settings: Settings, role: Role, *, host: str = "0.0.0.0", fd: int | None = None) -> None:  # noqa: S104 - a container listens on all
    """Serve until SIGTERM or Ctrl-C, then finish what was begun."""
    async with assemble(settings) as marchante, working(marchante, role):
        if role == "worker":
            await _until_told_to_stop()
            return
        config = uvicorn.Config(
            create_app(marchante),
            host=host,
            port=settings.port,
            fd=fd,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=10,
        )
        await Server(config).serve()


async def _until_told_to_stop() -> None:
    told = asyncio.Event()
    for number in _STOP:
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await told.wait()
