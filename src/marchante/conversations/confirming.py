"""The order as it would be placed now."""

from marchante.conversations import drafting
from marchante.conversations.cart import lines
from marchante.conversations.options import picked
from marchante.conversations.promising import promise
from marchante.conversations.state import Session
from marchante.conversations.view import ShopView
from marchante.orders.domain import LineOption, OrderDraft, OrderLine


def order_draft(session: Session, view: ShopView, piece_notes: dict[int, str]) -> OrderDraft:
    """Everything the summary showed. `piece_notes`: what to write on the lines counted by piece."""
    way, where, draft = drafting.fulfilment(session, view), drafting.place(session, view), session.draft
    when, covered = promise(session, view), drafting.coverage(session, view)
    delivered = way == "delivery"
    ordered = tuple(
        OrderLine(
            product_id=line.product.id,
            sku=line.product.sku,
            product_name=line.name,
            quantity=line.item.quantity,
            unit=line.product.unit,
            unit_price=line.unit_price,
            pieces=line.item.pieces,
            notes=", ".join(filter(None, (piece_notes.get(line.product.id, ""), line.item.note))),
            options=tuple(
                LineOption(group.name, option.name, option.price_delta)
                for group, option in picked(line.product, line.item.options)
            ),
        )
        for line in lines(session, view)
    )
    return OrderDraft(
        confirmation_key=f"{session.session_id}:{session.cart_version}",
        lines=ordered,
        fulfilment=way,
        delivery_fee=drafting.delivery_fee(session, view),
        delivery_address=where.line if delivered and where else None,
        address_id=where.address_id if delivered and where else None,
        requested_from=when.start,
        requested_until=when.end,
        payment_method=drafting.payment_method(session, view),
        pays_with=drafting.bill(session, view),
        notes=draft.notes,
        slot_capacity=view.settings.slot_capacity if when.end else None,
        coverage="inside" if covered and covered.reach == "inside" else "unknown" if covered else None,
    )
