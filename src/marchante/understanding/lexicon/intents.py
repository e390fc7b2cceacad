"""How Mexican customers say everything that is no order: the patterns of `topics.txt` and `talk.txt`.

They are matched against the message's words, flattened, abbreviations written out, one space between. A title in
`topics.txt` is the intent, then `firm` where it wins over products named without an amount, then `availability` where
it asks whether something is there. What stands higher wins over what stands lower.
"""

import re
from typing import NamedTuple, cast

from marchante.understanding.domain import Intent
from marchante.understanding.lexicon.reader import section, section_names


class Topic(NamedTuple):
    """An intent and the words that give it away."""

    intent: Intent
    pattern: re.Pattern[str]
    firm: bool
    availability: bool


def _topic(title: str) -> Topic:
    intent, *traits = title.split()
    rows = section("topics", title).replace("<pedido>", section("talk", "pedido")).splitlines()
    pattern = re.compile("|".join(f"(?:{row})" for row in rows))
    return Topic(cast("Intent", intent), pattern, "firm" in traits, "availability" in traits)


def _talk(name: str) -> re.Pattern[str]:
    return re.compile(section("talk", name))


TOPICS = tuple(_topic(title) for title in section_names("topics"))
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
