"""No labelled set may fall below what was last accepted."""

from pathlib import Path

import pytest

from tests.understanding.evaluate import faults, read
from tests.understanding.labelled import sets
from tests.understanding.score import judge, totals


@pytest.mark.parametrize("folder", sets(), ids=lambda folder: folder.name)
def test_a_labelled_set_scores_no_less_than_accepted(folder: Path) -> None:
    labels, predictions = read(folder)
    scores = totals([judge(label, prediction) for label, prediction in zip(labels, predictions, strict=True)])

    assert faults(folder.name, scores) == []


def test_a_wrong_amount_nobody_asks_about_counts_as_wrong_and_silent() -> None:
    label = {
        "intent": "order",
        "items": [{"sku": "A", "quantity": 2}],
        "unknown": [],
        "ambiguous": [],
        "notes": [],
        "tags": [],
    }
    right = {"intent": "order", "items": [{"sku": "A", "quantity": 2}], "unknown": [], "ambiguous": [], "notes": []}
    wrong = right | {"items": [{"sku": "A", "quantity": 3}]}
    asking = wrong | {"ambiguous": [{"phrase": "a", "candidates": ["A", "B"]}]}

    assert judge(label, right).cart
    assert not judge(label, right).wrong_silent
    assert judge(label, wrong).wrong_silent
    assert not judge(label, wrong).cart
    assert not judge(label, asking).wrong_silent
