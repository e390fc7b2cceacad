"""The customer's own data: surnames, first name and e-mail, one after the other, then saved or not.

Never asked inside an order; the phone is WhatsApp's and stays.
"""

from collections.abc import Callable
from dataclasses import dataclass

from marchante.companies.contact import read_email
from marchante.conversations.actions import ManageAddresses, OpenMenu
from marchante.conversations.answering import DropForm, EditDetails, KeepDetail, SaveDetails, SeeDetails
from marchante.conversations.cart import lines
from marchante.conversations.effects import ChangeDetails, Reply
from marchante.conversations.flows.human_service import call_person
from marchante.conversations.flows.welcome import to_menu
from marchante.conversations.ordering import ask, go_on
from marchante.conversations.personal_words import personal_wish, typed_email
from marchante.conversations.prompts import buttons
from marchante.conversations.replies.es import customer_details as words
from marchante.conversations.replies.es import invoices, titles
from marchante.conversations.replies.es.voice import Treatment
from marchante.conversations.scene import Asker, Handlers, Outcome, Scene, TextReader, go
from marchante.conversations.state import Question, Session
from marchante.conversations.table import State, StateName
from marchante.conversations.words import is_no, is_yes
from marchante.customers.domain import Customer, CustomerDetails, read_name
from marchante.foundation.kernel.errors import Invalid

_PAIR = 2
# Said instead of a name.
_NO_NAMES = frozenset(
    {"greeting", "thanks", "goodbye", "order_status", "hours_query", "coverage_query", "payment_query"}
)
# Characters of a button.
_BUTTON = 20
_SMALL_WORDS = frozenset({"de", "del", "la", "las", "los", "y", "san", "santa"})


@dataclass(frozen=True, slots=True)
class _Field:
    """One question: what it fills in, how it is asked, and what is asked next."""

    name: str
    question: Callable[[Treatment], str]
    state: StateName
    then: StateName


_FIELDS = (
    _Field("paternal_surname", words.paternal_surname, StateName.GIVE_PATERNAL, StateName.GIVE_MATERNAL),
    _Field("maternal_surname", words.maternal_surname, StateName.GIVE_MATERNAL, StateName.GIVE_FIRST_NAME),
    _Field("name", words.first_name, StateName.GIVE_FIRST_NAME, StateName.GIVE_EMAIL),
    _Field("email", words.email, StateName.GIVE_EMAIL, StateName.CONFIRM_DETAILS),
)
_BY_STATE = {field.state: field for field in _FIELDS}
FORM = frozenset({*_BY_STATE, StateName.CONFIRM_DETAILS})


def read_wish(scene: Scene, text: str) -> Outcome | None:
    """What is said about one's own data, in any state but an answer to these questions."""
    if scene.session.state in _BY_STATE:
        return None
    email = typed_email(text)
    if email:
        return _change_email(scene, email)
    match personal_wish(text):
        case "see":
            return see(scene)
        case "edit":
            return edit(scene)
        case "phone":
            return see(scene).after(words.phone_stays(scene.view.settings.treatment))
        case "erase":
            return call_person(scene, "wants their personal data erased")
        case _:
            return None


def see(scene: Scene) -> Outcome:
    return Outcome(go(ask(scene.session, Question()), StateName.MY_DETAILS))


def edit(scene: Scene) -> Outcome:
    return Outcome(go(ask(scene.session, Question()), StateName.GIVE_PATERNAL))


def _change_email(scene: Scene, typed: str) -> Outcome:
    treatment = scene.view.settings.treatment
    try:
        email = read_email(typed)
    except Invalid:
        return Outcome(scene.session, (words.bad_email(treatment),))
    effects = (ChangeDetails((("email", email),)),)
    return Outcome(
        scene.session, (words.email_saved(email, treatment),), effects, asks=True if _ordering(scene) else None
    )


def _ordering(scene: Scene) -> bool:
    return bool(lines(scene.session, scene.view))


def _known(customer: Customer, field: str) -> str:
    """The first word of a profile's name is no surname: only what they said of these is known."""
    if field == "name":
        return customer.name if customer.name and customer.name_told else customer.first_name or ""
    return str(getattr(customer, field) or "")


def _given(scene: Scene) -> dict[str, str]:
    return dict(scene.session.question.given)


def _ask_field(field: _Field) -> Asker:
    def asker(scene: Scene) -> Reply:
        known = _given(scene).get(field.name) or _known(scene.view.customer, field.name)
        keep = words.keep_title(known) if known and len(words.keep_title(known)) <= _BUTTON else titles.KEEP
        leave = (keep if known else titles.SKIP, KeepDetail())
        body = field.question(scene.view.settings.treatment)
        return Reply(prompt=buttons(body, leave, (titles.CANCEL, DropForm())))

    return asker


