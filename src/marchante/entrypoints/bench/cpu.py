"""CPU seconds of a process, its living children, and the children it has buried."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# pid -> (parent, seconds with those of buried children)
Snapshot = Mapping[int, tuple[int, float]]


def snapshot() -> Snapshot:
    """Every process of this machine that can be seen. Outside Linux buried children are not counted."""
    return _from_proc() if sys.platform == "linux" else _from_ps()


def cpu_seconds(now: Snapshot, pid: int) -> float:
    """Seconds of user and system time the process and its descendants have used so far."""
    if pid not in now:
        return 0.0
    return now[pid][1] + sum(cpu_seconds(now, child) for child, (parent, _) in now.items() if parent == pid)


def machine_seconds() -> float | None:
    """Seconds all cores together have been busy with anything at all, what a hypervisor took included; Linux only."""
    if sys.platform != "linux":
        return None
    user, nice, system, _idle, _waiting, *others = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    return sum(map(int, (user, nice, system, *others))) / os.sysconf("SC_CLK_TCK")


def _from_proc() -> Snapshot:
    ticks = os.sysconf("SC_CLK_TCK")
    found: dict[int, tuple[int, float]] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        # After the name: state, parent … and as the 12th to 15th user, system, buried children's user and system.
        found[int(folder.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / ticks)
    return found


def _from_ps() -> Snapshot:
    shown = subprocess.run(
        ["/bin/ps", "-A", "-o", "pid=,ppid=,time="], check=True, capture_output=True, text=True
    ).stdout
    found: dict[int, tuple[int, float]] = {}
    for line in shown.splitlines():
        pid, parent, used = line.split()
        seconds = 0.0
        for part in used.split(":"):
            seconds = seconds * 60 + float(part)
        found[int(pid)] = (int(parent), seconds)
    return found
