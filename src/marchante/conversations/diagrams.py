"""Draw the flow tables: `python -m marchante.conversations.diagrams [FOLDER]` writes one Mermaid file per flow."""

import sys
from pathlib import Path
from typing import get_args

from marchante.conversations.dispatch import STATES
from marchante.conversations.table import EVERYWHERE, Flow, State, StateName

FOLDER = Path("docs/flows")
FLOWS: tuple[Flow, ...] = get_args(Flow)


def drawn() -> dict[str, str]:
    """The text of every file by its name."""
    return {f"{flow}.mmd": diagram(flow) for flow in FLOWS} | {"everywhere.mmd": everywhere()}


def diagram(flow: Flow) -> str:
    """The states of one flow, where their buttons lead, and where *back* leads; other flows' states in brackets."""
    own = [state for state in STATES.values() if state.flow == flow]
    lines = ["%% Generated from the flow tables: python -m marchante.conversations.diagrams", "stateDiagram-v2"]
    lines += [f"    {state.name} : {state.name}" for state in own]
    lines += [f"    {name} : {name} ({STATES[name].flow})" for name in _neighbours(own)]
    if any(state.name is StateName.MENU for state in own):
        lines.append("    [*] --> menu")
    for state in own:
        lines += [f"    {state.name} --> {name}" for name in sorted(set(state.exits) - {state.name})]
        if state.back is not state.name:
            lines.append(f"    {state.name} --> {state.back} : back")
    return "\n".join(lines) + "\n"


def _neighbours(own: list[State]) -> list[StateName]:
    inside = {state.name for state in own}
    reached = {name for state in own for name in (*state.exits, state.back)}
    return sorted(reached - inside)


def everywhere() -> str:
    """Where words lead from any state: the global words, a product's name, a question, silence."""
    lines = ["%% Generated from the flow tables: python -m marchante.conversations.diagrams", "stateDiagram-v2"]
    lines.append("    any : any state")
    lines += [f"    any --> {name}" for name in sorted(EVERYWHERE)]
    return "\n".join(lines) + "\n"


def write(folder: Path) -> None:
    """Write all files and remove what no flow draws any more."""
    folder.mkdir(parents=True, exist_ok=True)
    files = drawn()
    for old in folder.glob("*.mmd"):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
