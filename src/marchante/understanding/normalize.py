"""Letters and words in the one form everything is compared in.

Customers write with and without accents, with k for qu, with emoji and invisible characters in between. `flatten`
keeps one character for each of the original, so that every position still points into the customer's own text.
`word_key` makes words that sound alike, or differ only in number, the same string.
"""

import re
import unicodedata
from functools import lru_cache

HIDDEN = "\0"
"""Stands for a character that is not there to the eye: combining marks, zero-width and direction signs."""
_KEPT = {"\r": "\n", "ñ": "n", "Ñ": "n", "½": "½", "¼": "¼", "¾": "¾", "º": ".", "ª": "."}
_ALIKE = (
    dict.fromkeys("“”″«»„", '"')
    | dict.fromkeys("‘’´`′", "'")
    | dict.fromkeys("–—−‒―", "-")
    | dict.fromkeys("•·●▪►▸◦✔✓➡→☑", "*")
)


@lru_cache(maxsize=4096)
def _flat(char: str) -> str:
    special = _KEPT.get(char) or _ALIKE.get(char)
    if special:
        return special
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cf"}:
        return HIDDEN
    if char == "\n":
        return char
    if category[0] in "ZC" or category in {"So", "Sk"}:
        return " "
    base = unicodedata.normalize("NFKD", char)[0].lower()
    return base if len(base) == 1 else " "


def flatten(text: str) -> str:
    """Lower-case without accents, emoji as spaces; exactly as long as the text."""
    return "".join(map(_flat, text))


_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^te?es$", "te"),  # *2 tees de media*
        (r"sh|ch", "C"),
        (r"ll", "y"),
        (r"([^r])\1+", r"\1"),
        (r"r{3,}|(?<![aeiou])rr", "r"),
        (r"q(?:u(?=[ei]))?", "k"),
        (r"lces$", "lse"),
        (r"ces$", "z"),
        (r"c(?=[ei])|s(?=c[ei])", "s"),
        (r"c", "k"),
        (r"ks", "x"),
        (r"z(?!$)", "s"),
        (r"v", "b"),
        (r"ph", "f"),
        (r"g(?=[ei])", "j"),
        (r"gu(?=[ei])", "g"),
        (r"h", ""),
        (r"n(?=[bp])", "m"),
        (r"w", "u"),
        (r"y(?=s?$)", "i"),
    )
)
_DRAWN = re.compile(r"([a-z])\1{2,}|([aeiou])\2+\b")
_LEAST_STEM = 3


def undrawn(text: str) -> str:
    """Cut letters drawn out short: *holaaa* is *hola*, *graciasss* is *gracias*."""
    return _DRAWN.sub(r"\1\2", text)


@lru_cache(maxsize=16384)
def sound(word: str) -> str:
    """Give how a flattened word sounds: `sinco` and `cinco` are the same; `aa` and `aaa` are two sizes of battery."""
    if word == word[:1] * len(word):
        return "k" if word in {"c", "q"} else word
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=16384)
def word_key(word: str) -> str:
    """Give the sound of a flattened word in the singular: `kesos` and `queso` are both `keso`."""
    key = sound(word)
    if key.endswith("eses"):  # *japoneses* are more than one *japonés*
        key = key.removesuffix("es")
    for ending in ("s", "e"):
        if len(key) > _LEAST_STEM:
            key = key.removesuffix(ending)
    return key


def bound(preposition: str, key: str) -> str:
    """Tie a word to its *sin* or *con*: bone-in and boneless are two products."""
    return f"{preposition} {key}"


@lru_cache(maxsize=4096)
def undiminished(key: str) -> tuple[str, ...]:
    """Give the keys a diminutive may come from, likeliest first: `kesito` → `keso`, `limonsito` → `limon`."""
    vowel = key[-1:]
    if vowel not in {"o", "a"}:
        return ()
    stems = []
    for ending in ("esit", "sit", "it"):
        stem = key[:-1].removesuffix(ending)
        if len(stem) > 1 and stem != key[:-1]:
            stems.append(stem)
    whole = [form for each in stems for form in (each + vowel, each, each + "e", each + "z")]
    whole += [each[:-1] + "i" for each in stems if each.endswith("y")]  # *chamoycito*
    whole += [each + "u" + vowel for each in stems if each.endswith("g")]  # *agüita*
    return tuple(dict.fromkeys(whole))


def other_gender(key: str) -> str:
    """`rojo` ↔ `roja`; a key that ends otherwise comes back as it is."""
    if key.endswith("a"):
        return key[:-1] + "o"
    if key.endswith("o"):
        return key[:-1] + "a"
    return key
