"""What can go wrong with the embedded PostgreSQL, each with a stable code."""

from typing import Literal

ErrorCode = Literal[
    "postgres_not_installed",
    "postgres_program_missing",
    "postgres_other_major",
    "postgres_data_damaged",
    "postgres_not_permitted",
    "postgres_unreachable",
    "postgres_init_failed",
    "postgres_start_failed",
    "postgres_start_timeout",
    "postgres_stop_timeout",
    "postgres_url_lost",
    "postgres_busy",
]


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot be used; `code` is stable, the text says what to do about it."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        """Keep `code` for programs and `message` for people."""
        super().__init__(message)
        self.code: ErrorCode = code
