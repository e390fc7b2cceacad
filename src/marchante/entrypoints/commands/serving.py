"""marchante serve: one process, or several that share the listening socket and are started anew when one dies."""

import asyncio
import signal
import socket
import subprocess
import sys
import time

import structlog
import uvloop

from marchante.entrypoints.commands.running import fail, fail_for_database, read_settings, refuse
from marchante.entrypoints.web import Role
from marchante.entrypoints.web import serve as serve_one
from marchante.foundation import logs
from marchante.foundation.database.connection import DATABASE_AWAY
from marchante.foundation.database.embedded import EmbeddedPostgresError
from marchante.foundation.kernel.errors import AppError
from marchante.settings import Settings
from marchante.startup.checks import run_checks

log = structlog.get_logger(__name__)


def serve(role: Role, processes: int, fd: int | None) -> None:
    settings = read_settings()
    logs.configure(settings.log_format)
    if fd is None:
        _refuse_unfit(settings)
    if processes > 1:
        _supervise(settings, role, processes)
        return
    try:
        uvloop.run(serve_one(settings, role, fd=fd))
    except AppError as error:
        fail(error.code, error.message)
    except EmbeddedPostgresError as error:
        fail(error.code, str(error))
    except DATABASE_AWAY as error:
        fail_for_database(error)
    except KeyboardInterrupt:
        return


def _refuse_unfit(settings: Settings) -> None:
    """In production a failed required check stops the start, with one line each."""
    results = asyncio.run(run_checks(settings))
    failed = [result for result in results if result.required and not result.ok]
    if failed and settings.is_production:
        refuse([("startup_checks_failed", f"{result.name}: {result.detail}") for result in failed])
    for result in failed:
        log.warning("startup.check_failed", check=result.name, detail=result.detail)


def _supervise(settings: Settings, role: Role, processes: int) -> None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if role != "worker":
        listener.bind(("0.0.0.0", settings.port))  # noqa: S104 - a container listens on all
        listener.listen(2048)
    listener.set_inheritable(True)
    command = [sys.executable, "-m", "marchante.entrypoints.cli", "serve", "--role", role]
    command += ["--fd", str(listener.fileno())]
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True
        for child in children:
            child.terminate()

    children: list[subprocess.Popen[bytes]] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    children.extend(_start(command, listener) for _ in range(processes))
    while not stopping:
        time.sleep(0.2)
        for place, child in enumerate(children):
            if child.poll() is not None and not stopping:
                log.error("process.died", status=child.returncode)
                time.sleep(0.5)
                children[place] = _start(command, listener)
    for child in children:
        child.wait()


def _start(command: list[str], listener: socket.socket) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, pass_fds=[listener.fileno()])  # noqa: S603 - our own command line
