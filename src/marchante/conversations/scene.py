"""What a handler is given and what it hands back. Handlers are pure: the same scene always has the same outcome."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from marchante.catalog.order_text import OrderText, read_order_text
from marchante.conversations.actions import Action
from marchante.conversations.effects import Effect, Reply
from marchante.conversations.places import whole_address
from marchante.conversations.state import Session
from marchante.conversations.view import ShopView
from marchante.understanding import CartLine, CatalogIndex, Context, ItemOp, Understood

Reader = Callable[[str, CatalogIndex, Context], Understood]


@dataclass(frozen=True)
class Scene:
    """The conversation at the moment something comes in; `at` is the message's own time."""

    session: Session
    view: ShopView
    at: datetime
    reader: Reader

    def at_session(self, session: Session) -> "Scene":
        return replace(self, session=session)

    def understand(self, text: str) -> Understood:
        """Read free text with the cart and the state in mind."""
        products = ((self.view.catalog.product(item.product_id), item) for item in self.session.cart)
        cart = tuple(CartLine(product.sku, item.quantity) for product, item in products if product)
        context = Context(cart=cart, state=self.session.state, now=self.at.astimezone(self.view.zone))
        written = read_order_text(text, self.view.catalog)
        if written is None:
            return _with_whole_address(text, self.reader(text, self.view.catalog.index, context))
        return _with_web_order(written, self.reader("\n".join(written.others), self.view.catalog.index, context))


def _with_whole_address(text: str, read: Understood) -> Understood:
    """The colonia written after an address belongs to it, and is nothing the shop lacks."""
    if not read.address:
        return read
    named = [*(item.phrase for item in read.items), *(each.phrase for each in read.ambiguous)]
    address = whole_address(text, read.address, named)
    return replace(read, address=address, unknown=tuple(each for each in read.unknown if each not in address))


def _with_web_order(written: OrderText, rest: Understood) -> Understood:
    """An order put together in the web catalog is taken to the letter; what was written beside it is understood."""
    items = tuple(
        ItemOp(sku=product.sku, quantity=quantity, phrase=product.name) for product, quantity in written.items
    )
    return replace(rest, intent="order", items=(*items, *rest.items))


@dataclass(frozen=True)
class Outcome:
    """Where the conversation goes, what to tell, what to do.

    `asks`: True, the question of the new state follows; False, nothing is asked any more; None, as it was before.
    """

    session: Session
    facts: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    asks: bool | None = True

    def after(self, *facts: str) -> "Outcome":
        """The same, told after other facts."""
        return replace(self, facts=(*facts, *self.facts))

    def doing(self, *effects: Effect) -> "Outcome":
        """The same, with more to carry out."""
        return replace(self, effects=(*self.effects, *effects))


Handler = Callable[[Scene, Any], Outcome]
"""Takes the one kind of action it is registered for."""
Handlers = Mapping[type[Action], Handler]
TextReader = Callable[[Scene, str], Outcome | None]
Asker = Callable[[Scene], Reply]


def go(session: Session, state: str) -> Session:
    """The session in another state."""
    return msgspec.structs.replace(session, state=state)
