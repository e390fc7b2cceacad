"""What a message means only beside the cart it is about: *mejor la de 3 litros*, *sin queso*."""

import re
from collections.abc import Iterator
from dataclasses import replace

from marchante.understanding.domain import Context, ItemOp, Understood
from marchante.understanding.lexicon.words import number_word
from marchante.understanding.normalize import bound, flatten, word_key
from marchante.understanding.shop.index import CatalogIndex
from marchante.understanding.shop.product_names import Role

_RATHER = re.compile(r"\W*(?:(?:no|ay|perdon|oye|oiga)\W+)*(?:mejor|siempre)\b")
_WITHOUT = re.compile(
    r"(?:^|[,;.\n]|\b(?:y|pero|nomas|solo)\b)\s*sin (?:el |la |los |las |ningun )?"
    r"(?P<what>[a-z]+(?: [a-z]+){0,3}?)(?=\s*(?:$|[,;.!\n]|\b(?:y|pero|por|porfa|gracias)\b))"
)
_WORD = re.compile(r"[a-z0-9]+")


def beside_cart(text: str, read: Understood, index: CatalogIndex, context: Context) -> Understood:
    """The reading with what only the open cart explains; unchanged without one."""
    if not context.cart:
        return read
    flat = flatten(text)
    return _left_out(flat, text, _swapped(flat, read, index, context), index, context)


def _swapped(flat: str, read: Understood, index: CatalogIndex, context: Context) -> Understood:
    """*mejor la de 3 litros*: instead of the one thing of its kind in the cart, as many unless a number is said."""
    if not _RATHER.match(flat) or len(read.items) != 1 or read.ambiguous or read.items[0].op == "remove":
        return read
    item = read.items[0]
    held, kind = [line.sku for line in context.cart], _kind(item.sku, index)
    kin = [sku for sku in held if _kind(sku, index) & kind]
    if len(kin) != 1 or item.sku in held:
        return read
    said = _says_how_many(flat, item)
    instead = replace(item, op="add", quantity=item.quantity if said else None)
    return replace(read, intent="change_cart", items=(ItemOp(kin[0], "remove", phrase=item.phrase), instead))


def _kind(sku: str, index: CatalogIndex) -> frozenset[str]:
    """The nouns a product is called by."""
    at = index.position(sku)
    if at is None:
        return frozenset()
    forms = index.entries[at].forms
    return frozenset(
        key for form in forms for key, role in zip(form.keys, form.roles, strict=True) if role is Role.HEAD
    )


def _says_how_many(flat: str, item: ItemOp) -> bool:
    if item.quantity is None:
        return True
    before = flat[: flat.find(flatten(item.phrase))]
    return any(word.isdecimal() or number_word(word) is not None for word in _WORD.findall(before))


def _left_out(flat: str, text: str, read: Understood, index: CatalogIndex, context: Context) -> Understood:
    """*…, sin queso*: the line is taken out, where the cart has one thing so called and nothing is sold *sin queso*."""
    gone = tuple(_unwanted(flat, text, index, context))
    already = {item.sku for item in read.items}
    new = tuple(item for item in gone if item.sku not in already)
    if not new:
        return read
    notes = tuple(note for note in read.notes if not any(item.phrase in note for item in new))
    return replace(read, intent="change_cart", items=(*new, *read.items), notes=notes)


def _unwanted(flat: str, text: str, index: CatalogIndex, context: Context) -> Iterator[ItemOp]:
    for found in _WITHOUT.finditer(flat):
        keys = [word_key(word) for word in found["what"].split()]
        if any(bound("sin", key) in index for key in keys):
            continue
        named = [line.sku for line in context.cart if keys[0] in _kind(line.sku, index)]
        if len(named) == 1:
            yield ItemOp(named[0], "remove", phrase=text[found.start("what") : found.end("what")])
