"""A photo of somebody who owes a transfer is its receipt."""

from marchante.conversations.cart import lines
from marchante.conversations.effects import KeepReceipt
from marchante.conversations.inputs import Unsupported
from marchante.conversations.notices import account_of, transfer_words
from marchante.conversations.personal_words import asks_for_account, says_transferred
from marchante.conversations.replies.es import payment as words
from marchante.conversations.replies.es.voice import Treatment
from marchante.conversations.scene import Outcome, Scene
from marchante.conversations.view import ShopView
from marchante.orders.domain import Order, OrderStatus

_PAPERS = frozenset({"image", "document"})


def owed(view: ShopView) -> Order | None:
    """The newest order whose transfer nobody has seen arrive."""
    return next(
        (
            order
            for order in view.last_orders
            if order.payment_method == "transfer"
            and order.payment_status in {"pending", "failed"}
            and order.status is not OrderStatus.CANCELLED
        ),
        None,
    )


def read_wish(scene: Scene, text: str) -> Outcome | None:
    """In any state: that it was transferred, or where to."""
    order, settings = owed(scene.view), scene.view.settings
    asks = True if lines(scene.session, scene.view) else None
    if order and says_transferred(text):
        return Outcome(scene.session, (_what_is_missing(order, settings.treatment),), asks=asks)
    if not asks_for_account(text) or not settings.takes_transfers:
        return None
    if order:
        return Outcome(scene.session, (transfer_words(order, settings),), asks=asks)
    return Outcome(scene.session, (words.account_alone(account_of(settings), settings.treatment),))


def _what_is_missing(order: Order, treatment: Treatment) -> str:
    return words.under_review(treatment) if order.receipt_waits else words.send_photo(treatment)


def status_facts(view: ShopView, order: Order) -> tuple[str, ...]:
    """How its payment stands, for somebody who asks for an order paid by transfer."""
    treatment = view.settings.treatment
    if order.payment_method == "transfer" and order.payment_status == "completed":
        return (words.already_paid(treatment),)
    if order != owed(view):
        return ()
    if order.receipt_waits:
        return (words.under_review(treatment),)
    return (words.still_owed(order.total_amount, treatment),)


def read_photo(scene: Scene, sent: Unsupported) -> Outcome | None:
    """None: no receipt is expected. What was being asked is only asked again in the middle of an order."""
    order = owed(scene.view) if sent.kind in _PAPERS else None
    if order is None:
        return None
    told = words.receipt_kept(order.folio, scene.view.settings.treatment)
    asks = True if lines(scene.session, scene.view) else None
    return Outcome(scene.session, (told,), (_keep(order, sent),), asks=asks)


def keep_quietly(scene: Scene, sent: Unsupported) -> tuple[KeepReceipt, ...]:
    """While a person answers: they see the photo, and so does whoever reviews receipts."""
    order = owed(scene.view) if sent.kind in _PAPERS else None
    return (_keep(order, sent, quiet=True),) if order else ()


def _keep(order: Order, sent: Unsupported, *, quiet: bool = False) -> KeepReceipt:
    return KeepReceipt(order.id, sent.wamid, sent.sha256, quiet)
