"""The data of one server: made whole or not at all, and the password inside it."""

import os
import secrets
import shutil
import sys
from pathlib import Path

from marchante.foundation.database.embedded.account import Account
from marchante.foundation.database.embedded.errors import EmbeddedPostgresError
from marchante.foundation.database.embedded.layout import ROLE, Layout
from marchante.foundation.database.embedded.postmaster import ignore_stale_pid

# The built-in collation does not change with the operating system, so indexes survive a new image.
_SYSTEM_LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
_INITDB = (
    f"--username={ROLE}",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    f"--locale={_SYSTEM_LOCALE}",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)


def create_cluster(account: Account, layout: Layout, password: str, *, durable: bool) -> None:
    """Prepare a cluster aside and give it its name when it is complete; `postgres_init_failed` otherwise."""
    _clear_away_unfinished(layout)
    # A name of its own: an initdb whose owner was killed may still be writing to the previous one.
    workspace = layout.data_dir / f"{layout.cluster.name}.unfinished-{secrets.token_hex(4)}"
    workspace.mkdir(mode=0o700)
    try:
        secret = workspace / "password"
        with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(password)
        account.give(workspace)
        data = workspace / "data"
        command: list[str | Path] = [account.installation.program("initdb"), "-D", data, f"--pwfile={secret}", *_INITDB]
        done = account.run([*command, *([] if durable else ["--no-sync"])])
        if done.returncode != 0:
            raise EmbeddedPostgresError("postgres_init_failed", f"initdb failed in {layout.data_dir}:\n{done.stdout}")
        data.rename(layout.cluster)
    finally:
        _clear_away_unfinished(layout)  # the previous one too: what was writing to it began earlier and has ended


def _clear_away_unfinished(layout: Layout) -> None:
    for unfinished in layout.data_dir.glob(f"{layout.cluster.name}.unfinished-*"):
        shutil.rmtree(unfinished, ignore_errors=True)


def reset_password(account: Account, layout: Layout, password: str) -> None:
    """Give our role this password while no server runs, for data whose `postgres.url` was lost or is another's."""
    command: list[str | Path] = [account.installation.program("postgres"), "--single", "-D", layout.cluster, "postgres"]
    done = account.run(command, text=f"ALTER ROLE {ROLE} PASSWORD '{password}'\n", environment=ignore_stale_pid(layout))
    complaints = [line for line in done.stdout.splitlines() if " ERROR: " in line or " FATAL: " in line]
    if done.returncode != 0 or complaints:
        raise EmbeddedPostgresError(
            "postgres_start_failed", f"No new password could be set in {layout.cluster}: {' '.join(complaints)}"
        )
