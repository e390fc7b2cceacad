"""*¿Me facturas?*: the SAT's data, all in one text if they can, by menus where they cannot."""

from dataclasses import asdict

import msgspec

from marchante.conversations.actions import AskPerson, OpenMenu
from marchante.conversations.answering import AskInvoice, ChangeInvoiceData, ChooseRegime, ChooseUse, SendInvoiceData
from marchante.conversations.cart import changed, lines
from marchante.conversations.effects import Reply, RequestInvoice
from marchante.conversations.flows.browsing import browse
from marchante.conversations.flows.human_service import call_person
from marchante.conversations.flows.transfers import owed
from marchante.conversations.flows.welcome import open_menu, to_menu
from marchante.conversations.inputs import Unsupported
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.personal_words import asks_for_invoice, misses_invoice
from marchante.conversations.prompts import MAX_ROWS, buttons, listing, row
from marchante.conversations.replies.es import invoices as words
from marchante.conversations.replies.es import titles
from marchante.conversations.scene import Handlers, Outcome, Scene, go
from marchante.conversations.state import Question, Session
from marchante.conversations.table import State, StateName
from marchante.conversations.wishes import with_wishes
from marchante.conversations.words import is_yes
from marchante.customers.invoice_text import found_in
from marchante.customers.invoicing import USES, InvoiceData, InvoiceForm, regime_name, regimes_for
from marchante.orders.domain import Order, OrderStatus

_USES = tuple(USES)
_TYPED = ("rfc", "name", "zip_code")
STATES_OF_IT = frozenset(
    {StateName.INVOICE_DATA, StateName.INVOICE_REGIME, StateName.INVOICE_USE, StateName.INVOICE_CONFIRM}
)


def read_wish(scene: Scene, text: str) -> Outcome | None:
    """Asked for by itself, in any state; beside products it is a wish for their order."""
    if misses_invoice(text):
        return call_person(scene, "the invoice has not come")
    if not asks_for_invoice(text) or scene.session.state in STATES_OF_IT:
        return None
    read = scene.understand(text)
    if read.items or read.ambiguous:
        return None
    # "con tarjeta y me facturas": what else is said of the order in hand is taken too.
    wished = with_wishes(scene.session, scene.view, read, text, scene.at)
    return begin(scene.at_session(wished) if lines(scene.session, scene.view) else scene)


def begin(scene: Scene) -> Outcome:
    """Of the order in hand, else of the last one, else of the next."""
    session, view = scene.session, scene.view
    order = _order(scene, None)
    if lines(session, view) or order is None:
        draft = msgspec.structs.replace(session.draft, invoice=True)
        session = changed(session, draft=draft)
        if lines(session, view):
            onward = go_on(session, view)
            seen = onward.state == StateName.SUMMARY  # the summary says it itself
            return Outcome(onward, () if seen else (words.with_this_order(view.settings.treatment),))
        return browse(scene.at_session(session)).after(words.with_next_order(view.settings.treatment))
    if order.invoice_status == "done":
        return Outcome(session, (words.made_already(order.folio, view.settings.treatment),))
    known = view.customer.invoice
    if known is None:
        return _go_on(scene, order, InvoiceForm())
    return Outcome(_session(scene, order, InvoiceForm(**asdict(known)), StateName.INVOICE_CONFIRM))


def _order(scene: Scene, order_id: int | None) -> Order | None:
    """The one with this id, or the newest that was not cancelled."""
    placed = [order for order in scene.view.last_orders if order.status is not OrderStatus.CANCELLED]
    return next((order for order in placed if order_id in {None, order.id}), None)


def _asked(scene: Scene) -> Order | None:
    return _order(scene, scene.session.question.order_id)


def _form(scene: Scene) -> InvoiceForm:
    return InvoiceForm(**dict(scene.session.question.given))


def _session(scene: Scene, order: Order, form: InvoiceForm, state: StateName) -> Session:
    given = tuple(asdict(form).items())
    return go(ask(scene.session, Question(order_id=order.id, given=given)), state)


def _go_on(scene: Scene, order: Order, form: InvoiceForm, *facts: str) -> Outcome:
    """To the next thing that is missing; nothing is: the shop is asked."""
    data = form.complete()
    if data:
        return _request(scene, order, data, *facts)
    if set(form.missing) & set(_TYPED):
        state = StateName.INVOICE_DATA
    else:
        state = StateName.INVOICE_REGIME if "regime" in form.missing else StateName.INVOICE_USE
    return Outcome(_session(scene, order, form, state), facts)


def _request(scene: Scene, order: Order, data: InvoiceData, *facts: str) -> Outcome:
    told = words.requested(order.folio, shown(data), scene.view.settings.treatment)
    effects = (RequestInvoice(order.id, data),)
    if lines(scene.session, scene.view):
        return Outcome(go_on(ask(scene.session, Question()), scene.view), (*facts, told), effects)
    return Outcome(to_menu(scene.session), (*facts, told), effects, asks=None)


def shown(data: InvoiceData) -> str:
    regime = f"{data.regime} {regime_name(data.regime)}"
    return words.data_shown(data.rfc, data.name, data.zip_code, regime, f"{data.use} {USES[data.use]}")


def _ask_data(scene: Scene) -> Reply:
    order, form, treatment = _asked(scene), _form(scene), scene.view.settings.treatment
    folio = order.folio if order and scene.session.question.order_id else ""
    if form == InvoiceForm():
        body = words.ask_data(folio, treatment)
    else:
        body = words.ask_missing([words.FIELDS[each] for each in form.missing], treatment)
    return Reply(prompt=buttons(body, (titles.PERSON, AskPerson()), (titles.NOT_NOW, OpenMenu())))


