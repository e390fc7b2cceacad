"""Reads the word lists beside the modules: text files of `[sections]`, flattened Spanish, no accents.

An indented row continues the one above it without a space between them.
"""

from collections.abc import Iterator
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


def rows(file: str, name: str) -> Iterator[tuple[str, str]]:
    """Give a section's rows of `one: others` as what stands before the colon and what after it."""
    for row in section(file, name).splitlines():
        one, _, others = row.partition(":")
        yield one, others.strip()


def keys_of_each(file: str, name: str) -> dict[str, frozenset[str]]:
    """Give rows of `words: words` as the sound of each of the first with those of all of the second."""
    found: dict[str, frozenset[str]] = {}
    for words, others in rows(file, name):
        for key in map(word_key, words.split()):
            found[key] = found.get(key, frozenset()) | {word_key(each) for each in others.split()}
    return found


def phrases(file: str, name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Give a section's phrases, parted by commas, by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in section(file, name).replace("\n", " ").split(","):
        words = tuple(phrase.split())
        if words:
            found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(several, key=len, reverse=True)) for first, several in found.items()}
