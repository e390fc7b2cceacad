"""`make eval`: scores every labelled set beside this file and fails below what was last accepted.

A set is a folder with `messages.jsonl` and the `catalogs/` no earlier set has. `accepted.json` holds, per set, the least share (per cent) of right
intents and exact carts and the largest of wrong-silent messages. `--failures N` shows the first N wrong messages of each set;
never of a set held back, which is scored as a whole and not read.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from marchante.understanding import understand
from marchante.understanding.command import to_json
from tests.understanding.labelled import HELD_BACK, HERE, catalogs, labels, sets, shop
from tests.understanding.score import Verdict, judge, totals

COLUMNS = (
    "messages",
    "carts",
    "intent",
    "exact_cart",
    "strict_cart",
    "wrong_silent",
    "silent_guess",
    "needless_question",
)


def accepted() -> dict[str, dict[str, float]]:
    loaded: dict[str, dict[str, float]] = json.loads((HERE / "accepted.json").read_text(encoding="utf-8"))
    return loaded


def _catalog(folder: Path, name: str) -> Path:
    """The set's own shop of that name, or else the one of another set that may be read."""
    own = folder / "catalogs" / f"{name}.json"
    return own if own.exists() else catalogs()[name]


def read(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Labels of a set and what is understood of each."""
    told = labels(folder)
    indexes = {name: shop(_catalog(folder, name)).index for name in {label["catalog"] for label in told}}
    return told, [to_json(label["id"], understand(label["text"], indexes[label["catalog"]])) for label in told]


def faults(name: str, scores: Mapping[str, float]) -> list[str]:
    """Where a set fell below what was accepted."""
    least = accepted().get(name, {})
    found = [
        f"{name}: {key} {scores[key]} < {least[key]}"
        for key in ("intent", "exact_cart")
        if scores[key] < least.get(key, 0)
    ]
    if scores["wrong_silent"] > least.get("wrong_silent", 100):
        found.append(f"{name}: wrong_silent {scores['wrong_silent']} > {least['wrong_silent']}")
    return found


def _table(rows: Sequence[tuple[str, Mapping[str, float]]]) -> str:
    lines = [f"{'':28}" + "".join(f"{column:>18}" for column in COLUMNS)]
    lines += [f"{name:28}" + "".join(f"{scores[column]:>18g}" for column in COLUMNS) for name, scores in rows]
    return "\n".join(lines)


def _show(
    told: Sequence[dict[str, Any]], predictions: Sequence[dict[str, Any]], verdicts: Sequence[Verdict], most: int
) -> None:
    wrong = [
        (label, prediction)
        for label, prediction, verdict in zip(told, predictions, verdicts, strict=True)
        if verdict.wrong_silent or verdict.cart is False or verdict.intent < 1
    ]
    for label, prediction in wrong[:most]:
        print(label["id"], repr(label["text"]))
        for row in (label, prediction):
            kept = {key: row[key] for key in ("intent", "items", "unknown", "ambiguous") if row.get(key)}
            print("   ", json.dumps(kept, ensure_ascii=False))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    rows: list[tuple[str, Mapping[str, float]]] = []
    below: list[str] = []
    for folder in sets():
        told, predictions = read(folder)
        verdicts = [judge(label, prediction) for label, prediction in zip(told, predictions, strict=True)]
        scores = totals(verdicts)
        rows.append((folder.name, scores))
        below += faults(folder.name, scores)
        if folder.name in HELD_BACK:
            continue
        for catalog in sorted({label["catalog"] for label in told}):
            part = [verdict for label, verdict in zip(told, verdicts, strict=True) if label["catalog"] == catalog]
            rows.append((f"  {catalog}", totals(part)))
        _show(told, predictions, verdicts, arguments.failures)
    print(_table(rows))
    print(*below, sep="\n")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
