"""Whether two words a letter or two apart are one word misspelt, or two words."""

LEAST_MISSPELT = 4
LONG = 8
"""From here on two letters may be wrong."""


def is_likely(key: str, near: str) -> bool:
    """Short words one letter apart are mostly two words (*rota*, *ropa*); misspelt ones lose, gain or swap a letter."""
    if len(key) <= LEAST_MISSPELT:
        return near[0] == key[0] and (len(near) != len(key) or sorted(near) == sorted(key))
    return near[0] == key[0] or (len(key) > LEAST_MISSPELT + 1 and len(key) <= len(near))


def is_another_word(key: str, near: str) -> bool:
    """With one letter changed for another a short word is as likely another word: *manila*, *manita*."""
    return len(key) == len(near) < LONG - 1 and sorted(key) != sorted(near)
