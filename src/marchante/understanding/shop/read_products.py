"""A product with its texts cut into tokens, once for all that is learned from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from marchante.understanding.domain import CatalogProduct
from marchante.understanding.words.spellings import in_full
from marchante.understanding.words.tokens import Token, tokenize_name

Name = Sequence[Token]


@dataclass(frozen=True, slots=True)
class ReadProduct:
    """Needed while an index is built, and thrown away with that."""

    product: CatalogProduct
    name: Name
    aliases: tuple[Name, ...]
    description: Name

    @property
    def names(self) -> tuple[Name, ...]:
        """Its own name, then its aliases."""
        return (self.name, *self.aliases)


def read_product(product: CatalogProduct) -> ReadProduct:
    """The name is read in full; as its owner cut it short it is an alias."""
    name = in_full(product.name, product.description)
    if name != product.name:
        product = replace(product, name=name, aliases=(*product.aliases, product.name))
    aliases = tuple(map(tokenize_name, product.aliases))
    return ReadProduct(product, tokenize_name(product.name), aliases, tokenize_name(product.description))
