"""Database, shops, simulator, server, one start page. Ctrl-C stops all; a second start keeps the data."""

import socket
from contextlib import suppress
from pathlib import Path

import structlog
import uvicorn
import uvloop
from pydantic import SecretStr

from marchante.bootstrap import Marchante, assemble
from marchante.entrypoints.commands.running import fail, out
from marchante.entrypoints.demo.shops import CUSTOMERS, TOKEN, numbers, open_shops
from marchante.entrypoints.media import media_store
from marchante.entrypoints.web import Server, create_app, working
from marchante.foundation import logs
from marchante.foundation.database.embedded import EmbeddedPostgresError
from marchante.foundation.kernel.errors import AppError
from marchante.settings import Settings
from marchante.simulator.config import SimulatorConfig
from marchante.simulator.server import serve_simulator

log = structlog.get_logger(__name__)


def run(host: str, port: int) -> None:
    try:
        uvloop.run(_demo(host, port))
    except AppError as error:
        fail(error.code, error.message)
    except EmbeddedPostgresError as error:
        fail(error.code, str(error))
    except KeyboardInterrupt:
        return


async def _demo(host: str, port: int) -> None:
    port, simulator_port = _free(host, port), _free(host, port + 1)
    settings = Settings(
        MARCHANTE_ENV="development",
        PORT=port,
        WHATSAPP_TOKEN=SecretStr(TOKEN),
        WHATSAPP_API_URL=f"http://{host}:{simulator_port}",
        GEOCODING_URL=f"http://{host}:{simulator_port}",
    )
    logs.configure("json", file=settings.data_folder / "demo.log")
    config = SimulatorConfig(
        webhook_url=f"http://{host}:{port}/webhook",
        app_secret=settings.app_secret,
        verify_token=settings.verify_token,
        numbers=numbers(),
        customers=CUSTOMERS,
        journal=settings.data_folder / "simulator.jsonl",
    )
    out.print("Starting the database and the shops …")
    async with assemble(settings) as marchante, serve_simulator(config, host, simulator_port) as simulator:
        await open_shops(marchante.storage, media_store(settings))
        async with working(marchante, "all"):
            await _serve(marchante, host, port, f"{simulator.url}/phone")


async def _serve(marchante: Marchante, host: str, port: int, phone_url: str) -> None:
    config = uvicorn.Config(
        create_app(marchante, phone_url=phone_url),
        host=host,
        port=port,
        ws="none",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=3,
    )
    log_file = marchante.settings.data_folder / "demo.log"
    await _Announced(config, f"http://{host}:{port}/", phone_url, log_file).serve()


class _Announced(Server):
    """Says where to go once it listens."""

    def __init__(self, config: uvicorn.Config, url: str, phone_url: str, log_file: Path) -> None:
        super().__init__(config)
        self._lines = (
            f"\n  Marchante is ready: [bold]{url}[/]",
            f"  Phone page:         {phone_url}",
            f"  Log:                {log_file}",
            "  Ctrl-C stops it; the data stays.\n",
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            out.print(*self._lines, sep="\n", soft_wrap=True, highlight=False)


def _free(host: str, port: int) -> int:
    """The port itself when nobody has it, else the next free one of a few."""
    for candidate in range(port, port + 20):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, candidate))
            return candidate
    return fail("no_free_port", f"ports {port} to {port + 19} are taken")
