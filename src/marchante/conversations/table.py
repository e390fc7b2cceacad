"""The names of all states, and the table they are kept in. A table that does not hold together fails at import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from marchante.conversations.actions import KINDS
from marchante.conversations.scene import Asker, Handler, Handlers, TextReader

Flow = Literal[
    "welcome",
    "registration",
    "customer_details",
    "order",
    "repeat_order",
    "price_query",
    "coverage",
    "order_status",
    "human_service",
    "help",
    "survey",
    "invoicing",
    "error_handling",
    "exit",
]


class StateName(StrEnum):
    MENU = "menu"
    CAMPAIGN = "campaign"
    BROWSE_CATEGORIES = "browse_categories"
    BROWSE_PRODUCTS = "browse_products"
    CHOOSE_PRODUCT = "choose_product"
    CHOOSE_DETAILS = "choose_details"
    PRODUCT_DETAILS = "product_details"
    CHOOSE_QUANTITY = "choose_quantity"
    CHOOSE_OPTION = "choose_option"
    GIVE_ADDRESS = "give_address"
    REQUIRE_REGISTRATION = "require_registration"
    LOCATION_CHECK = "location_check"
    CONFIRM_PLACE = "confirm_place"
    GIVE_STREET = "give_street"
    GIVE_COLONY = "give_colony"
    GIVE_POSTAL_CODE = "give_postal_code"
    GIVE_REFERENCES = "give_references"
    CONFIRM_ADDRESS = "confirm_address"
    RECHECK_COVERAGE = "recheck_coverage"
    CHOOSE_ADDRESS = "choose_address"
    SUMMARY = "summary"
    CHOOSE_CHANGE = "choose_change"
    CHOOSE_LINE = "choose_line"
    CHOOSE_REMOVAL = "choose_removal"
    CHOOSE_FULFILMENT = "choose_fulfilment"
    CHOOSE_PAYMENT = "choose_payment"
    GIVE_NOTE = "give_note"
    CHOOSE_SLOT = "choose_slot"
    ADDRESS_BOOK = "address_book"
    ADDRESS_DETAILS = "address_details"
    RESUME_ORDER = "resume_order"
    REPEAT_ORDER = "repeat_order"
    PRICE_MENU = "price_menu"
    PRICES = "prices"
    COVERAGE_WHERE = "coverage_where"
    COVERAGE_CHECK = "coverage_check"
    COVERAGE_RESULT = "coverage_result"
    ORDER_STATUS = "order_status"
    CANCEL_ORDER = "cancel_order"
    ORDER_QUESTION = "order_question"
    WITH_PERSON = "with_person"
    AGENT_CONNECTED = "agent_connected"
    AGENT_INTERACTION = "agent_interaction"
    FINAL_ADDRESS = "final_address"
    FINAL_ORDER = "final_order"
    SESSION_ENDED = "session_ended"
    SHOW_ERROR = "show_error_and_transfer"
    HUMAN_TRANSFER = "human_transfer"
    HELP = "help"
    HELP_ANSWER = "help_answer"
    OPTIONS = "options"
    LATE_MESSAGE = "late_message"
    GOODBYE = "goodbye"
    MY_DETAILS = "my_details"
    GIVE_PATERNAL = "give_paternal_surname"
    GIVE_MATERNAL = "give_maternal_surname"
    GIVE_FIRST_NAME = "give_first_name"
    GIVE_EMAIL = "give_email"
    CONFIRM_DETAILS = "confirm_details"
    INVOICE_DATA = "invoice_data"
    INVOICE_REGIME = "invoice_regime"
    INVOICE_USE = "invoice_use"
    INVOICE_CONFIRM = "invoice_confirm"
    SURVEY_CONSENT = "survey_consent"
    SURVEY_RATING = "survey_rating"
    SURVEY_PROBLEM = "survey_problem"
    SURVEY_COMMENT = "survey_comment"


@dataclass(frozen=True, slots=True)
class State:
    """One place a conversation can be in.

    `ask` words its question; `read` understands texts that only mean something here (None: not for this state);
    `back` is where *atrás* leads; `exits` are the states its own buttons lead to. `numbered`: a bare number picks
    a row.
    """

    name: StateName
    flow: Flow
    ask: Asker
    back: StateName
    exits: tuple[StateName, ...] = ()
    read: TextReader | None = None
    numbered: bool = True


# Every state reaches these: by the global words, by free text, or because a person takes over.
EVERYWHERE = (
    StateName.MENU,
    StateName.CAMPAIGN,
    StateName.HELP,
    StateName.WITH_PERSON,
    StateName.OPTIONS,
    StateName.ORDER_STATUS,
    StateName.CANCEL_ORDER,
    StateName.ORDER_QUESTION,
    StateName.PRICES,
    StateName.PRICE_MENU,
    StateName.REPEAT_ORDER,
    StateName.GOODBYE,
    StateName.LATE_MESSAGE,
    StateName.RESUME_ORDER,
    StateName.BROWSE_CATEGORIES,
    StateName.BROWSE_PRODUCTS,
    StateName.CHOOSE_PRODUCT,
    StateName.CHOOSE_DETAILS,
    StateName.PRODUCT_DETAILS,
    StateName.CHOOSE_QUANTITY,
    StateName.CHOOSE_OPTION,
    StateName.ADDRESS_BOOK,
    StateName.CHOOSE_SLOT,
    StateName.GIVE_ADDRESS,
    StateName.RECHECK_COVERAGE,
    StateName.LOCATION_CHECK,
    StateName.CONFIRM_PLACE,
    StateName.GIVE_STREET,
    StateName.COVERAGE_WHERE,
    StateName.COVERAGE_CHECK,
    StateName.COVERAGE_RESULT,
    StateName.SUMMARY,
    StateName.INVOICE_DATA,
    StateName.INVOICE_CONFIRM,
    StateName.MY_DETAILS,
    StateName.GIVE_PATERNAL,
)


# A person is asked for or answers: the bot is silent. As soon as nobody is, they lead to the menu.
SILENT = frozenset(
    {
        StateName.WITH_PERSON,
        StateName.AGENT_CONNECTED,
        StateName.AGENT_INTERACTION,
        StateName.SHOW_ERROR,
        StateName.HUMAN_TRANSFER,
    }
)


class FlowTableError(Exception):
    """The flows do not fit together: a programming error, found when they are imported."""


def assemble(states: Iterable[State]) -> Mapping[StateName, State]:
    """The states by name. Raises FlowTableError on a name that is doubled, missing or unknown."""
    table: dict[StateName, State] = {}
    for state in states:
        if state.name in table:
            raise FlowTableError(f"two states are called {state.name}")
        table[state.name] = state
    missing = set(StateName) - set(table)
    if missing:
        raise FlowTableError(f"no flow has the states {sorted(missing)}")
    for state in table.values():
        unknown = {name for name in (state.back, *state.exits) if name not in table}
        if unknown:
            raise FlowTableError(f"{state.name} leads to unknown states {sorted(unknown)}")
    return table


def combine(groups: Iterable[Handlers]) -> Handlers:
    """One handler for every kind of button. Raises FlowTableError when one has none or two."""
    handlers: dict[type, Handler] = {}
    for group in groups:
        doubled = set(handlers) & set(group)
        if doubled:
            raise FlowTableError(f"two handlers for {sorted(kind.__name__ for kind in doubled)}")
        handlers |= group
    missing = set(KINDS.values()) - set(handlers)
    if missing:
        raise FlowTableError(f"no handler for {sorted(kind.__name__ for kind in missing)}")
    return handlers
