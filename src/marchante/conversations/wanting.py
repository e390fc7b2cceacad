"""What was read of a text, product by product, with the extras and fillings the customer named beside each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from marchante.catalog.domain import Product
from marchante.catalog.words import plain
from marchante.conversations import options
from marchante.conversations.amounts import read_amount
from marchante.conversations.options import Chosen, Mention
from marchante.conversations.view import ShopView
from marchante.understanding import ItemOp, Understood

_OTHER = re.compile(r"^otr[ao]$")


Part = tuple[Decimal, tuple[Chosen, ...]]
"""So many with these options."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to do to the cart. `note` is without the options it named."""

    product: Product
    item: ItemOp
    chosen: tuple[Chosen, ...] = ()
    note: str = ""


def wanted(read: Understood, view: ShopView, text: str) -> tuple[Wanted, ...]:
    """Every operation whose product the shop has, in order."""
    found: list[Wanted] = []
    for item in read.items:
        product = view.catalog.by_sku(item.sku)
        if product is None:
            continue
        if product.groups:
            found += _with_options(product, item, _around(item, read, view, text), view)
        else:
            found.append(Wanted(product, item, note=item.note or ""))
    return tuple(found)


def unknown_besides_options(read: Understood, view: ShopView) -> tuple[str, ...]:
    """What the shop lacks, without what is an option of a product that was named."""
    named = [product for item in read.items if (product := view.catalog.by_sku(item.sku)) is not None]
    return tuple(
        phrase for phrase in read.unknown if not any(options.names_nothing_else(product, phrase) for product in named)
    )


def _around(item: ItemOp, read: Understood, view: ShopView, text: str) -> str:
    """The words about one item: from its phrase to where the next thing is named."""
    start = text.find(item.phrase)
    if start < 0 or not item.phrase:
        return f"{item.phrase} {item.note or ''}"
    others = [other.phrase for other in read.items if other.phrase != item.phrase]
    others += [each.phrase for each in read.ambiguous] + list(unknown_besides_options(read, view))
    after = start + len(item.phrase)
    ends = [place for phrase in others if phrase and (place := text.find(phrase, after)) >= 0]
    return f"{_amount_before(text[:start])} {text[start : min(ends, default=len(text))]}"


def another_of(text: str) -> Decimal | None:
    """How many more are wanted in "y otra de hongos", "2 de tinga"; None when a text does not begin so."""
    words = plain(text).removeprefix("y ").split()
    amount = read_amount(_OTHER.sub("1", words[0])) if words[1:2] == ["de"] else None
    return amount.value if amount else None


def _amount_before(text: str) -> str:
    """The word that may say how many: "2" before "quesadillas", "una" before "de tinga"."""
    words = plain(text).removesuffix(" de").split()
    return words[-1] if words and read_amount(_OTHER.sub("1", words[-1])) else ""


def _with_options(product: Product, item: ItemOp, said: str, view: ShopView) -> Sequence[Wanted]:
    """One line; or several, when the amounts before the fillings add up: "3 quesadillas, 2 de tinga y una de queso"."""
    note = options.without_options(product, item.note or "")
    parts = _parts(product, item, said, view)
    if parts:
        return [
            Wanted(product, replace(item, quantity=quantity, note=None), chosen, note) for quantity, chosen in parts
        ]
    return [Wanted(product, item, options.named(product, said, view.sold_out), note)]


def _parts(product: Product, item: ItemOp, said: str, view: ShopView) -> Sequence[Part] | None:
    """None: they are one line."""
    if item.quantity is None or item.op == "remove":
        return None
    return parts_of(product, item.quantity, said, view)


def parts_of(product: Product, total: Decimal, said: str, view: ShopView) -> Sequence[Part] | None:
    """The quantity of each filling, when several of a group that takes fewer are named; None when they are not."""
    mentions = options.mentions(product, said, view.sold_out)
    crowded = {
        group.name
        for group in product.groups
        if options.count_in(group, {each.chosen for each in mentions}) > group.max_choices
    }
    fillings = [mention for mention in mentions if mention.chosen[0] in crowded]
    quantities = _quantities(plain(said), fillings, total) if fillings else None
    if quantities is None:
        return None
    ends = [*(each.start for each in fillings[1:]), len(plain(said)) + 1]
    extras = [
        [each.chosen for each in mentions if filling.start <= each.start < end]
        for filling, end in zip(fillings, ends, strict=True)
    ]
    return [(quantity, options.in_order(product, chosen)) for quantity, chosen in zip(quantities, extras, strict=True)]


def _quantities(words: str, fillings: Sequence[Mention], total: Decimal) -> list[Decimal] | None:
    """The amounts said before each filling; None when one of several was not said."""
    said: list[Decimal | None] = []
    for place, filling in enumerate(fillings):
        before = words[fillings[place - 1].end if place else 0 : filling.start].strip()
        amounts = [read_amount(_OTHER.sub("1", word)) for word in before.split()]
        said.append(next((amount.value for amount in reversed(amounts) if amount), None))
    known = [amount for amount in said if amount is not None]
    if said[0] is None and len(known) == len(said) - 1 and total > sum(known):
        return [total - sum(known), *known]
    return known if len(known) == len(said) else None
