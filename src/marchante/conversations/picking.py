"""How an answer to "which of these?" picks: by the rest of a name, its place, its price, or several at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from marchante.catalog.domain import Product
from marchante.catalog.words import plain
from marchante.conversations.amounts import read_amount
from marchante.conversations.cart import for_sale
from marchante.conversations.scene import Scene
from marchante.conversations.state import Unclear
from marchante.conversations.words import bare, is_all_of_them, is_any_of_them
from marchante.understanding import CatalogIndex, ItemOp, search

_CLEAR_LEAD = 0.15
_LEAST_BEGUN = 4
_PARTS = re.compile(r"[\n,;]+|\s+[yeY]\s+")
_LEADS = re.compile(
    r"^(?:(?:y|quiero|quisiera|dame|deme|mejor|ponme|pongame|mandame|serian|son|que sean)\s+)+", re.IGNORECASE
)
_PLACES = ("primer", "segund", "tercer", "cuart", "quint")
_PLACE = re.compile(rf"^(?:el|la|los|las) (?P<which>{'|'.join(_PLACES)}|ultim)(?:o|a|os|as)?$")
_SIZED = re.compile(r"^(?:el|la|los|las) (?:de )?(?P<size>\d+(?:\.\d+)?)$")
"""As in "la 3" of sodas: a size before it is the place of a row."""
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_CHEAP = re.compile(r"^(?:el|la|los|las) mas (?:barat|economic)[oa]s?$")
_DEAR = re.compile(r"^(?:el|la|los|las) mas car[oa]s?$")
_OF_EACH = re.compile(r"^(?P<much>.+) de cada (?:una|uno|cual)$")


@dataclass(frozen=True, slots=True)
class Offered:
    """A phrase that was asked about, and what it could mean that can be had now."""

    unclear: Unclear
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """What the phrase `of` came to: the product, and how much, as said with the phrase or with the answer.

    Not `by_name`: the customer left it to the shop.
    """

    of: Unclear
    product: Product
    amount: Unclear
    by_name: bool = True


def picked_from(scene: Scene, text: str, offered: Sequence[Offered]) -> tuple[Pick, ...]:
    """All that an answer picks; nothing when any part of it picks nothing, or could be about two phrases."""
    written = _written_out(text, offered)
    if written:
        return (written,)
    if len(offered) == 1:
        return _listed(text, offered[0]) or _in_parts(scene, text, offered[0]) or _whole(scene, text, offered)
    return _each_its_own(scene, text, offered) or _whole(scene, text, offered)


def _written_out(text: str, offered: Sequence[Offered]) -> Pick | None:
    """What begins only one of the names, or is one: "lavado y planchado" is no list of two."""
    said = _LEADS.sub("", plain(text))
    if len(said) < _LEAST_BEGUN:
        return None
    pairs = [(each.unclear, product) for each in offered for product in each.products]
    begun = [(of, product) for of, product in pairs if f"{plain(product.name)} ".startswith(f"{said} ")]
    exact = [(of, product) for of, product in begun if plain(product.name) == said]
    found = exact or begun
    return Pick(found[0][0], found[0][1], found[0][0]) if len(found) == 1 else None


def _whole(scene: Scene, text: str, offered: Sequence[Offered]) -> tuple[Pick, ...]:
    found = [pick for each in offered if (pick := _named(scene, text, each))]
    return tuple(found) if len(found) == 1 else ()


def _each_its_own(scene: Scene, text: str, offered: Sequence[Offered]) -> tuple[Pick, ...]:
    """Several phrases answered in one text: in the order asked, or each part clear by itself."""
    parts = _split(text)
    if not 1 < len(parts) <= len(offered):
        return ()
    picks: list[Pick] = []
    for place, part in enumerate(parts):
        waiting = [each for each in offered if all(each.unclear != pick.of for pick in picks)]
        in_turn = [each for each in waiting if len(parts) == len(offered) and each == offered[place]]
        found = _whole(scene, part, in_turn) or _whole(scene, part, waiting)
        if not found:
            return ()
        picks += found
    return tuple(picks)


def _in_parts(scene: Scene, text: str, offered: Offered) -> tuple[Pick, ...]:
    """One phrase shared out: "2 de 600 y una de 2.5"."""
    parts = _split(text)
    found = [_named(scene, part, offered) for part in parts] if len(parts) > 1 else []
    picks = [pick for pick in found if pick]
    different = len({pick.product.id for pick in picks}) == len(parts)
    return tuple(picks) if different and len(picks) == len(parts) > 1 else ()


def _split(text: str) -> list[str]:
    return [part for part in (each.strip() for each in _PARTS.split(text)) if part]


def _named(scene: Scene, text: str, offered: Offered) -> Pick | None:
    """By the rest of the name ("la chica"), with the phrase or without, and how much of it if that is said."""
    unclear, candidates = offered.unclear, {product.sku: product for product in offered.products}
    much, rest = _amount_before(text)
    read = scene.understand(f"{much} {unclear.phrase} {rest}".strip())
    items = [item for item in read.items if item.sku in candidates]
    if len(items) == 1:
        return Pick(unclear, candidates[items[0].sku], _with_amount(unclear, items[0]) if much else unclear)
    beyond = _beyond_the_list(scene, read.items, unclear, rest) if not items else None
    if beyond:
        return Pick(unclear, beyond, unclear)
    index = CatalogIndex.build(scene.view.catalog.index.by_sku[sku] for sku in candidates)
    found = search(text, index)
    if found and not read.items and (len(found) == 1 or found[0].score - found[1].score > _CLEAR_LEAD):
        return Pick(unclear, candidates[found[0].sku], _counted(unclear, much))
    return None


def _beyond_the_list(scene: Scene, items: Sequence[ItemOp], unclear: Unclear, rest: str) -> Product | None:
    """Phrase and answer together name one product that was not offered: the list held the likeliest, not all."""
    parts = [part for part in (plain(unclear.phrase), plain(rest).removeprefix("de ")) if part]
    named = [item for item in items if item.op == "add" and all(part in plain(item.phrase) for part in parts)]
    product = scene.view.catalog.by_sku(named[0].sku) if len(named) == 1 and len(parts) > 1 else None
    return product if product and for_sale(product, scene.view) else None


def _amount_before(text: str) -> tuple[str, str]:
    """As in "3 de la chica": "3" and "de la chica". A number by itself is a size, not how many."""
    said = _LEADS.sub("", text.strip())
    first, _, rest = said.partition(" ")
    if rest and not rest.lower().startswith(("ml", "l ", "g ", "kg", "litro")) and read_amount(first):
        return first, rest
    return "", f"de {said}" if said.isdecimal() else said


def _with_amount(unclear: Unclear, item: ItemOp) -> Unclear:
    return msgspec.structs.replace(unclear, quantity=item.quantity, amount_mxn=item.amount_mxn, pieces=item.pieces)


def _counted(unclear: Unclear, much: str) -> Unclear:
    """As in the "10 metros" that only a cable has."""
    amount = read_amount(much) if much else None
    if amount is None or amount.kind == "money":
        return unclear
    return msgspec.structs.replace(unclear, quantity=amount.value, amount_mxn=None, pieces=None)


def _listed(text: str, offered: Offered) -> tuple[Pick, ...]:
    """By place or price; any, when the customer leaves it to the shop: the cheapest then. Or some of each."""
    said, unclear, products = bare(text), offered.unclear, offered.products
    sized = _SIZED.match(text.strip().lower())
    of_size = [each for each in products if sized and sized["size"] in _NUMBERS.findall(each.name)]
    if len(of_size) == 1:
        return (Pick(unclear, of_size[0], unclear),)
    place, by_price = _PLACE.match(said), sorted(products, key=lambda each: each.price or Decimal(0))
    if not products:
        return ()
    if place:
        number = len(products) - 1 if place["which"] == "ultim" else _PLACES.index(place["which"])
        return (Pick(unclear, products[number], unclear),) if number < len(products) else ()
    if _CHEAP.match(said) or is_any_of_them(text):
        return (Pick(unclear, by_price[0], unclear, by_name=False),)
    if _DEAR.match(said):
        return (Pick(unclear, by_price[-1], unclear, by_name=False),)
    return _of_each(said, offered)


def share_of_each(text: str) -> Decimal | None:
    """How much in "ponme un kilo de cada uno"."""
    found = _OF_EACH.match(_LEADS.sub("", bare(text)))
    amount = read_amount(found["much"]) if found else None
    return amount.value if amount is not None and amount.kind == "quantity" else None


def _of_each(said: str, offered: Offered) -> tuple[Pick, ...]:
    """As in "una de cada una"; "las dos" of two products, when as many were asked for or no number was said."""
    unclear, products = offered.unclear, offered.products
    of_each = share_of_each(said)
    if of_each is not None:
        share = of_each
    elif is_all_of_them(said) and unclear.quantity in {None, Decimal(len(products))} and not unclear.amount_mxn:
        share = Decimal(1)
    else:
        return ()
    told = msgspec.structs.replace(unclear, quantity=share, amount_mxn=None, pieces=None)
    return tuple(Pick(unclear, product, told) for product in products)
