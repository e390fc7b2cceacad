"""What a customer asked for and cannot have: how it is said, and what the owner is to know of it."""

from collections.abc import Iterable, Sequence

from marchante.catalog.asked.domain import AskedPhrase, Kind, asked, asked_for_product
from marchante.catalog.commerce_policy import forbidden
from marchante.catalog.domain import Product
from marchante.conversations.effects import Effect, NotePhrases
from marchante.conversations.replies.es import browsing as words
from marchante.conversations.state import Session
from marchante.conversations.view import ShopView
from marchante.understanding import Ambiguous


def lacking_facts(view: ShopView, phrases: Sequence[str], *, offered: bool = False) -> tuple[str, ...]:
    """What to tell about words no product on sale goes by; what WhatsApp forbids is not said to be missing. `offered`:
    what there is can be tapped in the same message.
    """
    kept_out = [phrase for phrase in phrases if _is_kept_out(view, phrase)]
    missing = [phrase for phrase in phrases if phrase not in kept_out]
    facts = (words.not_sold_here(kept_out),) if kept_out else ()
    return (*facts, words.not_carried(missing, view.settings.treatment, hint=not offered)) if missing else facts


def unserved(view: ShopView, phrases: Sequence[str]) -> tuple[Effect, ...]:
    """Words no product on sale goes by, for the owner: a thing the shop does not carry, or must not sell here."""
    kinds: list[tuple[Kind, str]] = [
        ("not_sellable" if _is_kept_out(view, phrase) else "not_carried", phrase) for phrase in phrases
    ]
    return _noted(asked(kind, phrase, names=_names(view)) for kind, phrase in kinds)


def ran_out(view: ShopView, refused: Sequence[Product], unclear: Sequence[Ambiguous] = ()) -> tuple[Effect, ...]:
    """Products asked for while they were used up, and words of which everything they can mean was."""
    products = [asked_for_product(each.name, each.id) for each in refused if each.id in view.sold_out]
    gone = [each for each in unclear if all(_is_sold_out(view, sku) for sku in each.candidates)]
    return _noted([*products, *(asked("sold_out", each.phrase, names=_names(view)) for each in gone)])


def left_out(session: Session, view: ShopView) -> tuple[str, ...]:
    """What is said to who goes elsewhere while it is asked which: what was not clear is not in the order."""
    phrases = [each.phrase.strip() for each in session.question.unclear if each.phrase.strip()]
    return (words.left_out(list(dict.fromkeys(phrases)), view.settings.treatment),) if phrases else ()


def chosen_after_asking(view: ShopView, phrase: str, product: Product) -> tuple[Effect, ...]:
    """What a customer called the product they then pointed at: a name the owner may teach."""
    return _noted([asked("alias", phrase, product.id, _names(view))])


def _noted(phrases: Iterable[AskedPhrase | None]) -> tuple[Effect, ...]:
    kept = tuple(each for each in phrases if each)
    return (NotePhrases(kept),) if kept else ()


def _names(view: ShopView) -> tuple[str, ...]:
    return (view.customer.name,) if view.customer.name else ()


def _is_kept_out(view: ShopView, phrase: str) -> bool:
    return forbidden(phrase, "") is not None or view.catalog.keeps_out(phrase)


def _is_sold_out(view: ShopView, sku: str) -> bool:
    product = view.catalog.by_sku(sku)
    return product is None or product.id in view.sold_out
