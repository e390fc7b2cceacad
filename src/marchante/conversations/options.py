"""Extras and fillings of a product: which can be had now, which were chosen, and which a text names."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from marchante.catalog.domain import Product
from marchante.catalog.options import Option, OptionGroup
from marchante.catalog.words import plain

Chosen = tuple[str, str]
"""Group and name of an option."""

# Words before what an option is, in its name and in what customers write.
_LEAD = re.compile(r"^(?:(?:con|de|del|el|la|los|las|extra|al|a la|y) )+")
_REFUSALS = ("sin", "no", "quita", "quitar", "quitale", "quitales", "menos", "no quiero", "no le pongas")
_ARTICLES = ("", "el ", "la ", "los ", "las ")
_WITHOUT = "".join(f"(?<!\\b{refusal} {article})" for refusal in _REFUSALS for article in _ARTICLES)
_REFUSING = rf"\b(?:{'|'.join(_REFUSALS)}) (?:{'|'.join(_ARTICLES[1:])})?"
_LEFT_OVER = re.compile(r"(?:\b(?:con|de|del|y|extra)\b[ ,]*)+$|^[ ,]*(?:\by\b[ ,]*)?|[ ,]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """An option named in a text, and where in the plain text."""

    chosen: Chosen
    start: int
    end: int


def on_offer(group: OptionGroup, sold_out: Collection[int]) -> tuple[Option, ...]:
    """What can be chosen of a group now: not what is used up."""
    return tuple(option for option in group.options if option.product_id not in sold_out)


def can_be_completed(product: Product, sold_out: Collection[int]) -> bool:
    """Whether every group still has as many choices as it requires."""
    return all(len(on_offer(group, sold_out)) >= group.min_choices for group in product.groups)


def picked(product: Product, chosen: Collection[Chosen]) -> tuple[tuple[OptionGroup, Option], ...]:
    """What was chosen and the product still has, in the order of its groups."""
    return tuple(
        (group, option) for group in product.groups for option in group.options if (group.name, option.name) in chosen
    )


def options_of(product: Product, chosen: Collection[Chosen]) -> tuple[Option, ...]:
    return tuple(option for _, option in picked(product, chosen))


def in_order(product: Product, chosen: Collection[Chosen]) -> tuple[Chosen, ...]:
    """The same choices always written the same way: two lines with the same options are one."""
    return tuple((group.name, option.name) for group, option in picked(product, chosen))


def count_in(group: OptionGroup, chosen: Collection[Chosen]) -> int:
    return sum((group.name, option.name) in chosen for option in group.options)


def missing_group(product: Product, chosen: Collection[Chosen]) -> OptionGroup | None:
    """The first group of which not enough is chosen."""
    return next((group for group in product.groups if count_in(group, chosen) < group.min_choices), None)


def roomy_group(product: Product, chosen: Collection[Chosen]) -> OptionGroup | None:
    """The first required group of which more may be chosen."""
    return next(
        (each for each in product.groups if each.min_choices and count_in(each, chosen) < most_of(each)),
        None,
    )


def most_of(group: OptionGroup) -> int:
    return min(group.max_choices, len(group.options))


def with_chosen(product: Product, before: Collection[Chosen], more: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """The choices with more of them. In a group that takes one the new one takes its place; a full group takes none."""
    chosen = list(before)
    for choice in more:
        group = next((each for each in product.groups if each.name == choice[0]), None)
        if group is None or choice in chosen:
            continue
        if group.max_choices == 1:
            chosen = [each for each in chosen if each[0] != group.name]
        if count_in(group, chosen) < group.max_choices:
            chosen.append(choice)
    return in_order(product, chosen)


def mentions(product: Product, text: str, sold_out: Collection[int] = ()) -> tuple[Mention, ...]:
    """The options a text names, in its order. "sin queso" does not name the cheese."""
    words, found, full = plain(text), list[Mention](), dict[str, int]()
    options = [(group, option) for group in product.groups for option in on_offer(group, sold_out)]
    for group, option in sorted(options, key=lambda each: -len(plain(each[1].name))):
        for match in _pattern(option.name).finditer(words):
            taken = any(each.start < match.end() and match.start() < each.end for each in found)
            if not taken and (group.max_choices > full.get(group.name, 0) or group.min_choices):
                found.append(Mention((group.name, option.name), match.start(), match.end()))
                full[group.name] = full.get(group.name, 0) + 1
    return tuple(sorted(found, key=lambda each: each.start))


def named(product: Product, text: str, sold_out: Collection[int] = ()) -> tuple[Chosen, ...]:
    """What a text chooses of a product. Of a group that takes fewer than are named nothing is chosen: it is asked."""
    said = tuple(dict.fromkeys(mention.chosen for mention in mentions(product, text, sold_out)))
    fitting = {group.name for group in product.groups if count_in(group, said) <= group.max_choices}
    return in_order(product, [choice for choice in said if choice[0] in fitting])


def refused(product: Product, text: str) -> tuple[Chosen, ...]:
    """The options a text does not want: "sin queso", "quita el queso"."""
    words = plain(text)
    return tuple(
        (group.name, option.name)
        for group in product.groups
        for option in group.options
        if re.search(rf"{_REFUSING}{re.escape(_core(option.name))}(?:e?s)?\b", words)
    )


def names_nothing_else(product: Product, text: str) -> bool:
    """Whether a text is options of the product and nothing more."""
    words = plain(text)
    for mention in reversed(mentions(product, text)):
        words = f"{words[: mention.start]} {words[mention.end :]}"
    return words != plain(text) and not _LEAD.sub("", f"{' '.join(words.split())} ").strip()


def without_options(product: Product, note: str) -> str:
    """A note without the options it names: they are chosen, not noted."""
    kept = note
    for option in (option for group in product.groups for option in group.options):
        found = _pattern(option.name, lead=r"(?:\b(?:con|de|del|extra) )*").search(_folded(kept))
        if found:
            kept = f"{kept[: found.start()]}{kept[found.end() :]}"
    return note if kept == note else _LEFT_OVER.sub("", kept).strip(" ,")


def _folded(text: str) -> str:
    """Lower case without accents, each character in its place."""
    return "".join(unicodedata.normalize("NFKD", char)[0] for char in text).lower()


def _pattern(name: str, lead: str = "") -> re.Pattern[str]:
    core = _core(name)
    before = "" if core.startswith("sin ") else _WITHOUT
    return re.compile(rf"{lead}{before}\b{re.escape(core)}(?:e?s)?\b")


def _core(name: str) -> str:
    """An option without the words before it: "Con queso (extra)" → "queso extra" → "queso"."""
    words = _LEAD.sub("", plain(name)) or plain(name)
    return words.removesuffix(" extra") or words
