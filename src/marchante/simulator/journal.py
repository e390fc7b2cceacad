"""The file that keeps the chats between two starts: one JSON object a line, only ever appended to."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

_log = logging.getLogger(__name__)


class Journal:
    """Appends events; without a path it swallows them. Each line is flushed, so a killed simulator keeps its chats."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: TextIO | None = None

    def open(self) -> None:
        """Start writing. A line torn by a crash is closed first, so that the next event stands on its own."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        torn = self._path.exists() and not _ends_with_newline(self._path)
        self._file = self._path.open("a", encoding="ascii", buffering=1)
        self._path.chmod(0o600)
        if torn:
            self._file.write("\n")

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def write(self, event: str, data: dict[str, Any]) -> None:
        """Append one event; nothing is written before `open`, which is what makes a replay silent."""
        if self._file is not None:
            self._file.write(json.dumps({"event": event, "data": data}, separators=(",", ":")) + "\n")

    def events(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The events written by earlier runs, oldest first; a torn line is skipped."""
        if self._path is None or not self._path.exists():
            return
        with self._path.open(encoding="ascii") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    record = json.loads(line)
                    yield record["event"], record["data"]
                except (json.JSONDecodeError, KeyError, TypeError):
                    _log.warning("line %s of the simulator's journal is torn and was skipped", number)


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, 2) == 0:
            return True
        file.seek(-1, 2)
        return file.read(1) == b"\n"
