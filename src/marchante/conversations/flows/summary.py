"""Everything shown before it is confirmed; confirming, changing by typing, cancelling."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from marchante.conversations import cart, drafting
from marchante.conversations.actions import CancelCart, ChangeSomething, Confirm, SeeCart, StartOrder
from marchante.conversations.confirming import order_draft
from marchante.conversations.effects import Effect, RaiseAlert, Reply, RequestInvoice, SaveAddress
from marchante.conversations.flows import invoicing
from marchante.conversations.flows.amending import add_to_last, correct_amount, counted_line
from marchante.conversations.flows.delivery import read_where, settle, with_address
from marchante.conversations.flows.fillings import add_extras
from marchante.conversations.flows.reopened import ask_to_save, placing
from marchante.conversations.flows.welcome import to_menu
from marchante.conversations.inputs import PlacementRefused
from marchante.conversations.options import count_in, on_offer
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.places import written_out
from marchante.conversations.promising import closed_because, opens_at, promise
from marchante.conversations.prompts import buttons
from marchante.conversations.replies.es import dates, invoices, ordering, placed, questions, registration, titles
from marchante.conversations.replies.es import fillings as fillings_words
from marchante.conversations.replies.es import summary as words
from marchante.conversations.replies.es.amounts import number
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import Session
from marchante.conversations.table import State, StateName
from marchante.conversations.view import ShopView
from marchante.conversations.words import is_no, is_note, is_yes, paid_with, without_label


def cart_lines(session: Session, view: ShopView) -> list[str]:
    """One line per product, at today's price."""
    return [
        words.line(line.name, line.item.quantity, line.product.unit, line.total, line.item.pieces, line.item.note)
        for line in cart.lines(session, view)
    ]


def summary_lines(session: Session, view: ShopView) -> list[str]:
    """The whole order: lines, total, where, when, how it is paid."""
    delivered = drafting.fulfilment(session, view) == "delivery"
    fee = drafting.delivery_fee(session, view) if delivered else None
    total = words.totals(drafting.total(session, view), fee, approximate=_is_approximate(session, view))
    notes = [words.note(session.draft.notes)] if session.draft.notes else []
    if session.draft.payment_method not in {"cash", *view.settings.accepted_payments}:
        notes.append(questions.payment_not_taken(session.draft.payment_method, view.settings.accepted_payments))
    if session.draft.invoice:
        notes.append(invoices.on_this_order())
    moved, covered = promise(session, view).moved, drafting.coverage(session, view)
    if moved:
        notes.append(words.moved(moved))
    if session.draft.address_found and drafting.fulfilment(session, view) == "delivery":
        notes.append(registration.found_in_summary(view.settings.treatment))
    if covered and covered.reach == "unknown":
        notes.append(words.place_unknown(view.settings.treatment, on_map=drafting.a_point_would_tell(session, view)))
    return [*cart_lines(session, view), total, " · ".join(_conditions(session, view)), *notes]


def _is_approximate(session: Session, view: ShopView) -> bool:
    """Whether something was asked for by the piece that has to be weighed."""
    return any(line.item.pieces is not None for line in cart.lines(session, view))


def _conditions(session: Session, view: ShopView) -> list[str]:
    treatment = view.settings.treatment
    where = drafting.place(session, view)
    if drafting.fulfilment(session, view) == "pickup":
        parts = [words.pickup_at(view.settings.address, treatment)]
    else:
        parts = [words.delivery_to(where.name, where.line)] if where else []
    when = promise(session, view)
    if when.start:
        parts.append(words.requested_time(dates.window(when.start, when.end, view.now.astimezone(view.zone))))
    method = drafting.payment_method(session, view)
    if method == "card_at_door":
        return [*parts, words.card()]
    if method == "transfer":
        return [*parts, words.transfer()]
    about, bill = _is_approximate(session, view), drafting.bill(session, view)
    return [*parts, words.cash(bill, drafting.total(session, view), treatment, approximate=about)]


def ask_to_confirm(scene: Scene) -> Reply:
    session, view = scene.session, scene.view
    if session.editing is not None:
        return ask_to_save(scene, session.editing, summary_lines(session, view))
    version, treatment = session.cart_version, view.settings.treatment
    facts = ("\n".join(summary_lines(session, view)), *closed_facts(view))
    change, cancel = (titles.CHANGE, ChangeSomething(version)), (titles.CANCEL, CancelCart(version))
    missing = drafting.missing_for_minimum(session, view)
    if missing:
        body = words.below_minimum(drafting.minimum(session, view), missing, treatment)
        return Reply(facts, buttons(body, (titles.ADD_MORE, StartOrder()), change, cancel))
    body = words.ask_confirmation(treatment, countable=counted_line(scene) is not None)
    body = f"{body}\n{fillings_words.offer_extras(_extras_left(scene), treatment)}".strip()
    confirm = (titles.CONFIRM, Confirm(version, drafting.total(session, view)))
    return Reply(facts, buttons(body, confirm, change, cancel))


