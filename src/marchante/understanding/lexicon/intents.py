"""How Mexican customers say everything that is no order: the patterns of `topics.txt` and `talk.txt`.

They are matched against the message's words, flattened, abbreviations written out, one space between. A title in
`topics.txt` is the intent, then `firm` where it wins over products named without an amount, then `availability` where
it asks whether something is there. What stands higher wins over what stands lower. `<name>` is the class of words
`classes.txt` has under that name.
"""

import re
from typing import NamedTuple, cast

from marchante.understanding.domain import Intent
from marchante.understanding.lexicon.reader import section, section_names
from marchante.understanding.normalize import sound

_LEAST_RESPELT = 4


class Topic(NamedTuple):
    """An intent and the words that give it away."""

    intent: Intent
    pattern: re.Pattern[str]
    firm: bool
    availability: bool


def _written_out(pattern: str) -> str:
    return re.sub(r"<([a-z]+)>", lambda name: section("classes", name[1]), pattern)


def _pattern(file: str, name: str) -> re.Pattern[str]:
    """Any of a section's rows."""
    return re.compile("|".join(f"(?:{row})" for row in _written_out(section(file, name)).splitlines()))


def _topic(title: str) -> Topic:
    intent, *traits = title.split()
    return Topic(cast("Intent", intent), _pattern("topics", title), "firm" in traits, "availability" in traits)


def _talk(name: str) -> re.Pattern[str]:
    return re.compile(_written_out(section("talk", name)))


def _spellings() -> dict[str, str]:
    """How the words of the patterns are spelt, as they are and by their sound: *grasias* is *gracias*."""
    patterns = [section(file, name) for file in ("topics", "talk", "classes") for name in section_names(file)]
    known = {word for pattern in patterns for word in re.findall(r"(?<![\\a-z])[a-z]+(?![a-z]|\\w)", pattern)}
    by_sound = {sound(word): word for word in sorted(known, reverse=True) if len(word) >= _LEAST_RESPELT}
    return by_sound | {word: word for word in known}


TOPICS = tuple(_topic(title) for title in section_names("topics"))
EVIDENCE = tuple((cast("Intent", name), _pattern("evidence", name)) for name in section_names("evidence"))
"""What a message that fits nothing else is likeliest about, by its telling words."""
SPELLINGS = _spellings()
OPENING = _talk("opening")
CLOSING = _talk("closing")
PRICE_FIRST = _talk("price_first")
AVAILABLE = _talk("available")
HOW_TO = _talk("how_to")
PLACED = _talk("placed")
ADDRESS_ALONE = _talk("address_alone")
ADDRESS = _talk("address")
GREETING = _talk("greeting")
GREETING_WORD = _talk("greeting_word")
THANKS = _talk("thanks")
GOODBYE = _talk("goodbye")
CONFIRM = _talk("confirm")
CONFIRM_CORE = _talk("confirm_core")
DENY = _talk("deny")
INTERROGATIVE = _talk("interrogative")
DENY_START = _talk("deny_start")
DENY_CORE = _talk("deny_core")
POSITIVE_SIGNS = frozenset("👍👌✅🆗💯✔☑🙌")
NEGATIVE_SIGNS = frozenset("👎❌🚫✖")
THANKS_SIGNS = frozenset("🙏🤝")
HELLO_SIGNS = frozenset("👋")
