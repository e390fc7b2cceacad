"""`marchante serve` as a process of its own, which a test may end or kill."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

SERVE = (sys.executable, "-m", "marchante.entrypoints.cli", "serve")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class ServerProcess:
    """One address; as many processes, one after the other, as the test starts. Their stderr is appended to `log`."""

    environment: Mapping[str, str]
    log: Path
    command: Sequence[str] = SERVE
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {**clean_environment(), "PORT": str(self.port), **self.environment}
        with self.log.open("ab") as stderr:
            self.process = subprocess.Popen(self.command, env=environment, stderr=stderr, stdout=stderr)

    async def ready(self, seconds: float = 60) -> None:
        """Wait until it can serve."""
        async with asyncio.timeout(seconds), aiohttp.ClientSession() as http:
            while True:
                assert self.process is not None
                assert self.process.poll() is None, self.log.read_text()[-3000:]
                try:
                    async with http.get(f"{self.url}/health/ready") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.02)

    def kill(self) -> None:
        """kill -9"""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    async def end(self) -> int:
        """SIGTERM; returns the exit status once it has finished what it had begun."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self.process.wait, 30)


def clean_environment() -> dict[str, str]:
    """The machine's, without any setting of the product."""
    ours = ("MARCHANTE_", "WHATSAPP_", "DATABASE_", "SECRET_KEY", "PORT", "LOG_FORMAT", "MEDIA_URL", "AWS_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


@asynccontextmanager
async def server_process(server: ServerProcess) -> AsyncIterator[ServerProcess]:
    """Start it, wait until it serves, and leave nothing behind."""
    server.start()
    try:
        await server.ready()
        yield server
    finally:
        server.kill()