def _ask_regime(scene: Scene) -> Reply:
    found = list(regimes_for(_form(scene).rfc).items())[:MAX_ROWS]
    rows = [row(f"{code} {name}", ChooseRegime(int(code)), name) for code, name in found]
    return Reply(prompt=listing(words.ask_regime(scene.view.settings.treatment), words.CHOOSE_REGIME, rows))


def _ask_use(scene: Scene) -> Reply:
    choices = [(name, ChooseUse(place)) for place, name in enumerate(USES.values())]
    return Reply(prompt=buttons(words.ask_use(scene.view.settings.treatment), *choices))


def _ask_confirm(scene: Scene) -> Reply:
    order, data = _asked(scene), _form(scene).complete()
    if order is None or data is None:
        return _ask_data(scene)
    body = words.confirm(order.folio, shown(data), scene.view.settings.treatment)
    right, change = SendInvoiceData(order.id), ChangeInvoiceData(order.id)
    return Reply(
        prompt=buttons(body, (titles.RIGHT, right), (titles.CHANGE_DATA, change), (titles.NOT_NOW, OpenMenu()))
    )


def _read(scene: Scene, text: str) -> Outcome | None:
    """Whatever of the data a text holds; in any of the states, so that a correction needs no way back."""
    order = _asked(scene)
    said, fault = found_in(text)
    form = _form(scene)
    if said.name and len(said.missing) == len(asdict(said)) - 1 and "name" not in form.missing[:1]:
        # Words alone are the name only where the name is what is missing.
        said = InvoiceForm()
    if order is None or (said == InvoiceForm() and fault is None):
        return None
    facts = (words.bad_rfc(fault, scene.view.settings.treatment),) if fault else ()
    return _go_on(scene, order, form.with_what(said), *facts)


def _read_confirm(scene: Scene, text: str) -> Outcome | None:
    order, data = _asked(scene), _form(scene).complete()
    if order and data and is_yes(text):
        return _request(scene, order, data)
    return _read(scene, text)


def _choose(scene: Scene, said: InvoiceForm) -> Outcome:
    order = _asked(scene)
    return _go_on(scene, order, _form(scene).with_what(said)) if order else open_menu(scene)


def _choose_regime(scene: Scene, code: str) -> Outcome:
    return _choose(scene, InvoiceForm(regime=code) if code in regimes_for("") else InvoiceForm())


def _choose_use(scene: Scene, place: int) -> Outcome:
    return _choose(scene, InvoiceForm(use=_USES[place]) if place < len(_USES) else InvoiceForm())


def _send(scene: Scene, order_id: int) -> Outcome:
    order, known = _order(scene, order_id), _form(scene).complete() or scene.view.customer.invoice
    if order is None or known is None:
        return begin(scene)
    return _request(scene, order, known)


def _change(scene: Scene, order_id: int) -> Outcome:
    order = _order(scene, order_id)
    return _go_on(scene, order, InvoiceForm()) if order else begin(scene)


def read_document(scene: Scene, sent: Unsupported) -> Outcome | None:
    """A photo or PDF in the middle of it is the constancia, for a person to read.

    A photo of somebody who owes a transfer is rather its receipt.
    """
    order = _asked(scene) if scene.session.state in STATES_OF_IT else None
    receipt = sent.kind == "image" and owed(scene.view)
    if order is None or receipt or sent.kind not in {"image", "document"}:
        return None
    called = call_person(scene, f"invoice of order {order.folio}: the customer sent the constancia")
    effects = (RequestInvoice(order.id, None, sent.wamid), *called.effects)
    told = words.document_received(scene.view.settings.treatment)
    return Outcome(called.session, (told, *called.facts), effects, asks=False)


_ONWARD = (StateName.MENU, StateName.WITH_PERSON, StateName.SUMMARY)
STATES = (
    State(
        StateName.INVOICE_DATA,
        "invoicing",
        _ask_data,
        back=StateName.MENU,
        exits=(StateName.INVOICE_REGIME, StateName.INVOICE_USE, *_ONWARD),
        read=_read,
        numbered=False,
    ),
    State(
        StateName.INVOICE_REGIME,
        "invoicing",
        _ask_regime,
        back=StateName.INVOICE_DATA,
        exits=(StateName.INVOICE_USE, StateName.INVOICE_DATA, *_ONWARD),
        read=_read,
        numbered=False,
    ),
    State(
        StateName.INVOICE_USE,
        "invoicing",
        _ask_use,
        back=StateName.INVOICE_DATA,
        exits=(StateName.INVOICE_DATA, *_ONWARD),
        read=_read,
    ),
    State(
        StateName.INVOICE_CONFIRM,
        "invoicing",
        _ask_confirm,
        back=StateName.MENU,
        exits=(StateName.INVOICE_DATA, StateName.INVOICE_REGIME, StateName.INVOICE_USE, *_ONWARD),
        read=_read_confirm,
    ),
)
HANDLERS: Handlers = {
    AskInvoice: lambda scene, _: begin(scene),
    ChooseRegime: lambda scene, action: _choose_regime(scene, str(action.code)),
    ChooseUse: lambda scene, action: _choose_use(scene, action.place),
    SendInvoiceData: lambda scene, action: _send(scene, action.order_id),
    ChangeInvoiceData: lambda scene, action: _change(scene, action.order_id),
}
