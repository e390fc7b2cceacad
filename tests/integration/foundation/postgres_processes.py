"""Other processes that use an embedded PostgreSQL, as whichever account the test asks for."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import asyncpg

import marchante
from marchante.foundation.database.embedded import postgres_environment, postgres_program

NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
_USER = """
import os, sys
from pathlib import Path
from marchante.foundation.database.embedded import embedded_postgres
with embedded_postgres(Path(sys.argv[1]), durable=sys.argv[2] == "durable") as server:
    print(os.geteuid(), server.dsn, flush=True)
    sys.stdin.readline()
print("released", flush=True)
"""


class User:
    """A process that uses the server until it is told to leave, or is killed."""

    def __init__(self, data_dir: Path, *, durable: bool = True, ordinary: bool = False) -> None:
        interpreter, identity = ordinary_account() if ordinary else ([sys.executable], {})
        self.process = subprocess.Popen(
            [*interpreter, "-c", _USER, data_dir, "durable" if durable else "fast"],
            env={**postgres_environment(), "PYTHONPATH": _python_path()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **identity,
        )
        self.euid = -1
        self.dsn = ""

    def ready(self) -> "User":
        line = self.process.stdout.readline().split()
        if len(line) != 2:
            self.process.wait(10)
            raise AssertionError(f"the user did not get a server: {self.process.stderr.read()}")
        self.euid, self.dsn = int(line[0]), line[1]
        return self

    def leave(self) -> None:
        printed, complaints = self.process.communicate("leave\n", timeout=30)
        assert printed == "released\n", complaints

    def interrupt(self) -> None:
        """What Ctrl-C does: SIGINT for the whole group in the terminal."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.communicate(timeout=30)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=30)


@contextmanager
def users(*all_of_them: User) -> Iterator[None]:
    """Leave no process behind when a test fails."""
    try:
        yield
    finally:
        for user in all_of_them:
            if user.process.poll() is None:
                user.kill()


@cache
def ordinary_account() -> tuple[list[str], dict]:
    """An interpreter and an account that is not root: ourselves, nobody, or a user namespace (never a skipped test)."""
    if os.geteuid() != 0:
        return [sys.executable], {}
    nobody = pwd.getpwnam("nobody")
    identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}
    for interpreter in (sys.executable, "/usr/bin/python3"):
        if _can_run([interpreter], identity):
            return [interpreter], identity
    namespaced = [*NAMESPACE, sys.executable]
    if _can_run(namespaced, {}):
        return namespaced, {}
    raise AssertionError("no way to become an ordinary user: neither nobody nor a user namespace can run Python here")


def _can_run(interpreter: list[str], identity: dict) -> bool:
    code = (
        "import subprocess, sys; from marchante.foundation.database.embedded import postgres_program as p; "
        "assert sys.version_info >= (3, 11); subprocess.run([p('initdb'), '--version'], check=True)"
    )
    environment = {**postgres_environment(), "PYTHONPATH": _python_path()}
    try:
        tried = subprocess.run(
            [*interpreter, "-c", code], env=environment, check=False, capture_output=True, **identity
        )
    except OSError:
        return False
    return tried.returncode == 0


def _python_path() -> str:
    source = Path(marchante.__file__).parent.parent
    site = postgres_program("psql").parents[3]
    return f"{source}{os.pathsep}{site}"


def own_by_ordinary_account(folder: Path) -> None:
    _, identity = ordinary_account()
    if identity:
        shutil.chown(folder, identity["user"], identity["group"])


def psql(dsn: str, statement: str) -> str:
    """First column of the answer; fails with what psql printed."""
    asked = subprocess.run(
        [postgres_program("psql"), "-XAtwq", "-v", "ON_ERROR_STOP=1", "-c", statement, dsn],
        check=False,
        env=postgres_environment(),
        capture_output=True,
        text=True,
    )
    if asked.returncode != 0:
        raise AssertionError(asked.stderr)
    return asked.stdout.strip()


def postmaster_pid(data_dir: Path) -> int:
    return int((data_dir / "postgres-18" / "postmaster.pid").read_text().split("\n")[0])


def is_alive(pid: int) -> bool:
    """Whether the process runs; a zombie, which has no command line, does not."""
    return str(pid) in command_lines()


def command_line(pid: int) -> str:
    return command_lines().get(str(pid), "")


def command_lines() -> dict[str, str]:
    """Every process with its command line; slim images have no `ps`."""
    found = {}
    if sys.platform == "linux":
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(FileNotFoundError, ProcessLookupError):
                found[process.name] = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    else:
        shown = subprocess.run(["/bin/ps", "-axww", "-o", "pid=,command="], check=True, capture_output=True, text=True)
        found = dict(line.split(maxsplit=1) for line in shown.stdout.splitlines() if "<defunct>" not in line)
    return {pid: command for pid, command in found.items() if command}


def namespaces_allowed() -> bool:
    return subprocess.run([*NAMESPACE, "true"], check=False, capture_output=True).returncode == 0


async def write_until_lost(dsn: str, writer: int, acknowledged: list[tuple[int, int]]) -> None:
    """Commit row after row until the server is gone, noting each one it confirmed."""
    connection = await asyncpg.connect(dsn)
    number = 0
    try:
        while True:
            number += 1
            await connection.execute("INSERT INTO kept VALUES ($1, $2)", writer, number)
            acknowledged.append((writer, number))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError):
        connection.terminate()
