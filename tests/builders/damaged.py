"""Webhooks of every kind, damaged as no sender ever would: for what must be taken without an error all the same."""

import copy
import json
import random
from typing import Any

from tests.fixtures.webhooks import NAMES, tree

_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 10**18, 10**400, 1e308, 0.5, "", " ", "\0", "\ud83d", "ñ" * 5_000, "wamid.", "ayer",
    "-1", "99999999999999999999", [], {}, [[]], [None], {"": ""}, {"id": None}, [1, "a", {}], "521" * 40,
)  # fmt: skip
_DEEP = (b"[" * 2_000 + b"]" * 2_000, b'{"a":' * 2_000 + b"1" + b"}" * 2_000, b"1e999", b"9" * 5_000, b'"\\ud800"')
_MARK = '"@odd@"'


def damaged(dice: random.Random, number: int) -> bytes:
    """One body; `number` makes its ids those of no other."""
    body = json.loads(json.dumps(tree(dice.choice(NAMES))).replace("wamid.", f"wamid.D{number}."))
    for _ in range(dice.randint(1, 4)):
        _change(body, dice)
    data = json.dumps(body, separators=(",", ":")).encode()
    data = data.replace(_MARK.encode(), dice.choice(_DEEP))
    return _broken(data, dice) if dice.random() < 0.15 else data


def _change(body: Any, dice: random.Random) -> None:
    found = list(_places(body))
    if not found:
        return
    container, key = dice.choice(found)
    match dice.randrange(7):
        case 0:
            del container[key]
        case 1:
            container[key] = [container[key]]
        case 2:
            container[key] = json.dumps(container[key])
        case 3 if isinstance(container, list):
            container += [container[key]] * dice.randint(1, 3)
        case 4:
            container[key] = _MARK.strip('"')
        case 5 if isinstance(container, dict):
            container[dice.choice(("type", "text", "id", "\0", "más"))] = container.pop(key)
        case _:
            container[key] = copy.deepcopy(dice.choice(_ODD))


def _broken(data: bytes, dice: random.Random) -> bytes:
    """No JSON any more, most of the time."""
    at = dice.randrange(len(data) or 1)
    match dice.randrange(3):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
        case _:
            return data[:at] + dice.randbytes(dice.randint(1, 9)) + data[at:]


def _places(value: Any) -> Any:
    """Every place in a JSON value, as the container and the key in it."""
    inner = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    for key, item in inner:
        yield value, key
        yield from _places(item)
