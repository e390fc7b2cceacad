"""Reading a request field by field, so that every refusal names the parameter it is about."""

from collections.abc import Iterator
from typing import Any

from marchante.simulator.errors import GraphError, invalid, missing, unexpected


class Node:
    """One JSON object of a request and the path that leads to it."""

    def __init__(self, value: dict[str, Any], path: str = "") -> None:
        self.value = value
        self.path = path

    def at(self, key: str) -> str:
        """The full name of a field of this object."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        return self.value.get(key) is not None

    def only(self, *keys: str) -> None:
        """Refuse keys Graph does not know on this object."""
        for key in self.value:
            if key not in keys:
                raise GraphError(100, f"Unexpected key \"{key}\" on param '{self.path}'")

    def text(self, key: str, maximum: int | None = None) -> str:
        """A text that must be there: not blank and, with `maximum`, at most that many characters."""
        value = self.value.get(key)
        if value is None:
            raise missing(self.at(key))
        if not isinstance(value, str):
            raise invalid(self.at(key), "must be a string")
        if not value.strip():
            raise invalid(self.at(key), "must not be empty")
        if maximum is not None and len(value) > maximum:
            raise invalid(self.at(key), f"length invalid. Min length: 1, Max length: {maximum}, given: {len(value)}")
        return value

    def optional_text(self, key: str, maximum: int | None = None) -> str | None:
        """A text that may be absent; when it is there it follows the rules of `text`."""
        return self.text(key, maximum) if self.has(key) else None

    def child(self, key: str) -> "Node":
        value = self.value.get(key)
        if value is None:
            raise missing(self.at(key))
        if not isinstance(value, dict):
            raise invalid(self.at(key), "must be an object")
        return Node(value, self.at(key))

    def children(self, key: str, minimum: int, maximum: int) -> list["Node"]:
        """A list of objects with `minimum` to `maximum` items."""
        value = self.value.get(key)
        if value is None:
            raise missing(self.at(key))
        if not isinstance(value, list):
            raise invalid(self.at(key), "must be an array")
        if not minimum <= len(value) <= maximum:
            raise invalid(self.at(key), f"must hold {minimum} to {maximum} items, {len(value)} given")
        return list(self._items(key, value))

    def choice(self, key: str, *allowed: str) -> str:
        value = self.text(key)
        if value not in allowed:
            raise unexpected(self.at(key), f"must be one of {{{', '.join(allowed)}}}")
        return value

    def word(self, key: str, *allowed: str) -> str:
        """One of the words, in either case: templates are written in capitals by some clients. Lower-case."""
        value = self.text(key).lower()
        if value not in allowed:
            raise unexpected(self.at(key), f"must be one of {{{', '.join(allowed)}}}")
        return value

    def boolean(self, key: str) -> bool | None:
        value = self.value.get(key)
        if value is not None and not isinstance(value, bool):
            raise invalid(self.at(key), "must be a boolean")
        return value

    def number(self, key: str, minimum: float, maximum: float) -> float:
        """A number, also one written in a string, between the two limits."""
        value = self.value.get(key)
        if value is None:
            raise missing(self.at(key))
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise invalid(self.at(key), "must be a number")
        try:
            number = float(value)
        except ValueError as error:
            raise invalid(self.at(key), "must be a number") from error
        if not minimum <= number <= maximum:
            raise invalid(self.at(key), f"must be between {minimum:g} and {maximum:g}")
        return number

    def web_address(self, key: str, maximum: int = 2000) -> str:
        value = self.text(key, maximum)
        if not value.lower().startswith(("https://", "http://")):
            raise invalid(self.at(key), "must be an http or https URL")
        return value

    def _items(self, key: str, value: list[Any]) -> Iterator["Node"]:
        for index, item in enumerate(value):
            path = f"{self.at(key)}[{index}]"
            if not isinstance(item, dict):
                raise invalid(path, "must be an object")
            yield Node(item, path)


def unique(nodes: list[Node], key: str, values: list[str]) -> None:
    """Refuse the first value that repeats an earlier one; `nodes` are where the values come from."""
    seen: set[str] = set()
    for node, value in zip(nodes, values, strict=True):
        if value in seen:
            raise invalid(node.at(key), f"is duplicated: '{value}'")
        seen.add(value)
