"""Chromium for the tests that look at a page.

Loaded as a plugin by the root conftest. A machine without Chromium fails these tests: they are part of the proof.
"""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

# A busy machine is slow, not wrong.
expect.set_options(timeout=20_000)

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def _chromium() -> str:
    """The Chromium of the machine; the variable CHROMIUM names another."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.fail(f"no Chromium on this machine: install one of {', '.join(_NAMES)} or set CHROMIUM", pytrace=False)
    return found


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for the whole run; each test opens a context of its own."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=_chromium(), args=list(_QUIET))
        yield chromium
        await chromium.close()


@dataclass(slots=True)
class Complaints:
    """What pages complained about: console errors and warnings, and exceptions nobody caught."""

    heard: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("console", lambda message: self._console(message))  # noqa: PLW0108 -- Playwright marks a method it is given
        page.on("pageerror", lambda error: self.heard.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.heard.append(message.text)
