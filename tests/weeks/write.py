"""`make weeks`: write docs/weeks anew."""

import asyncio
import logging
import tempfile
from pathlib import Path

from marchante.foundation import logs
from marchante.foundation.database.embedded import embedded_postgres
from tests.weeks.play import WEEKS, told

FOLDER = Path(__file__).parents[2] / "docs" / "weeks"


def main() -> None:
    """Each week into its file."""
    logs.configure("console", level=logging.ERROR)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="marchante-weeks-") as folder:
        Path(folder).chmod(0o711)  # as root the server runs as nobody, who must reach its data
        with embedded_postgres(Path(folder), durable=False) as server:
            for week in WEEKS:
                (FOLDER / week.file).write_text(asyncio.run(told(server.dsn, week)))


if __name__ == "__main__":
    main()