def _extras_left(scene: Scene) -> list[str]:
    """What the product just put in could have besides, as long as nothing of it was chosen."""
    last = scene.session.question.product_id
    found = [line for line in cart.lines(scene.session, scene.view) if line.product.id == last]
    optional = [group for group in found[-1].product.groups if not group.min_choices] if found else []
    if any(count_in(group, found[-1].item.options) for group in optional):
        return []
    offered = [option for group in optional for option in on_offer(group, scene.view.sold_out)]
    return [fillings_words.with_price(option.name, option.price_delta) for option in offered]


def place_noted(before: Session, session: Session, view: ShopView) -> list[str]:
    """Where the order goes, or that it is picked up, as far as that is new."""
    if drafting.fulfilment(session, view) == "pickup":
        known = drafting.fulfilment(before, view) == "pickup"
        return [] if known else [words.pickup_at(view.settings.address, view.settings.treatment)]
    where = drafting.place(session, view)
    return [words.delivery_to(where.name, where.line)] if where and where != drafting.place(before, view) else []


def wishes_noted(before: Session, session: Session, view: ShopView) -> list[str]:
    """When the order is wanted and how it will be paid, as far as that is new."""
    old, new, noted = before.draft, session.draft, list[str]()
    when = promise(session, view)
    if new.requested_from != old.requested_from and when.start:
        noted.append(words.requested_time(dates.window(when.start, when.end, view.now.astimezone(view.zone))))
    if new.payment_method != old.payment_method or new.pays_with != old.pays_with:
        noted.append(words.payment(new.payment_method, new.pays_with, view.settings.treatment))
    return noted


def closed_facts(view: ShopView) -> tuple[str, ...]:
    """While the shop is closed, when it opens."""
    opens = opens_at(view)
    if opens is None:
        return ()
    return (questions.closed_until(dates.moment(opens, view.now.astimezone(view.zone)), closed_because(view)),)


def remember_shown(session: Session, view: ShopView) -> Session:
    """What the customer is about to see, to compare with when they agree."""
    shown = msgspec.structs.replace(
        session.question, shown_total=drafting.total(session, view), shown_from=promise(session, view).start
    )
    return ask(session, shown)


def read_answer(scene: Scene, text: str) -> Outcome | None:
    if is_yes(text):
        return confirm(scene, scene.session.question.shown_total)
    where = read_where(scene, text)
    if where:
        return where
    if scene.view.settings.delivers and written_out(text, scene.view.zones):
        return settle(scene, with_address(scene.session, text))
    paid = paid_with(text)
    if paid:
        return pay_cash(scene, paid)
    counted = add_to_last(scene, text) or correct_amount(scene, text)
    if counted:
        return counted
    if is_no(text):
        return Outcome(go(scene.session, StateName.CHOOSE_CHANGE))
    if not is_note(text) or scene.understand(text).items:  # "sin queso" takes out the cheese that is in the cart
        return None
    return add_extras(scene, text) or take_note(scene, text)


def take_note(scene: Scene, text: str) -> Outcome:
    """A note for the product just added or the only one; "nota: …", or no such product: for the whole order."""
    said = " ".join(text.split())
    note = without_label(said)
    product_id = counted_line(scene)
    item = cart.line_of(scene.session, product_id) if product_id is not None else None
    if item is None or note != said:
        return note_order(scene, note)
    note = cart.both_notes(item.note, note)[: drafting.NOTE_LENGTH]
    session = cart.put(scene.session, msgspec.structs.replace(item, note=note))
    return Outcome(go_on(session, scene.view))


def note_order(scene: Scene, note: str) -> Outcome:
    notes = cart.both_notes(scene.session.draft.notes, note)[: drafting.NOTE_LENGTH]
    draft = msgspec.structs.replace(scene.session.draft, notes=notes)
    return Outcome(go_on(cart.changed(scene.session, draft=draft), scene.view))


def pay_cash(scene: Scene, amount: Decimal | None) -> Outcome:
    """Cash, with the bill the customer will hand over if it was said and suffices."""
    total = drafting.total(scene.session, scene.view)
    enough = amount is None or amount >= total
    draft = msgspec.structs.replace(scene.session.draft, payment_method="cash", pays_with=amount if enough else None)
    facts = () if enough else (words.not_enough_bill(amount or Decimal(0), total),)
    return Outcome(go_on(cart.changed(scene.session, draft=draft), scene.view), facts)


