"""The three weeks in docs/weeks are what the product says today."""

from pathlib import Path

import pytest
from tests.weeks.play import WEEKS, Week, told

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "weeks"


@pytest.mark.parametrize("week", WEEKS, ids=lambda week: week.file)
async def test_the_week_is_told_as_it_is_lived(postgres_dsn: str, week: Week) -> None:
    assert await told(postgres_dsn, week) == (FOLDER / week.file).read_text(encoding="utf-8"), "run make weeks"


def test_every_page_has_a_script() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == {week.file for week in WEEKS}
