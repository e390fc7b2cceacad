import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.simulator.chats import ChatStore
from marchante.simulator.config import SimulatedCustomer, SimulatedNumber, SimulatorConfig
from marchante.simulator.errors import GraphError
from marchante.simulator.identifiers import canonical_wa_id, match_key, new_wamid
from marchante.simulator.journal import Journal
from marchante.simulator.recipients import Recipient, resolve

NUMBER = SimulatedNumber("1", "2", "+52 55 1111 2222", "Abarrotes", ("token",))
LUPITA = SimulatedCustomer("5215512345678", "Lupita", "MX.1")


def config(**changes: object) -> SimulatorConfig:
    return SimulatorConfig("http://127.0.0.1/webhook", "secret", "verify", **changes)  # type: ignore[arg-type]


def resolved(to: str | None = None, recipient: str | None = None, **changes: object) -> Recipient:
    store = ChatStore(Journal(None))
    store.add_customer(LUPITA)
    return resolve(config(**changes), store, NUMBER, {"to": to, "recipient": recipient})


@pytest.mark.parametrize(
    "to", ["+5215512345678", "+525512345678", "+52 1 (55) 1234-5678", "525512345678", "5512345678"]
)
def test_both_mexican_forms_reach_the_customer_under_the_wa_id_whatsapp_knows(to: str) -> None:
    found = resolved(to)

    assert found.contact() == {"input": to, "wa_id": "5215512345678", "user_id": "MX.1"}


@pytest.mark.parametrize(
    ("form", "wa_id"), [("521", "5213312345678"), ("52", "523312345678"), ("as_sent", "523312345678")]
)
def test_an_unknown_mexican_mobile_gets_the_configured_form(form: str, wa_id: str) -> None:
    found = resolved("+523312345678", mexican_form=form)

    assert (found.wa_id, found.known) == (wa_id, False)


def test_a_foreign_number_keeps_its_form() -> None:
    assert resolved("+1 555 078 3881").wa_id == "15550783881"


def test_without_plus_meta_may_prepend_the_country_of_the_business() -> None:
    assert resolved("5213312345678", prepends_country_code=True).wa_id == "525213312345678"


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("+52", 131009),
        ("hola", 131009),
        ("", 131009),
        ("+521551234567890123", 131009),
        ("+525511112222", 131021),
        ("+5215511112222", 131021),
    ],
)
def test_what_is_no_other_persons_number_is_refused(to: str, code: int) -> None:
    with pytest.raises(GraphError) as caught:
        resolved(to)

    assert caught.value.code == code


def test_a_test_numbers_allow_list_knows_one_form_only() -> None:
    allowed = frozenset({"525512345678"})

    assert resolved("+525512345678", allowed_recipients=allowed).known
    with pytest.raises(GraphError) as caught:
        resolved("+5215512345678", allowed_recipients=allowed)
    assert caught.value.code == 131030


def test_a_person_is_reached_by_user_id_and_the_answer_shows_no_phone() -> None:
    assert resolved(recipient="MX.1").contact() == {"input": "MX.1", "user_id": "MX.1"}
    assert resolved(recipient="MX.1").wa_id == LUPITA.wa_id


def test_the_phone_wins_over_the_user_id() -> None:
    assert resolved("+523312345678", "MX.1").wa_id == "5213312345678"


@pytest.mark.parametrize("recipient", ["lupita", "mx.1", "MX.", "MX.¡"])
def test_a_malformed_user_id_is_refused(recipient: str) -> None:
    with pytest.raises(GraphError) as caught:
        resolved(recipient=recipient)

    assert caught.value.code == 131009


@given(st.from_regex(r"[2-9][0-9]{9}", fullmatch=True))
def test_both_forms_of_any_mexican_mobile_share_one_key(national: str) -> None:
    short, long = "52" + national, "521" + national

    assert match_key(short) == match_key(long)
    assert canonical_wa_id(short, "521") == long
    assert canonical_wa_id(long, "52") == short


@given(st.from_regex(r"[1-9][0-9]{6,14}", fullmatch=True), st.booleans())
def test_a_wamid_looks_like_metas_and_never_repeats(digits: str, from_customer: bool) -> None:
    wamid = new_wamid(digits, from_customer=from_customer)
    raw = base64.b64decode(wamid.removeprefix("wamid."), validate=True)

    assert wamid.startswith("wamid.HB")
    assert raw[3 : 3 + raw[2]] == digits.encode()
    assert raw[3 + raw[2] + 3] == (0x12 if from_customer else 0x11)
    assert wamid != new_wamid(digits, from_customer=from_customer)