def confirm(scene: Scene, agreed: Decimal | None) -> Outcome:
    """Place the order, if it is still what the customer agreed to; otherwise show it again and say what changed."""
    session, gone = cart.available_only(scene.session, scene.view)
    scene = scene.at_session(session)
    view, treatment = scene.view, scene.view.settings.treatment
    facts = (words.no_longer_available(_names(gone)),) if gone else ()
    now = drafting.total(session, view)
    if not gone and agreed is not None and agreed != now:
        facts = (words.total_changed(agreed, now, treatment),)
    elif not gone and agreed is not None and promise(session, view).start != session.question.shown_from:
        facts = (words.time_changed(treatment),)
    ready = go_on(session, view).state == StateName.SUMMARY and not drafting.missing_for_minimum(session, view)
    if facts or agreed is None or not ready:
        return Outcome(go_on(session, view), facts)
    return _place(scene)


def _names(gone: Sequence[str]) -> list[str]:
    return [name or titles.OTHER_PRODUCTS for name in gone]


def _place(scene: Scene) -> Outcome:
    session, view = scene.session, scene.view
    counted = {
        item.product_id: ordering.pieces_note(number(item.pieces)) for item in session.cart if item.pieces is not None
    }
    draft = order_draft(session, view, counted)
    where = drafting.place(session, view)
    effects: list[Effect] = []
    same_place = session.editing is not None and session.editing.address == draft.delivery_address
    if draft.fulfilment == "delivery" and where and where.address_id is None and not same_place:
        effects.append(SaveAddress(where.line, where.latitude, where.longitude, where.name, where.parts))
    act = placing(draft, session.editing, view)
    if act is None:
        return cancel(scene)
    effects.append(act)
    if draft.payment_method == "transfer" and not view.settings.takes_transfers:
        effects.append(RaiseAlert("transfer_without_account", "a customer waits for the account to transfer to"))
    done = to_menu(cart.confirmed(session, scene.at))
    if not session.draft.invoice:
        return Outcome(done, effects=tuple(effects), asks=False)
    return _with_invoice(done, view, effects)


def _with_invoice(done: Session, view: ShopView, effects: Sequence[Effect]) -> Outcome:
    """The data known are used and shown with the confirmation; without any they are asked for with it."""
    known = view.customer.invoice
    if known is None:
        return Outcome(go(done, StateName.INVOICE_DATA), effects=tuple(effects))
    told = invoices.requested("", invoicing.shown(known), view.settings.treatment)
    return Outcome(done, effects=(*effects, RequestInvoice(None, known), Reply((told,))), asks=False)


def refused(scene: Scene, heard: PlacementRefused) -> Outcome:
    """The order just confirmed was not placed: its cart comes back without what ran out, or for another time."""
    done, view, treatment = scene.session.confirmed, scene.view, scene.view.settings.treatment
    gone = [product.name for product in map(view.catalog.product, heard.sold_out) if product]
    told = (
        words.slot_filled(treatment)
        if heard.slot_full
        else ordering.refused(gone or [titles.OTHER_PRODUCTS], treatment)
    )
    if done is None:
        return Outcome(scene.session, (told,))
    kept = tuple(item for item in done.cart if item.product_id not in heard.sold_out)
    session = msgspec.structs.replace(cart.changed(scene.session, cart=kept, draft=done.draft), confirmed=None)
    return Outcome(go_on(session, view), (told,))


def cancel(scene: Scene) -> Outcome:
    """Drop the order in hand; nothing was registered. A placed one that was being changed stays as it was."""
    editing = scene.session.editing
    if editing is not None:
        told = placed.left_as_it_was(editing.folio, scene.view.settings.treatment)
        return Outcome(to_menu(cart.emptied(scene.session)), (told,))
    return Outcome(to_menu(cart.emptied(scene.session)), (ordering.cancelled(scene.view.settings.treatment),))


def see_cart(scene: Scene) -> Outcome:
    """On with the order wherever it stands."""
    session, gone = cart.available_only(scene.session, scene.view)
    facts = (words.no_longer_available(_names(gone)),) if gone else ()
    if not session.cart:
        facts = (*facts, ordering.nothing_in_cart(scene.view.settings.treatment))
    return Outcome(go_on(session, scene.view), facts)


STATES = (
    State(
        StateName.SUMMARY,
        "order",
        ask_to_confirm,
        back=StateName.BROWSE_CATEGORIES,
        exits=(
            StateName.MENU,
            StateName.CHOOSE_CHANGE,
            StateName.CHOOSE_SLOT,
            StateName.CHOOSE_OPTION,
            StateName.SUMMARY,
            StateName.BROWSE_CATEGORIES,
            StateName.BROWSE_PRODUCTS,
        ),
        read=read_answer,
        numbered=False,
    ),
)
HANDLERS: Handlers = {
    Confirm: lambda scene, action: confirm(scene, action.total),
    CancelCart: lambda scene, _: cancel(scene),
    SeeCart: lambda scene, _: see_cart(scene),
}
