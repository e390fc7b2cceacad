"""Structured logs: one JSON line per event, with the trace id of the message. Secrets and phones never appear whole."""

import logging
import re
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Literal, TextIO, cast

import structlog

# Ten digits or more in a row: a phone, a wa_id, a card. Also what a wamid hides (it embeds the customer's phone).
_DIGITS = re.compile(r"\d{10,}")
_WAMID = re.compile(r"wamid\.[A-Za-z0-9+/=_-]+")
_SECRET_NAMES = ("token", "secret", "password", "authorization", "api_key", "ciphertext")
_KEPT = {"trace_id", "timestamp", "phone_number_id"}


def mask(text: str) -> str:
    """Phones keep their last four digits, wamids their last six characters."""
    text = _WAMID.sub(lambda match: f"wamid.…{match[0][-6:]}", text)
    return _DIGITS.sub(lambda match: f"…{match[0][-4:]}", text)


def _mask_event(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if name in _KEPT:
            continue
        if any(part in name.lower() for part in _SECRET_NAMES):
            event[name] = "***"
        elif isinstance(value, str):
            event[name] = mask(value)
    return event


class _Stderr:
    """Whatever stderr is at the moment of writing: who redirects it later hears the logs too."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def configure(style: Literal["json", "console"], level: int = logging.INFO, file: Path | None = None) -> None:
    """Called once, by each entry point; stderr unless a file is named. Libraries log from WARNING up, in one shape."""
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    stream = file.open("a", encoding="utf-8", buffering=1) if file is not None else cast("TextIO", _Stderr())
    renderer = structlog.processors.JSONRenderer() if style == "json" else structlog.dev.ConsoleRenderer(colors=False)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = [structlog.processors.format_exc_info, _mask_event, renderer]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
