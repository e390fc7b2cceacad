"""Under which account the server runs: PostgreSQL refuses root, so root needs another one."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from marchante.foundation.database.embedded.binaries import Installation, copy_installation, postgres_environment
from marchante.foundation.database.embedded.errors import EmbeddedPostgresError
from marchante.foundation.database.embedded.layout import Layout

_UNSHARE = ("--user", "--map-user=1000", "--map-group=1000", "--")
_NOBODY = 65534
_NO_FOLDER = 10
_NO_PROGRAM = 20
# sh tries what the server will do: enter the data directory, run a program with its libraries.
_TRIAL = f'cd "$1" || exit {_NO_FOLDER}; "$2" --version >/dev/null || exit {_NO_PROGRAM}'


@dataclass(frozen=True)
class Account:
    """How server programs are run: as which user, through which wrapper, from which installation."""

    installation: Installation
    uid: int
    gid: int
    switch: bool = False
    """Whether the process must change to uid/gid; only root can."""
    wrapper: tuple[str, ...] = field(default=())

    def run(
        self,
        command: Sequence[str | Path],
        *,
        text: str | None = None,
        log: IO[bytes] | None = None,
        keep: Sequence[int] = (),
        environment: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end in a session of its own, so that the terminal's Ctrl-C does not reach it.

        `text` goes to its standard input; what it prints is returned, or appended to `log`; `keep` are open files
        it inherits.
        """
        identity: dict[str, Any] = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}
        return subprocess.run(  # noqa: S603
            [*self.wrapper, *(str(part) for part in command)],
            check=False,
            cwd="/",
            encoding="utf-8",
            errors="replace",
            env={**postgres_environment(), **(environment or {})},
            pass_fds=keep,
            start_new_session=True,
            stdout=subprocess.PIPE if log is None else log,
            stderr=subprocess.STDOUT,
            **({"stdin": subprocess.DEVNULL} if text is None else {"input": text}),
            **identity,
        )

    def give(self, tree: Path) -> None:
        """Make this account the owner of PostgreSQL's own files; nothing else is ever given away."""
        if tree.stat().st_uid == self.uid:
            return
        for folder, _, files in os.walk(tree):
            for path in (Path(folder), *(Path(folder, name) for name in files)):
                os.chown(path, self.uid, self.gid, follow_symlinks=False)


def choose_account(layout: Layout, installation: Installation) -> Account:
    """Find an account that may run the server on this data directory.

    An ordinary user runs it himself. Root hands it to `nobody` (or to the account that already owns the data), from a
    copy of the programs when the originals are out of that account's reach; when the data directory is, it runs in a
    user namespace. Nobody's permissions outside our own files are touched. `postgres_not_permitted` when the data
    belongs to another account, `postgres_unreachable` when root has no way left.
    """
    owner = layout.cluster.stat() if layout.cluster.exists() else None
    if os.geteuid() != 0:
        if owner is not None and owner.st_uid != os.geteuid():
            raise EmbeddedPostgresError(
                "postgres_not_permitted",
                f"{layout.cluster} belongs to the account with uid {owner.st_uid}: run as that account or choose "
                "another MARCHANTE_DATA_DIR.",
            )
        return Account(installation, os.geteuid(), os.getegid())
    uid, gid = (owner.st_uid, owner.st_gid) if owner is not None and owner.st_uid != 0 else _nobody()
    return _account_for_root(layout, Account(installation, uid, gid, switch=True))


def _account_for_root(layout: Layout, servant: Account) -> Account:
    verdict = _try(servant, layout)
    if verdict == _NO_PROGRAM:
        copied = Account(
            copy_installation(servant.installation, layout.data_dir), servant.uid, servant.gid, switch=True
        )
        if _try(copied, layout) == 0:
            return copied
    if verdict == 0:
        return servant
    unshare = shutil.which("unshare")
    if unshare is not None:
        namespaced = Account(servant.installation, 0, 0, wrapper=(unshare, *_UNSHARE))
        if _try(namespaced, layout) == 0:
            return namespaced
    raise EmbeddedPostgresError(
        "postgres_unreachable",
        f"PostgreSQL does not run as root, and the account with uid {servant.uid} cannot use {layout.data_dir}: "
        "choose a MARCHANTE_DATA_DIR outside private folders such as /root, or do not run as root.",
    )


def _try(account: Account, layout: Layout) -> int:
    trial: list[str | Path] = ["/bin/sh", "-c", _TRIAL, "sh", layout.data_dir, account.installation.program("initdb")]
    return account.run(trial).returncode


def _nobody() -> tuple[int, int]:
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return _NOBODY, _NOBODY
    return entry.pw_uid, entry.pw_gid
