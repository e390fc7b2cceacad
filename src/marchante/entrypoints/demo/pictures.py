"""Pictures of products for the demo shops: drawn here, so that nothing has to be carried or fetched."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import typst

Motif = Literal["fruit", "bunch", "bottle", "jug", "sack", "shirt", "tool", "bulb", "tin"]
_SOURCE = Path(__file__).parent / "picture.typ"
_PIXELS_OF_A_POINT = 72.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a product looks like: a shape and its colour."""

    motif: Motif
    tone: str

    def png(self) -> bytes:
        """600 by 600 pixels, some 10 to 40 kB; takes a few hundredths of a second."""
        wanted = json.dumps({"motif": self.motif, "tone": self.tone})
        page = typst.compile(_SOURCE, format="png", ppi=_PIXELS_OF_A_POINT, sys_inputs={"picture": wanted})
        assert isinstance(page, bytes)
        return page


PICTURES: dict[str, Drawing] = {
    "ABA-002": Drawing("bottle", "#C62828"),
    "ABA-007": Drawing("bottle", "#4FC3F7"),
    "ABA-010": Drawing("tin", "#1565C0"),
    "ABA-020": Drawing("sack", "#388E3C"),
    "ABA-025": Drawing("bottle", "#F9A825"),
    "ABA-032": Drawing("tin", "#0277BD"),
    "VER-001": Drawing("fruit", "#E53935"),
    "VER-003": Drawing("fruit", "#D7CCC8"),
    "VER-019": Drawing("fruit", "#33691E"),
    "VER-020": Drawing("fruit", "#7CB342"),
    "VER-023": Drawing("fruit", "#B71C1C"),
    "VER-025": Drawing("fruit", "#FB8C00"),
    "VER-040": Drawing("bunch", "#2E7D32"),
    "VER-043": Drawing("bunch", "#1B5E20"),
    "AGU-001": Drawing("jug", "#29B6F6"),
    "AGU-002": Drawing("jug", "#0288D1"),
    "AGU-006": Drawing("bottle", "#81D4FA"),
    "AGU-009": Drawing("sack", "#B3E5FC"),
    "TIN-004": Drawing("shirt", "#42A5F5"),
    "TIN-005": Drawing("shirt", "#90CAF9"),
    "TIN-010": Drawing("shirt", "#37474F"),
    "TIN-020": Drawing("shirt", "#6D4C41"),
    "FER-001": Drawing("sack", "#78909C"),
    "FER-002": Drawing("sack", "#CFD8DC"),
    "FER-011": Drawing("bulb", "#607D8B"),
    "FER-028": Drawing("tin", "#90A4AE"),
    "FER-039": Drawing("tool", "#455A64"),
}
"""By sku."""
