"""The embedded PostgreSQL as root and as an ordinary user, in places that are open and in places that are not."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from tests.integration.foundation.postgres_processes import (
    User,
    command_line,
    is_alive,
    namespaces_allowed,
    own_by_ordinary_account,
    postmaster_pid,
    psql,
    users,
)

from marchante.foundation.database.embedded import (
    EmbeddedPostgresError,
    acquire,
    embedded_postgres,
)
from marchante.foundation.database.embedded.binaries import Installation, installation

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")
as_user = pytest.mark.skipif(os.geteuid() == 0, reason="root may use every folder")


def test_an_ordinary_user_runs_it_himself(data_dir: Path):
    data_dir.mkdir()
    own_by_ordinary_account(data_dir)
    user = User(data_dir, durable=False, ordinary=True)
    with users(user):
        assert user.ready().euid != 0
        assert psql(user.dsn, "SELECT 1") == "1"
        assert data_dir.stat().st_uid == (data_dir / "postgres-18").stat().st_uid
        user.leave()
    assert not (data_dir / "postgres-18" / "postmaster.pid").exists()


@as_user
def test_a_data_directory_of_root_is_refused_clearly():
    with pytest.raises(EmbeddedPostgresError, match="MARCHANTE_DATA_DIR") as refused:
        acquire(Path("/marchante-data-of-root"))
    assert refused.value.code == "postgres_not_permitted"


@as_root
def test_a_user_is_refused_clearly_where_root_keeps_data(used_dir: Path):
    with embedded_postgres(used_dir, durable=False):
        user = User(used_dir, ordinary=True)
        with users(user), pytest.raises(AssertionError, match="EmbeddedPostgresError") as complaint:
            user.ready()
    assert str(used_dir) in str(complaint.value)


@as_root
def test_root_hands_only_the_data_to_another_account(data_dir: Path):
    before = [stat.S_IMODE(path.stat().st_mode) for path in data_dir.parents]
    with embedded_postgres(data_dir, durable=False) as server:
        assert psql(server.dsn, "SELECT 1") == "1"
        owned = {path.name: path.stat().st_uid for path in data_dir.iterdir()}
        assert owned.pop("postgres-18") != 0
        assert set(owned.values()) == {0}
    assert [stat.S_IMODE(path.stat().st_mode) for path in data_dir.parents] == before


@as_root
def test_root_may_use_the_data_of_a_user_without_taking_it_away(data_dir: Path):
    data_dir.mkdir()
    own_by_ordinary_account(data_dir)
    for ordinary in (True, False, True):
        user = User(data_dir, durable=False, ordinary=ordinary)
        with users(user):
            user.ready()
            user.leave()
    assert (data_dir / "postgres-18").stat().st_uid == data_dir.stat().st_uid


@as_root
def test_root_with_programs_in_a_private_folder_runs_a_copy(used_dir: Path, monkeypatch: pytest.MonkeyPatch):
    private = used_dir.parent / "private"
    private.mkdir(mode=0o700)
    original = installation()
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (original.site / name).exists():
            shutil.copytree(original.site / name, private / name)
    hidden = Installation(private, original.version)
    monkeypatch.setattr("marchante.foundation.database.embedded.startup.installation", lambda: hidden)
    with embedded_postgres(used_dir, durable=False) as server:
        assert psql(server.dsn, "SELECT 1") == "1"
        assert f"{used_dir}/postgres-programs-" in command_line(postmaster_pid(used_dir))
        assert (used_dir / "postgres-18").stat().st_uid != 0
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


@as_root
def test_root_with_data_in_a_private_folder_uses_a_user_namespace_or_says_why_not(data_dir: Path):
    data_dir.parent.chmod(0o700)
    if namespaces_allowed():
        with embedded_postgres(data_dir, durable=False) as server:
            assert psql(server.dsn, "SELECT 1") == "1"
            postmaster = postmaster_pid(data_dir)
        assert not is_alive(postmaster)
    else:
        with pytest.raises(EmbeddedPostgresError) as refused:
            acquire(data_dir)
        assert refused.value.code == "postgres_unreachable"
    assert stat.S_IMODE(data_dir.parent.stat().st_mode) == 0o700


@as_root
def test_root_without_user_namespaces_is_told_to_choose_another_folder(data_dir: Path, monkeypatch: pytest.MonkeyPatch):
    data_dir.parent.chmod(0o700)
    monkeypatch.setattr("marchante.foundation.database.embedded.account.shutil.which", lambda _: None)
    with pytest.raises(EmbeddedPostgresError, match="MARCHANTE_DATA_DIR") as refused:
        acquire(data_dir)
    assert refused.value.code == "postgres_unreachable"
    assert "\n" not in str(refused.value)


@as_root
def test_data_that_moved_out_of_a_private_folder_still_starts(data_dir: Path):
    if not namespaces_allowed():
        pytest.fail("this machine allows no user namespaces; the case cannot be built")
    data_dir.parent.chmod(0o700)
    with embedded_postgres(data_dir, durable=False) as server:
        psql(server.dsn, "CREATE TABLE kept AS SELECT 1 AS id")
    assert (data_dir / "postgres-18").stat().st_uid == 0
    data_dir.parent.chmod(0o711)
    with embedded_postgres(data_dir, durable=False) as server:
        assert psql(server.dsn, "SELECT count(*) FROM kept") == "1"
