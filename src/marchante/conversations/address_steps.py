"""An address field by field: which are asked, in which order, and what is known of each."""

import msgspec

from marchante.conversations.scene import go
from marchante.conversations.state import Question, Session
from marchante.conversations.table import StateName
from marchante.customers.domain import NO_PARTS, AddressParts

STEPS = (StateName.GIVE_STREET, StateName.GIVE_COLONY, StateName.GIVE_POSTAL_CODE, StateName.GIVE_REFERENCES)


def begin(session: Session, parts: AddressParts = NO_PARTS, address_id: int | None = None) -> Session:
    """Ask for the first field that is not known. `address_id`: the saved address that is corrected."""
    question = Question(parts=parts, address_id=address_id, product_id=session.question.product_id)
    return to_next(msgspec.structs.replace(session, question=question))


def to_next(session: Session, done: StateName | None = None) -> Session:
    """To the next field after `done` that is not known; when there is none, or one field was corrected, to the end."""
    parts = session.question.parts or NO_PARTS
    later = STEPS[STEPS.index(done) + 1 :] if done else STEPS
    missing = next((step for step in later if not known(parts, step)), None)
    return go(session, StateName.CONFIRM_ADDRESS if missing is None or session.question.editing else missing)


def known(parts: AddressParts, step: StateName) -> str:
    """What is known of a field, as it is shown; "" for nothing."""
    match step:
        case StateName.GIVE_STREET:
            told = " ".join(filter(None, (parts.street, parts.number)))
        case StateName.GIVE_COLONY:
            told = parts.colony or ""
        case StateName.GIVE_POSTAL_CODE:
            told = ", ".join(filter(None, (parts.zip_code, parts.city)))
        case _:
            told = ", ".join(filter(None, (parts.between_streets, parts.observations)))
    return told


def written(parts: AddressParts) -> str:
    """The whole of it in one line, the colonia named as one."""
    colony = f"col. {parts.colony}" if parts.colony else None
    return msgspec.structs.replace(parts, colony=colony).line
