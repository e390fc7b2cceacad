"""A phone to test with: it plays the turn, keeps what the shop keeps, and counts every message the bot sends."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec
from tests.builders.shop_view import SESSION_ID

from marchante.channels.whatsapp.messages import OutboundMessage, Text, payload
from marchante.conversations import engine, merging, notices
from marchante.conversations.actions import Action
from marchante.conversations.effects import (
    AmendOrder,
    AnswerProposal,
    AskForPerson,
    CancelPlaced,
    CancelTimer,
    ChangeAddress,
    ChangeDetails,
    CloseHandoff,
    Effect,
    ForgetAddress,
    MakeDefault,
    NameAddress,
    NoteGiven,
    PlaceOrder,
    Reply,
    RequestInvoice,
    SaveAddress,
    SetTimer,
    Step,
    TellLate,
)
from marchante.conversations.inputs import (
    Input,
    Located,
    OrderRefused,
    PlacementRefused,
    Said,
    Tapped,
    TimerFired,
    Unsupported,
)
from marchante.conversations.prompts import choices
from marchante.conversations.scene import Reader
from marchante.conversations.state import Session, restored
from marchante.conversations.view import ShopView
from marchante.customers.domain import Address, AddressParts
from marchante.orders.change_rules import answered, content_of
from marchante.orders.domain import (
    Order,
    OrderChanged,
    OrderDraft,
    OrderPlaced,
    OrderStatus,
    OrderStatusChanged,
    ProposalKept,
)
from marchante.understanding import understand

BETWEEN_MESSAGES = timedelta(seconds=20)


@dataclass
class Chat:
    view: ShopView
    reader: Reader = understand
    session: Session = field(default_factory=lambda: engine.new_session(SESSION_ID))
    answers: list[OutboundMessage] = field(default_factory=list)
    sent: int = 0
    orders: list[OrderDraft] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    timers: dict[str, datetime] = field(default_factory=dict)
    refuses: frozenset[int] = frozenset()

    # What the customer does.

    def says(self, *texts: str) -> "Chat":
        for text in texts:
            self.hears(Said(text, self._tick()))
        return self

    def taps(self, *titles: str) -> "Chat":
        for title in titles:
            self.hears(Tapped(self.button(title).encode(), title, self._tick()))
        return self

    def taps_old(self, action: Action, title: str = "") -> "Chat":
        """A button of a message further up."""
        return self.hears(Tapped(action.encode(), title or action.NAME, self._tick()))

    def sends(self, kind: str) -> "Chat":
        return self.hears(Unsupported(kind, self._tick()))

    def shares(
        self,
        latitude: str = "19.54321",
        longitude: str = "-96.91234",
        name: str | None = None,
        found: AddressParts | None = None,
        *,
        looked_up: bool = False,
    ) -> "Chat":
        """`looked_up`: somebody was asked for the address of the point."""
        point = Decimal(latitude), Decimal(longitude)
        asked = looked_up or found is not None
        return self.hears(Located(*point, name, None, self._tick(), found, asked))

    def waits(self, **span: float) -> "Chat":
        self.view = replace(self.view, now=self.view.now + timedelta(**span))
        return self

    def timer(self, kind: str) -> "Chat":
        return self.hears(TimerFired(kind, self.view.now))  # type: ignore[arg-type]

    def survey(self) -> "Chat":
        """The time to ask how the last order was."""
        return self.hears(TimerFired("survey", self.view.now, self.view.last_orders[0].id))

    def hears(self, *inputs: Input) -> "Chat":
        """One turn. The session goes through JSON, as it does between two turns."""
        saved = msgspec.json.decode(msgspec.json.encode(self.session))
        step = engine.run(restored(saved), inputs, self.view, self.reader)
        replies: list[Reply] = []
        self.effects = []
        self._carry(step, replies)
        self.answers = list(merging.messages(replies))
        self.sent += len(self.answers)
        for message in self.answers:
            payload(message)
        return self

    # What the customer sees.

    @property
    def told(self) -> str:
        return "\n".join(getattr(message, "body", "") for message in self.answers)

    @property
    def titles(self) -> list[str]:
        return [title for title, _ in choices(self.answers[-1])] if self.answers else []

    @property
    def state(self) -> str:
        return str(self.session.state)

    def button(self, title: str) -> Action:
        assert self.answers, "the bot said nothing one could tap"
        offered = dict(choices(self.answers[-1]))
        assert title in offered, f"{title} is not among {list(offered)}"
        return offered[title]

    def cart(self) -> dict[str, Decimal]:
        found = ((self.view.catalog.product(item.product_id), item) for item in self.session.cart)
        return {product.name: item.quantity for product, item in found if product}

    # What the turn does.

    def _tick(self) -> datetime:
        self.view = replace(self.view, now=self.view.now + BETWEEN_MESSAGES)
        return self.view.now

    def _carry(self, step: Step, replies: list[Reply]) -> None:
        self.session = step.session
        for effect in step.effects:
            self.effects.append(effect)
            match effect:
                case Reply():
                    replies.append(effect)
                case PlaceOrder(draft=draft):
                    if not self._place(draft, replies):
                        return
                case AmendOrder() | CancelPlaced() | AnswerProposal() | TellLate():
                    self._do(effect, replies)
                case _:
                    self._keep(effect)

    def _keep(self, effect: Effect) -> None:
        customer = self.view.customer
        match effect:
            case SaveAddress(typed=typed, name=name):
                if any(each.line == typed for each in customer.addresses):
                    return
                newest = max((each.id for each in customer.addresses), default=50)
                saved = Address(newest + 1, name, typed, is_default=not customer.addresses)
                customer = replace(customer, addresses=(*customer.addresses, saved))
                self.view = replace(self.view, customer=customer)
            case ChangeAddress() | NameAddress() | MakeDefault() | ForgetAddress():
                addresses = engine.addresses_after(customer.addresses, effect)
                self.view = replace(self.view, customer=replace(customer, addresses=addresses))
            case RequestInvoice(data=data) if data is not None:
                self.view = replace(self.view, customer=replace(customer, invoice=data))
            case ChangeDetails(given=given):
                told = {**dict(given), "name_told": "name" in dict(given)}
                self.view = replace(self.view, customer=replace(customer, **told))
            case NoteGiven():
                self.view = replace(self.view, customer=replace(customer, notice_given=True, is_new=False))
            case AskForPerson():
                self.view = replace(self.view, handoff="requested")
            case CloseHandoff():
                self.view = replace(self.view, handoff=None)
            case SetTimer(kind=kind, due_at=due_at):
                self.timers[kind] = due_at
            case CancelTimer(kind=kind):
                self.timers.pop(kind, None)
            case _:
                pass

    def _place(self, draft: OrderDraft, replies: list[Reply]) -> bool:
        short = tuple(line.product_id for line in draft.lines if line.product_id in self.refuses)
        if short:
            self.view = replace(self.view, sold_out=self.view.sold_out | set(short))
            refusal = PlacementRefused(short, self.view.now)
            self._carry(engine.run(self.session, (refusal,), self.view, self.reader), replies)
            return False
        self.orders.append(draft)
        order = self._order(draft)
        self.view = replace(self.view, last_orders=(order, *self.view.last_orders)[:3])
        replies.append(notices.worded(OrderPlaced(order), self.view))
        return True

    def _do(self, effect: AmendOrder | CancelPlaced | AnswerProposal | TellLate, replies: list[Reply]) -> None:
        """As the turn does, without a shelf: what is too late or out of date goes back to the flow."""
        before = next(order for order in self.view.last_orders if order.id == effect.order_id)
        if isinstance(effect, TellLate):
            replies.append(notices.late(before, self.view))
            return
        stale = before.version != effect.version
        if stale or (isinstance(effect, AmendOrder) and self.refuses):
            refused = OrderRefused(
                before.id, "stale_order" if stale else "sold_out", tuple(self.refuses), self.view.now
            )
            self._carry(engine.run(self.session, (refused,), self.view, self.reader), replies)
            return
        event = changed_by(before, effect)
        orders = tuple(event.order if each.id == before.id else each for each in self.view.last_orders)
        self.view = replace(self.view, last_orders=orders)
        match event:
            case OrderStatusChanged():
                replies.append(notices.cancelled_by_customer(event, self.view))
            case _ if isinstance(effect, AnswerProposal):
                replies.append(notices.answered(event, effect.answer, self.view))
            case OrderChanged():
                replies.append(notices.changed(event, self.view))

    def _order(self, draft: OrderDraft) -> Order:
        return Order(
            id=len(self.orders),
            folio=f"A-{41 + len(self.orders):04d}",
            customer_id=self.view.customer.id,
            status=OrderStatus.PENDING,
            status_name="Recibido",
            lines=draft.lines,
            fulfilment=draft.fulfilment,
            delivery_fee=draft.delivery_fee,
            total_amount=draft.total,
            delivery_address=draft.delivery_address,
            payment_method=draft.payment_method,
            notes=draft.notes,
            created_at=self.view.now,
        )

    def asked_for(self, kind: type[Effect]) -> Sequence[Effect]:
        return [effect for effect in self.effects if isinstance(effect, kind)]


def changed_by(
    before: Order, effect: AmendOrder | CancelPlaced | AnswerProposal
) -> OrderChanged | OrderStatusChanged | ProposalKept:
    """What the orders package would make of it."""
    newer = replace(before, version=before.version + 1, proposal=None)
    if isinstance(effect, CancelPlaced):
        gone = replace(newer, status=OrderStatus.CANCELLED, status_name="Cancelado")
        return OrderStatusChanged(gone, before.status, "customer")
    if isinstance(effect, AmendOrder):
        draft = effect.draft
    else:
        assert before.proposal is not None
        if effect.answer == "keep":
            return ProposalKept(newer, before.proposal)
        lines = answered(before, before.proposal, effect.answer)
        if not lines:
            return changed_by(before, CancelPlaced(before.id, before.version))
        draft = content_of(before, lines)
    order = replace(
        newer,
        lines=draft.lines,
        fulfilment=draft.fulfilment,
        delivery_fee=draft.delivery_fee,
        total_amount=draft.total,
        accepted_total=draft.total,
        delivery_address=draft.delivery_address,
        requested_from=draft.requested_from,
        requested_until=draft.requested_until,
        payment_method=draft.payment_method,
        notes=draft.notes,
    )
    return OrderChanged(order, before, "customer")


def only_text(message: OutboundMessage) -> bool:
    return isinstance(message, Text)
