"""`marchante understand CATALOG.json`: JSON lines in, JSON lines out."""

import io
import json
from pathlib import Path

import pytest

from marchante.understanding.command import load_catalog, run

CATALOG = {
    "company": {"name": "Tienda"},
    "products": [
        {
            "sku": "P",
            "name": "Papa blanca",
            "category": "Verduras",
            "price": 27.5,
            "unit": "kg",
            "step": 0.25,
            "aliases": ["papa"],
        },
        {"sku": "L", "name": "Lechuga", "price": 20, "unit": "piece", "step": 1},
    ],
}


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    path = tmp_path / "catalog.json"
    path.write_text(json.dumps(CATALOG), encoding="utf-8")
    return path


def test_every_line_is_answered_in_the_public_shape(catalog: Path) -> None:
    out = io.StringIO()

    bad = run(
        catalog, ['{"id": 7, "text": "medio de papa y una lechuga"}\n', '{"id": "b", "text": "quítale la papa"}\n'], out
    )

    first, second = (json.loads(row) for row in out.getvalue().splitlines())
    assert bad == 0
    assert first == {
        "id": 7,
        "intent": "order",
        "items": [{"sku": "P", "quantity": 0.5}, {"sku": "L", "quantity": 1}],
        "unknown": [],
        "ambiguous": [],
        "notes": [],
    }
    assert second["intent"] == "change_cart"
    assert second["items"] == [{"sku": "P", "op": "remove"}]


def test_a_bad_line_is_named_and_the_rest_is_answered(catalog: Path) -> None:
    out, errors = io.StringIO(), io.StringIO()

    bad = run(catalog, ["{not json\n", '{"text": "hola"}\n', "\n", '{"id": 1, "text": "hola"}\n'], out, errors)

    assert bad == 2
    assert [row.split(":")[0] for row in errors.getvalue().splitlines()] == ["line 1", "line 2"]
    assert json.loads(out.getvalue())["intent"] == "greeting"


def test_a_file_that_is_no_catalog_says_so(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"products": [{"name": "sin sku"}]}', encoding="utf-8")

    with pytest.raises(ValueError, match=r"other\.json is not a catalog"):
        load_catalog(path)
