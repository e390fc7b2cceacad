"""Reads the word lists beside the modules: text files of `[sections]`, flattened Spanish, no accents.

An indented row continues the one above it without a space between them.
"""

from functools import cache
from importlib.resources import files

from marchante.understanding.normalize import word_key


@cache
def _sections(file: str) -> dict[str, str]:
    text = files(__package__).joinpath(f"{file}.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    rows: list[str] = []
    for row in text.splitlines():
        if row.startswith("[") and row.endswith("]"):
            rows = found.setdefault(row[1:-1], [])
        elif row.startswith("    ") and rows:
            rows[-1] += row.strip()
        elif row.strip():
            rows.append(row.strip())
    return {name: "\n".join(rows) for name, rows in found.items()}


def section_names(file: str) -> tuple[str, ...]:
    """List a file's sections in their order."""
    return tuple(_sections(file))


def section(file: str, name: str) -> str:
    """Give a section's text; `KeyError` if the file has none of that name."""
    return _sections(file)[name]


def texts(file: str, name: str) -> frozenset[str]:
    """Give a section's words as they are written."""
    return frozenset(section(file, name).split())


def keys(file: str, name: str) -> frozenset[str]:
    """Give the sounds of a section's words."""
    return frozenset(word_key(word) for word in section(file, name).split())


def phrases(file: str, name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Give a section's phrases, parted by commas, by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in section(file, name).replace("\n", " ").split(","):
        words = tuple(phrase.split())
        if words:
            found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(several, key=len, reverse=True)) for first, several in found.items()}
