"""The drawings in docs/flows are the tables."""

from pathlib import Path

from marchante.conversations.diagrams import FLOWS, drawn, write

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "flows"


def test_the_drawings_are_up_to_date():
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.mmd")}
    assert kept == drawn(), "run python -m marchante.conversations.diagrams"


def test_every_flow_is_drawn():
    assert {f"{flow}.mmd" for flow in FLOWS} <= set(drawn())


def test_what_no_flow_draws_any_more_is_removed(tmp_path: Path):
    (tmp_path / "old.mmd").write_text("stateDiagram-v2\n")
    write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(drawn())
