"""Carry out what a step asked for, inside the turn's transaction, and gather what is to be said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from marchante.accounts.people import choose_marketing
from marchante.catalog.asked.domain import AskedPhrase
from marchante.channels.whatsapp.messages import OutboundMessage
from marchante.conversations import engine, notices, order_effects
from marchante.conversations.effects import (
    AmendOrder,
    AnswerProposal,
    AskForPerson,
    CancelPlaced,
    CancelTimer,
    ChangeAddress,
    ChangeDetails,
    ChooseMarketing,
    CloseHandoff,
    ForgetAddress,
    KeepReceipt,
    LeaveReview,
    MakeDefault,
    NameAddress,
    NoteDemand,
    NoteGiven,
    NotePhrases,
    OnOrder,
    PlaceOrder,
    RaiseAlert,
    Reply,
    RequestInvoice,
    SaveAddress,
    SetTimer,
    Step,
    TellLate,
)
from marchante.conversations.inputs import OrderRefused, PlacementRefused
from marchante.conversations.merging import messages
from marchante.conversations.money import keep_receipt, request_invoice
from marchante.conversations.packet import handoff_context
from marchante.conversations.staff import NewOrder, tell_owner
from marchante.conversations.state import Session
from marchante.conversations.view import ShopView
from marchante.coverage import repository as coverage
from marchante.customers import repository as customers
from marchante.customers.address_names import name_address
from marchante.customers.details import change_details
from marchante.customers.domain import NewAddress
from marchante.foundation.database.connection import Connection
from marchante.foundation.jobs.alerts import raise_alert
from marchante.handoff import service as handoff
from marchante.orders import reviews
from marchante.orders import service as orders
from marchante.orders.domain import OrderDraft, OrderPlaced, OrderSlotFull, OrderSoldOut, Review
from marchante.orders.repository import last_orders


@dataclass(frozen=True, slots=True)
class Place:
    """Whose conversation this is, since when a person answers in it, and who is told of orders."""

    company_id: int
    customer_id: int
    customer_key: str
    phone_number_id: str
    human_since: datetime | None
    owner_phone: str | None = None
    trace_id: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """What remains to be written. A timer of None is cancelled; `human_since`: a person answers since then."""

    session: Session
    messages: Sequence[OutboundMessage] = ()
    timers: Mapping[str, datetime | None] = field(default_factory=dict)
    human_since: datetime | None = None
    phrases: Sequence[AskedPhrase] = ()


async def carry_out(connection: Connection, place: Place, step: Step, view: ShopView) -> Carried:
    """Every effect in its order. An order that cannot be placed goes back to the flow, for a new summary."""
    carrier = _Carrier(connection, place, view, step.session)
    await carrier.carry(step)
    return Carried(carrier.session, messages(carrier.replies), carrier.timers, carrier.human_since, carrier.phrases)


_Written = ChangeDetails | NoteGiven | NoteDemand | ChooseMarketing | AskForPerson | CloseHandoff | RaiseAlert


class _Carrier:
    def __init__(self, connection: Connection, place: Place, view: ShopView, session: Session) -> None:
        self._connection = connection
        self._place = place
        self._view = view
        self.session = session
        self.replies: list[Reply] = []
        self.timers: dict[str, datetime | None] = {}
        self.human_since = place.human_since
        self._saved_address: int | None = None
        self.phrases: list[AskedPhrase] = []
        self._placed_order: int | None = None

    async def carry(self, step: Step) -> None:
        self.session = step.session
        for effect in step.effects:
            match effect:
                case Reply():
                    self.replies.append(effect)
                case SetTimer(kind=kind, due_at=due_at):
                    self.timers[kind] = due_at
                case CancelTimer(kind=kind):
                    self.timers[kind] = None
                case NotePhrases(phrases=phrases):
                    self.phrases += phrases
                case PlaceOrder() | AmendOrder() | CancelPlaced() | AnswerProposal() | TellLate():
                    if not await self._do_to_order(effect):
                        return
                case SaveAddress() | ChangeAddress() | NameAddress() | MakeDefault() | ForgetAddress():
                    await self._keep_address(effect)
                case KeepReceipt() | RequestInvoice() | LeaveReview():
                    await self._follow_up(effect)
                case _:
                    await self._write(effect)

    def _with_saved_address(self, draft: OrderDraft) -> OrderDraft:
        """The courier needs its point on the map."""
        if draft.fulfilment == "delivery" and draft.address_id is None:
            return replace(draft, address_id=self._saved_address)
        return draft

    async def _place_order(self, effect: PlaceOrder) -> bool:
        """False: it could not be placed, and what was to follow it does not."""
        draft = self._with_saved_address(effect.draft)
        event = await orders.place(
            self._connection,
            customer_id=self._place.customer_id,
            phone_number_id=self._place.phone_number_id,
            draft=draft,
            now=self._view.now,
        )
        match event:
            case OrderPlaced(order=order):
                self.timers[order_effects.late_timer(order.id)] = notices.late_due(order, self._view)
                # Placed by an earlier turn, and told then: the same confirmation gives the same order.
                if order.created_at == self._view.now:
                    await tell_owner(self._connection, self._place, NewOrder(order, draft.pays_with), self._view)
                self._placed_order = order.id
                self.replies.append(notices.worded(event, self._view))
                return True
            case OrderSoldOut(product_ids=sold_out):
                self._view = replace(self._view, sold_out=self._view.sold_out | set(sold_out))
                await self._refuse(PlacementRefused(sold_out, self._view.now))
                return False
            case OrderSlotFull(starts_at=starts_at):
                # Enough for it to count as full; how many there really are is read in the next turn.
                full = (starts_at, self._view.settings.slot_capacity or 0)
                self._view = replace(self._view, booked=(*self._view.booked, full))
                await self._refuse(PlacementRefused((), self._view.now, slot_full=True))
                return False

    async def _refuse(self, refused: PlacementRefused | OrderRefused) -> None:
        await self.carry(engine.run(self.session, (refused,), self._view))

    async def _do_to_order(self, effect: PlaceOrder | OnOrder) -> bool:
        """False: it was not done, and what was to follow it is not."""
        if isinstance(effect, PlaceOrder):
            return await self._place_order(effect)
        if isinstance(effect, AmendOrder):
            effect = replace(effect, draft=self._with_saved_address(effect.draft))
        done = await order_effects.carry_out(self._connection, self._place, effect, self._view, self.session)
        self.replies.append(done.reply)
        self.timers |= dict(done.timers)
        if done.refused is None:
            return True
        # Somebody of the shop was quicker: the answer is about the orders as they are now.
        current = await last_orders(self._connection, self._place.customer_id, len(self._view.last_orders))
        self._view = replace(self._view, last_orders=current)
        await self._refuse(done.refused)
        return False

    async def _keep_address(
        self, effect: SaveAddress | ChangeAddress | NameAddress | MakeDefault | ForgetAddress
    ) -> None:
        connection, customer_id, now = self._connection, self._place.customer_id, self._view.now
        match effect:
            case SaveAddress(typed=typed, latitude=latitude, longitude=longitude, name=name, parts=parts):
                new = NewAddress(typed, parts, latitude, longitude)
                added = await customers.add_address(connection, customer_id, new, now)
                self._saved_address = added
                if name:
                    await name_address(connection, customer_id, added, name, now)
            case ChangeAddress(address_id=address_id, typed=typed, parts=parts):
                await customers.change_address(connection, customer_id, address_id, NewAddress(typed, parts), now)
            case NameAddress(address_id=address_id, name=name):
                await name_address(connection, customer_id, address_id, name, now)
            case MakeDefault(address_id=address_id):
                await customers.set_default_address(connection, customer_id, address_id, now)
            case ForgetAddress(address_id=address_id):
                await customers.delete_address(connection, customer_id, address_id, now)

    async def _follow_up(self, effect: KeepReceipt | RequestInvoice | LeaveReview) -> None:
        """What follows an order: its payment, its invoice, what the customer thought of it."""
        match effect:
            case KeepReceipt():
                kept = await keep_receipt(self._connection, self._place.company_id, effect, self._view)
                if kept and not effect.quiet:
                    self.replies.append(notices.receipt_words(kept, self._view))
            case RequestInvoice():
                order_id = effect.order_id or self._placed_order
                if order_id is not None:
                    await request_invoice(self._connection, self._place.company_id, order_id, effect, self._view)
            case LeaveReview(order_id=reviewed, rating=rating) if rating is not None:
                review = Review(self._place.customer_id, rating, order_id=reviewed)
                await reviews.leave(self._connection, review, self._view.now)
            case LeaveReview(order_id=reviewed, comment=comment, solved=solved):
                await reviews.add(self._connection, reviewed, comment, solved)

    async def _write(self, effect: _Written) -> None:
        now, customer_id = self._view.now, self._place.customer_id
        match effect:
            case ChangeDetails(given=given):
                await change_details(self._connection, customer_id, dict(given), now)
            case NoteGiven():
                await customers.mark_notice_given(self._connection, customer_id, now)
            case ChooseMarketing(wanted=wanted):
                company_id = self._place.company_id
                await choose_marketing(self._connection, company_id, customer_id, wanted=wanted, at=now)
            case NoteDemand(wish=wish):
                await coverage.note_demand(self._connection, customer_id, wish, now)
            case AskForPerson(reason=reason):
                context = await handoff_context(self._connection, customer_id, self.session, self._view)
                await handoff.request(self._connection, self._place, reason, context, now)
            case CloseHandoff(by=by):
                await handoff.close(self._connection, customer_id, by, now)
                self.human_since = None
            case RaiseAlert(code=code, message=message):
                await raise_alert(
                    self._connection,
                    code=code,
                    severity="warning",
                    message=message,
                    company_id=self._place.company_id,
                    data={"customer_id": customer_id},
                    fingerprint=f"{code}:{self._place.company_id}:{self._place.customer_key}",
                    now=now,
                )