def _read_field(field: _Field) -> TextReader:
    def reader(scene: Scene, text: str) -> Outcome | None:
        if is_no(text):
            return _keep(scene, field)
        if field.name == "email":
            return _read_email(scene, field, text)
        read = scene.understand(text)
        if read.intent in _NO_NAMES or (read.items and len(text.split()) > _PAIR):
            return None
        two = text.split() if field.state is StateName.GIVE_PATERNAL else []
        both = len(two) == _PAIR and not _SMALL_WORDS & {word.lower() for word in two}
        try:
            names = [read_name(part) for part in (two if both else [text])]
        except Invalid:
            return None
        if both:
            given = _given(scene) | {"paternal_surname": names[0], "maternal_surname": names[1]}
            return Outcome(_with(scene, given, StateName.GIVE_FIRST_NAME))
        return Outcome(_with(scene, _given(scene) | {field.name: names[0]}, field.then))

    return reader


def _read_email(scene: Scene, field: _Field, text: str) -> Outcome | None:
    typed = typed_email(text)
    if typed is None:
        return Outcome(scene.session, (words.bad_email(scene.view.settings.treatment),)) if "@" in text else None
    try:
        email = read_email(typed)
    except Invalid:
        return Outcome(scene.session, (words.bad_email(scene.view.settings.treatment),))
    return Outcome(_with(scene, _given(scene) | {"email": email}, field.then))


def _with(scene: Scene, given: dict[str, str], state: StateName) -> Session:
    return go(ask(scene.session, Question(given=tuple(given.items()))), state)


def _keep(scene: Scene, field: _Field) -> Outcome:
    """As it is known, or not told."""
    return Outcome(_with(scene, _given(scene), field.then))


def _keep_this(scene: Scene) -> Outcome:
    field = _BY_STATE.get(StateName(scene.session.state))
    return _keep(scene, field) if field else see(scene)


def _changed(scene: Scene) -> CustomerDetails:
    """The customer as they will be."""
    customer, given = scene.view.customer, _given(scene)
    now = {field.name: given.get(field.name) or _known(customer, field.name) or None for field in _FIELDS}
    return CustomerDetails(**now)


def _ask_confirm(scene: Scene) -> Reply:
    details = _changed(scene)
    body = words.confirm(details.full_name, details.email or "", scene.view.settings.treatment)
    return Reply(
        prompt=buttons(body, (titles.SAVE, SaveDetails()), (titles.CORRECT, EditDetails()), (titles.CANCEL, DropForm()))
    )


def _save(scene: Scene) -> Outcome:
    """Only what was told; an old button finds nothing to save."""
    given = scene.session.question.given if scene.session.state == StateName.CONFIRM_DETAILS else ()
    if not given:
        return see(scene)
    told = words.saved(scene.view.settings.treatment)
    return _onward(scene, told, ChangeDetails(given))


def _drop(scene: Scene) -> Outcome:
    return _onward(scene, invoices.dropped())


def _onward(scene: Scene, told: str, *effects: ChangeDetails) -> Outcome:
    """Back to the order, if there is one; else to the menu."""
    session = ask(scene.session, Question())
    onward = go_on(session, scene.view) if _ordering(scene) else to_menu(session)
    return Outcome(onward, (told,), effects)


def _ask_mine(scene: Scene) -> Reply:
    customer = scene.view.customer
    names = (customer.name, customer.paternal_surname, customer.maternal_surname)
    full_name = " ".join(part for part in names if part)
    body = words.known(full_name, customer.phone or "", customer.email or "", scene.view.settings.treatment)
    choices = ((titles.CHANGE_DATA, EditDetails()), (titles.ADDRESSES, ManageAddresses()), (titles.MENU, OpenMenu()))
    return Reply(prompt=buttons(body, *choices))


_LEFT = (StateName.MENU, StateName.SUMMARY, StateName.GIVE_ADDRESS, StateName.BROWSE_CATEGORIES)
_BEFORE = dict(zip((*_BY_STATE, StateName.CONFIRM_DETAILS), (StateName.MY_DETAILS, *_BY_STATE), strict=True))
STATES = (
    State(
        StateName.MY_DETAILS,
        "customer_details",
        _ask_mine,
        back=StateName.MENU,
        exits=(StateName.GIVE_PATERNAL, StateName.ADDRESS_BOOK, StateName.MENU),
    ),
    *(
        State(
            field.state,
            "customer_details",
            _ask_field(field),
            back=_BEFORE[field.state],
            exits=(field.then, *_LEFT),
            read=_read_field(field),
            numbered=False,
        )
        for field in _FIELDS
    ),
    State(
        StateName.CONFIRM_DETAILS,
        "customer_details",
        _ask_confirm,
        back=_BEFORE[StateName.CONFIRM_DETAILS],
        exits=(StateName.GIVE_PATERNAL, StateName.MY_DETAILS, *_LEFT),
        read=lambda scene, text: _save(scene) if is_yes(text) else _drop(scene) if is_no(text) else None,
    ),
)
HANDLERS: Handlers = {
    SeeDetails: lambda scene, _: see(scene),
    EditDetails: lambda scene, _: edit(scene),
    KeepDetail: lambda scene, _: _keep_this(scene),
    SaveDetails: lambda scene, _: _save(scene),
    DropForm: lambda scene, _: _drop(scene),
}
