"""What customers call products, made in bulk: `python -m tests.understanding.probes`.

Every product of every catalog beside this file (but those held back) is asked for by its full name, without small words,
in the plural and with a typo: it has to be found. Every name of another shop is asked for too: what the shop lacks is
named as lacking, or asked about. Shown are the shares, and with `--failures N` the first N that went wrong.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from marchante.understanding import CatalogProduct, Understood, understand
from tests.understanding.labelled import Shop, shops, unaccented

SMALL_WORDS = frozenset(["de", "del", "la", "el", "los", "las", "en", "para", "x", "por", "a", "al"])
LEAST_WORD = 4
LONG_WORD = 6


def ways(name: str, *, typos: bool) -> Iterator[tuple[str, str]]:
    """The ways a product is asked for by its name."""
    words = unaccented(name.lower()).split()
    yield "full name", name
    yield "without small words", " ".join(word for word in words if word not in SMALL_WORDS)
    yield "plural", " ".join([plural(words[0]), *words[1:]])
    longest = max((word for word in words if word.isalpha()), key=len, default="")
    if typos and len(longest) >= LONG_WORD:
        middle = len(longest) // 2
        typed = longest[:middle] + longest[middle + 1 :]
        yield "typo", " ".join(typed if word == longest else word for word in words)


def plural(word: str) -> str:
    if word.endswith("s") or not word.isalpha() or len(word) < LEAST_WORD:  # no shortened word has a plural
        return word
    if word.endswith("z"):
        return word[:-1] + "ces"
    return word + ("s" if word[-1] in "aeiou" else "es")


def verdict(product: CatalogProduct, understood: Understood) -> str:
    """`found`, `asked` about, `lost`, or `wrong` where another product went into the cart."""
    items = [item.sku for item in understood.items]
    if items == [product.sku] and not understood.ambiguous and not understood.unknown:
        return "found"
    if any(sku != product.sku for sku in items):
        return "wrong"
    return "asked" if any(product.sku in each.candidates for each in understood.ambiguous) else "lost"


def own_names(shop: Shop, *, typos: bool = True) -> Iterator[tuple[str, str, str]]:
    """Way, text and verdict of every product of a shop."""
    for product in shop.products:
        for way, text in ways(product.name, typos=typos):
            counted = text if text[0].isdigit() else f"2 {text}"  # "2 1/2 pollo" would be two and a half
            yield way, text, verdict(product, understand(f"quiero {counted}", shop.index))


def foreign_names(shop: Shop, others: Sequence[Shop]) -> Iterator[tuple[str, Understood]]:
    """What is understood of the names of other shops."""
    for other in others:
        if other is not shop:
            for product in other.products:
                text = f"2 {unaccented(product.name.lower())}"
                yield text, understand(text, shop.index)


def share(counted: Mapping[str, int]) -> str:
    total = sum(counted.values())
    return ", ".join(f"{what} {100 * number / total:.1f} %" for what, number in sorted(counted.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", type=int, default=0, metavar="N")
    most = parser.parse_args().failures
    every = shops()
    counted: dict[str, Counter[str]] = {}
    foreign: Counter[str] = Counter()
    for shop in every:
        for way, text, came in own_names(shop):
            counted.setdefault(way, Counter())[came] += 1
            if came != "found" and most > 0:
                most -= 1
                print(shop.name, came, text)
        foreign.update(
            "put into the cart" if got.items else "asked" if got.ambiguous else "lacking"
            for _, got in foreign_names(shop, every)
        )
    for way, results in counted.items():
        print(f"{way:22}{share(results)}")
    print(f"{'of another shop':22}{share(foreign)}")


if __name__ == "__main__":
    main()
