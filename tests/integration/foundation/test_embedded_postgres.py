"""What a process gets from the embedded PostgreSQL, and what it does about files and ports that do not fit."""

import socket
import stat
import subprocess
from pathlib import Path

import pytest
from tests.integration.foundation.postgres_processes import command_lines, postmaster_pid, psql

from marchante.foundation.database.embedded import (
    EmbeddedPostgresError,
    EmbeddedServer,
    acquire,
    embedded_postgres,
    postgres_environment,
    postgres_program,
)


def test_the_server_has_our_database_and_durable_settings(embedded_server: EmbeddedServer):
    names = ["fsync", "synchronous_commit", "full_page_writes"]
    names += ["max_connections", "max_locks_per_transaction", "work_mem"]
    shown = [psql(embedded_server.dsn, f"SHOW {name}") for name in names]
    assert shown == ["on", "on", "on", "200", "256", "7MB"]
    assert psql(embedded_server.dsn, "SELECT current_database(), getdatabaseencoding()") == "marchante|UTF8"
    assert psql(embedded_server.dsn, "SHOW server_version_num").startswith(str(embedded_server.major))


def test_spanish_letters_have_their_case_and_a_fixed_order(embedded_server: EmbeddedServer):
    assert psql(embedded_server.dsn, "SELECT upper('ñandú'), lower('ÁRBOL')") == "ÑANDÚ|árbol"
    locale = "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'marchante'"
    assert psql(embedded_server.dsn, locale) == "b|C.UTF-8"


def test_only_tcp_on_the_loopback_is_open(embedded_server: EmbeddedServer):
    assert psql(embedded_server.dsn, "SELECT inet_server_addr()") == "127.0.0.1"
    assert psql(embedded_server.dsn, "SHOW unix_socket_directories") == ""


@pytest.mark.parametrize("password", ["", "a-wrong-password"])
def test_nobody_enters_without_the_password(embedded_server: EmbeddedServer, password: str):
    assert psql(embedded_server.dsn, "SELECT rolpassword ~ '^SCRAM' FROM pg_authid WHERE rolname = current_user") == "t"
    head, _, tail = embedded_server.dsn.partition("@")
    role = head.rpartition(":")[0]
    with pytest.raises(AssertionError, match="password"):
        psql(f"{role}:{password}@{tail}", "SELECT 1")


def test_other_processes_find_the_server_in_a_private_file(embedded_server: EmbeddedServer):
    url = embedded_server.data_dir / "postgres.url"
    assert url.read_text() == f"{embedded_server.dsn}\n"
    assert stat.S_IMODE(url.stat().st_mode) == 0o600
    assert "password" not in repr(embedded_server)
    assert embedded_server.dsn not in repr(embedded_server)


def test_the_password_is_on_no_command_line(embedded_server: EmbeddedServer):
    password = embedded_server.dsn.split(":")[2].split("@")[0]
    everything = command_lines()
    assert f"-D {embedded_server.data_dir}/postgres-18 " in everything[str(postmaster_pid(embedded_server.data_dir))]
    assert not [pid for pid, command in everything.items() if password in command]


def test_the_other_programs_work_with_the_address(embedded_server: EmbeddedServer):
    dumped = subprocess.run(
        [postgres_program("pg_dump"), "--schema-only", embedded_server.dsn],
        env=postgres_environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    assert "PostgreSQL database dump complete" in dumped.stdout


def test_a_taken_port_is_exchanged_for_another_one(used_dir: Path):
    with embedded_postgres(used_dir, durable=False) as server:
        first = server.dsn
    with embedded_postgres(used_dir, durable=False) as server:
        assert server.dsn == first
    port = int(first.rpartition(":")[2].partition("/")[0])
    with socket.create_server(("127.0.0.1", port)), embedded_postgres(used_dir, durable=False) as server:
        assert server.dsn != first
        assert psql((used_dir / "postgres.url").read_text().strip(), "SELECT 1") == "1"


def test_a_port_taken_at_the_last_moment_is_exchanged_too(used_dir: Path, monkeypatch: pytest.MonkeyPatch):
    with embedded_postgres(used_dir, durable=False) as server:
        first = server.dsn
    port = int(first.rpartition(":")[2].partition("/")[0])
    monkeypatch.setattr("marchante.foundation.database.embedded.startup._is_free", lambda asked: True)
    with socket.create_server(("127.0.0.1", port)), embedded_postgres(used_dir, durable=False) as server:
        assert server.dsn != first
        assert psql(server.dsn, "SELECT 1") == "1"


def test_a_lost_url_file_gets_a_new_password_unless_others_use_the_server(used_dir: Path):
    url = used_dir / "postgres.url"
    with embedded_postgres(used_dir, durable=False) as server:
        psql(server.dsn, "INSERT INTO kept VALUES (1, 1)")
        url.unlink()
        with pytest.raises(EmbeddedPostgresError) as refused:
            acquire(used_dir)
        assert refused.value.code == "postgres_url_lost"
        assert psql(server.dsn, "SELECT 1") == "1"
    with embedded_postgres(used_dir, durable=False) as renewed:
        assert renewed.dsn != server.dsn
        assert psql(renewed.dsn, "SELECT count(*) FROM kept") == "1"


def test_a_url_file_of_other_data_is_replaced(used_dir: Path):
    with embedded_postgres(used_dir, durable=False) as server:
        head, _, tail = server.dsn.rpartition("@")
    (used_dir / "postgres.url").write_text(f"{head.rpartition(':')[0]}:another-password-here@{tail}\n")
    with embedded_postgres(used_dir, durable=False) as server:
        assert psql(server.dsn, "SELECT 1") == "1"


def test_data_of_another_major_is_not_touched(data_dir: Path):
    (data_dir / "postgres-17").mkdir(parents=True)
    with pytest.raises(EmbeddedPostgresError, match="postgres-17") as refused:
        acquire(data_dir)
    assert refused.value.code == "postgres_other_major"
    assert not (data_dir / "postgres-18").exists()


def test_a_start_that_fails_shows_what_the_server_printed(used_dir: Path):
    with pytest.raises(EmbeddedPostgresError, match="shared_buffers") as refused:
        acquire(used_dir, durable=False, extra_settings={"shared_buffers": "nonsense"})
    assert refused.value.code == "postgres_start_failed"
    with embedded_postgres(used_dir, durable=False) as server:
        assert psql(server.dsn, "SELECT 1") == "1"
