"""Names in the form in which they are compared and sorted."""

import re
import unicodedata

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Lower case without accents, words apart by one space: " Jabón  Zote (rosa)" -> "jabon zote rosa"."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_A_WORD.sub(" ", bare.lower()).strip()
