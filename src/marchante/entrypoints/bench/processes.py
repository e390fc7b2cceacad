"""The processes of a bench: started here, known by their id, and ended with the block that started them."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from marchante.entrypoints.bench.figures import Load, LoadResult
from marchante.foundation.kernel.errors import Permanent

HOST = "127.0.0.1"
_STOP_SECONDS = 15.0
_INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def listening_socket() -> socket.socket:
    """A free port of the loopback. What it accepts inherits that Nagle's delay is off: a server that is handed a file
    descriptor does not know it for TCP and would answer 40 ms late.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind((HOST, 0))
    listener.listen(1024)
    return listener


def clean_environment(own: Mapping[str, str]) -> dict[str, str]:
    """Nothing of the caller's but what programs need to run."""
    return {name: value for name, value in os.environ.items() if name in _INHERITED} | dict(own)


@asynccontextmanager
async def started(
    arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str], log: str, keep: Sequence[int] = ()
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python process with pipes on stdin and stdout; what it prints on stderr goes to a file of the folder."""
    with (folder / log).open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=folder,
            env=clean_environment(environment),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=output,
            pass_fds=keep,
        )
    try:
        yield process
    finally:
        await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()


class LoadGenerator:
    """The process that writes webhooks; its customers stay the same from run to run."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    async def run(self, load: Load) -> LoadResult:
        """Let it write, and wait for what it saw.

        Raises:
            Permanent: `load_died`.

        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(msgspec.json.encode(load) + b"\n")
        line = await asyncio.wait_for(self._process.stdout.readline(), load.seconds + 60)
        if not line:
            raise Permanent("the load generator ended before its time", code="load_died")
        return msgspec.json.decode(line, type=LoadResult)


@asynccontextmanager
async def load_generator(
    folder: Path, port: int, stub_port: int, secret: str, *, customers: int, companies: int
) -> AsyncIterator[LoadGenerator]:
    numbers = (port, stub_port, customers, companies)
    arguments = ["-m", "marchante.entrypoints.bench.load", HOST, *(str(number) for number in numbers)]
    async with started(arguments, folder=folder, environment={}, log="load.log") as process:
        assert process.stdin is not None
        process.stdin.write(f"{secret}\n".encode())
        yield LoadGenerator(process)


@asynccontextmanager
async def graph_stub(
    folder: Path, listener: socket.socket, webhook_port: int, secret: str, delay_ms: float
) -> AsyncIterator[int]:
    """Gives the id of the process."""
    fd = listener.fileno()
    arguments = ["-m", "marchante.entrypoints.bench.stub", str(fd), HOST, str(webhook_port), str(delay_ms)]
    async with started(arguments, folder=folder, environment={}, log="stub.log", keep=[fd]) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{secret}\n".encode())
        await asyncio.wait_for(process.stdout.readline(), 30)
        yield process.pid


@asynccontextmanager
async def server_process(
    folder: Path, listener: socket.socket, role: str, environment: Mapping[str, str]
) -> AsyncIterator[int]:
    """`marchante serve` on the socket; gives the id of the process."""
    fd = listener.fileno()
    arguments = ["-m", "marchante.entrypoints.cli", "serve", "--role", role, "--fd", str(fd)]
    async with started(
        arguments, folder=folder, environment=environment, log=f"server-{role}.log", keep=[fd]
    ) as process:
        yield process.pid
