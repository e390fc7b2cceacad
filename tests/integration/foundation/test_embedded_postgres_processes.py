"""Several processes on one embedded PostgreSQL: shared, killed, orphaned, and still holding every row."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
from tests.integration.foundation.postgres_processes import (
    User,
    is_alive,
    postmaster_pid,
    psql,
    users,
    write_until_lost,
)

from marchante.foundation.database.embedded import (
    acquire,
    embedded_postgres,
    release,
)
from marchante.foundation.database.embedded.lease import is_locked


def test_six_processes_at_once_share_one_server_and_the_last_one_stops_it(data_dir: Path):
    everyone = [User(data_dir, durable=False) for _ in range(6)]
    with users(*everyone):
        assert len({user.ready().dsn for user in everyone}) == 1
        postmaster = postmaster_pid(data_dir)
        for user in everyone[:-1]:
            user.leave()
        assert psql(everyone[-1].dsn, "SELECT 1") == "1"
        everyone[-1].leave()
    assert not is_alive(postmaster)
    assert "database system is shut down" in (data_dir / "postgres-18.log").read_text()


def test_one_process_may_use_it_twice(used_dir: Path):
    with embedded_postgres(used_dir, durable=False) as outer:
        with embedded_postgres(used_dir) as inner:
            assert inner.dsn == outer.dsn
        assert psql(outer.dsn, "SELECT 1") == "1"
        release(inner)
        assert psql(outer.dsn, "SELECT 1") == "1"


def test_a_forked_child_that_leaves_does_not_stop_its_parents_server(used_dir: Path):
    code = (
        "import os, sys; from pathlib import Path\n"
        "from marchante.foundation.database.embedded import acquire, release\n"
        "server = acquire(Path(sys.argv[1]), durable=False)\n"
        "if os.fork() == 0:\n"
        "    release(server)\n"
        "    os._exit(0)\n"
        "os.wait()\n"
        "print(server.dsn, flush=True)\n"
        "sys.stdin.readline()\n"
        "release(server)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, used_dir], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert psql(parent.stdout.readline().strip(), "SELECT 1") == "1"
        postmaster = postmaster_pid(used_dir)
        parent.communicate("leave\n", timeout=30)
    assert not is_alive(postmaster)


def test_ctrl_c_in_the_owners_terminal_does_not_reach_the_server(used_dir: Path):
    owner = User(used_dir, durable=False)
    with users(owner):
        owner.ready()
        with embedded_postgres(used_dir) as server:
            postmaster = postmaster_pid(used_dir)
            owner.interrupt()
            assert psql(server.dsn, "SELECT 1") == "1"
            assert postmaster_pid(used_dir) == postmaster


async def test_no_committed_row_is_lost_when_the_server_is_killed(used_dir: Path):
    acknowledged: list[tuple[int, int]] = []
    with embedded_postgres(used_dir) as server:
        writers = [asyncio.create_task(write_until_lost(server.dsn, writer, acknowledged)) for writer in range(4)]
        while len(acknowledged) < 400 or len({writer for writer, _ in acknowledged}) < 4:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        os.kill(postmaster_pid(used_dir), signal.SIGKILL)
        again = await asyncio.to_thread(acquire, used_dir)
        await asyncio.gather(*writers)
        assert again.dsn == server.dsn
        connection = await asyncpg.connect(again.dsn)
        kept = {(row["writer"], row["number"]) for row in await connection.fetch("SELECT writer, number FROM kept")}
        await connection.close()
        release(again)
    assert len(acknowledged) >= 400
    assert set(acknowledged) <= kept


async def test_a_new_server_waits_for_the_last_child_of_a_killed_one(used_dir: Path):
    with embedded_postgres(used_dir, durable=False) as server:
        child = int(psql(server.dsn, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"))
        os.kill(child, signal.SIGSTOP)
        os.kill(postmaster_pid(used_dir), signal.SIGKILL)
        waiting = asyncio.create_task(asyncio.to_thread(acquire, used_dir, durable=False))
        finished, _ = await asyncio.wait([waiting], timeout=1)
        assert not finished
        assert is_locked(used_dir / "postgres-18.alive")
        os.kill(child, signal.SIGCONT)
        again = await waiting
        assert psql(again.dsn, "SELECT 1") == "1"
        release(again)
    assert not is_locked(used_dir / "postgres-18.alive")


def test_an_orphan_keeps_its_rows_is_adopted_and_stopped_by_the_last_one(used_dir: Path):
    owner = User(used_dir)
    with users(owner):
        owner.ready()
        psql(owner.dsn, "INSERT INTO kept SELECT 1, generate_series(1, 500)")
        postmaster = postmaster_pid(used_dir)
        owner.kill()
    assert is_alive(postmaster)
    with embedded_postgres(used_dir) as server:
        assert postmaster_pid(used_dir) == postmaster
        assert psql(server.dsn, "SELECT count(*) FROM kept") == "500"
    assert not is_alive(postmaster)
    with embedded_postgres(used_dir) as server:
        assert psql(server.dsn, "SELECT count(*) FROM kept") == "500"


def test_a_first_start_that_was_killed_halfway_leaves_nothing_in_the_way(data_dir: Path):
    owner = User(data_dir, durable=False)
    with users(owner):
        deadline = time.monotonic() + 20
        while not list(data_dir.glob("postgres-18.unfinished-*/data/base")):
            assert time.monotonic() < deadline
            time.sleep(0.005)
        owner.kill()
    assert not (data_dir / "postgres-18").exists()
    with embedded_postgres(data_dir, durable=False) as server:
        assert psql(server.dsn, "SELECT current_database()") == "marchante"
        assert list(data_dir.glob("postgres-18.unfinished-*")) == []


def test_a_process_id_that_was_reused_is_not_taken_for_the_server(used_dir: Path):
    server = acquire(used_dir, durable=False)
    pid_file = used_dir / "postgres-18" / "postmaster.pid"
    os.kill(postmaster_pid(used_dir), signal.SIGKILL)
    owner = pid_file.stat()
    identity = {"user": owner.st_uid, "group": owner.st_gid} if os.geteuid() == 0 else {}
    with subprocess.Popen(["/bin/sleep", "60"], cwd="/", **identity) as stranger:
        lines = pid_file.read_text().split("\n")
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        again = acquire(used_dir, durable=False)
        assert psql(again.dsn, "SELECT 1") == "1"
        release(again)
        release(server)
        assert stranger.poll() is None
        stranger.kill()
