"""Asking about several accounts side by side."""

import asyncio
from collections.abc import Awaitable, Iterable


async def together(questions: Iterable[Awaitable[object]]) -> None:
    """Wait for all of them, also when one fails; then raise what the first that failed raised."""
    for answer in await asyncio.gather(*questions, return_exceptions=True):
        if isinstance(answer, BaseException):
            raise answer
