"""Where things are in the data directory, and the address other processes read there."""

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from marchante.foundation.database.embedded.errors import EmbeddedPostgresError

ROLE = "marchante"
DATABASE = "marchante"
HOST = "127.0.0.1"
_DSN = re.compile(rf"postgresql://{ROLE}:([A-Za-z0-9_-]{{16,}})@{re.escape(HOST)}:([0-9]{{1,5}})/{DATABASE}\s*")
_HIGHEST_PORT = 65535


@dataclass(frozen=True)
class Address:
    """TCP port on the loopback and the password of our role."""

    port: int
    password: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a DSN that `dsn` wrote; None for anything else."""
        match = _DSN.fullmatch(text)
        if match is None or not 0 < int(match[2]) <= _HIGHEST_PORT:
            return None
        return cls(port=int(match[2]), password=match[1])

    def dsn(self, database: str = DATABASE) -> str:
        """Address as `postgresql://role:password@host:port/database`."""
        return f"postgresql://{ROLE}:{self.password}@{HOST}:{self.port}/{database}"


@dataclass(frozen=True)
class Layout:
    """Every file of one embedded PostgreSQL, by its meaning."""

    data_dir: Path
    major: int

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own files; the only folder that may belong to another account."""
        return self.data_dir / f"postgres-{self.major}"

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self.data_dir / f"postgres-{self.major}.log"

    @property
    def url(self) -> Path:
        """One line, the DSN (0600)."""
        return self.data_dir / "postgres.url"

    @property
    def guard(self) -> Path:
        """Locked by whoever is starting or stopping."""
        return self.data_dir / "postgres.lock"

    @property
    def alive(self) -> Path:
        """Locked by the server and each of its children for as long as one of them lives."""
        return self.data_dir / f"postgres-{self.major}.alive"

    @property
    def users(self) -> Path:
        """One locked file per process that uses the server."""
        return self.data_dir / "postgres.users"

    def read_address(self) -> Address | None:
        """Address last written, or None when it is missing or not ours."""
        try:
            return Address.parse(self.url.read_text())
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def write_address(self, address: Address) -> None:
        """Replace the address in one step, so that a reader sees the old one or the new one."""
        if self.read_address() == address and self.url.stat().st_mode & 0o777 == 0o600:  # noqa: PLR2004
            return
        draft = self.url.with_name(f"{self.url.name}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{address.dsn()}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.url)


def prepare_layout(data_dir: Path, major: int) -> Layout:
    """Make the data directory when it is missing; `postgres_not_permitted` when it is not ours to write."""
    layout = Layout(data_dir.resolve(), major)
    # As root the server runs under another account, which has to pass through here.
    mode = 0o711 if os.geteuid() == 0 else 0o700
    try:
        layout.data_dir.mkdir(mode=mode, parents=True, exist_ok=True)
        layout.users.mkdir(mode=0o700, exist_ok=True)
    except (PermissionError, FileExistsError, NotADirectoryError) as error:
        raise EmbeddedPostgresError(
            "postgres_not_permitted", f"{layout.data_dir} cannot be used as MARCHANTE_DATA_DIR: {error.strerror}."
        ) from error
    return layout


def refuse_other_major(layout: Layout) -> None:
    """Raise `postgres_other_major` when the data here was written by another major of PostgreSQL."""
    if layout.cluster.exists():
        _check_version_file(layout)
        return
    found = [
        path.name for path in sorted(layout.data_dir.glob("postgres-*")) if re.fullmatch(r"postgres-\d+", path.name)
    ]
    if found:
        raise _other_major(layout, found[-1])


def _check_version_file(layout: Layout) -> None:
    try:
        written = (layout.cluster / "PG_VERSION").read_text().strip()
    except FileNotFoundError as error:
        raise EmbeddedPostgresError(
            "postgres_data_damaged",
            f"{layout.cluster} holds no PostgreSQL data: restore it from a backup or remove it.",
        ) from error
    if written != str(layout.major):
        raise _other_major(layout, f"{layout.cluster.name} (PG_VERSION {written})")


def _other_major(layout: Layout, found: str) -> EmbeddedPostgresError:
    return EmbeddedPostgresError(
        "postgres_other_major",
        f"{layout.data_dir} holds {found}, this release runs PostgreSQL {layout.major}: back the data up with the "
        "release that wrote it, then restore the backup here.",
    )
