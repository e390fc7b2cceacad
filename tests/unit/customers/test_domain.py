"""Who a message is from, decided before anything is written."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.customers.domain import ContactIdentity, Customer, CustomerRow, address_line, resolve

EMPTY = dict.fromkeys(
    ("typed", "street", "number", "between_streets", "colony", "city", "state", "zip_code", "observations")
)
PHONES = st.sampled_from([None, "5212281234567", "522281234567", "5212289999999"])
BSUIDS = st.sampled_from([None, "MX.1", "MX.2"])


def known(customer_id: int, wa_id: str | None, bsuid: str | None) -> CustomerRow:
    customer = Customer(customer_id, "Lupe", wa_id, is_new=False, notice_given=True)
    return CustomerRow(customer, wa_id, bsuid, None, None)


@st.composite
def scenes(draw):
    """A message, and the customers that hold its BSUID and its phone, as the tables allow them."""
    wrote = ContactIdentity(draw(PHONES), draw(BSUIDS))
    by_bsuid = by_phone = None
    if wrote.bsuid and draw(st.booleans()):
        by_bsuid = known(draw(st.sampled_from([1, 3])), draw(PHONES), wrote.bsuid)
    if wrote.wa_id and by_bsuid is not None and by_bsuid.phone_key == wrote.phone_key:
        by_phone = by_bsuid
    elif wrote.wa_id and draw(st.booleans()):
        other = draw(BSUIDS.filter(lambda bsuid: bsuid is None or by_bsuid is None or bsuid != by_bsuid.bsuid))
        if by_bsuid is not None or other != wrote.bsuid or other is None:
            by_phone = known(2, wrote.wa_id, other)
    return wrote, by_bsuid, by_phone


@given(scenes())
def test_nothing_of_one_bsuid_is_ever_shown_to_another(scene):
    wrote, by_bsuid, by_phone = scene
    found = resolve(wrote, by_bsuid, by_phone)
    for shown in (found.keep, found.absorb):
        if shown is not None and wrote.bsuid is not None:
            assert shown.bsuid in {None, wrote.bsuid}


@given(scenes())
def test_a_phone_is_given_up_only_by_somebody_it_no_longer_belongs_to(scene):
    wrote, by_bsuid, by_phone = scene
    found = resolve(wrote, by_bsuid, by_phone)
    for customer_id in found.give_up_phone:
        loser = by_phone if by_phone is not None and by_phone.id == customer_id else by_bsuid
        assert loser is not None
        moved_on = loser is by_bsuid and loser.phone_key != wrote.phone_key
        somebody_elses = loser is by_phone and (by_bsuid is not None or loser.bsuid != wrote.bsuid)
        assert moved_on or somebody_elses


@given(scenes())
def test_only_a_phone_without_bsuid_and_a_bsuid_without_phone_become_one(scene):
    wrote, by_bsuid, by_phone = scene
    found = resolve(wrote, by_bsuid, by_phone)
    halves = (
        by_bsuid is not None
        and by_phone is not None
        and by_bsuid.id != by_phone.id
        and by_bsuid.phone_key is None
        and by_phone.bsuid is None
    )
    assert (found.absorb is not None) == halves
    if found.absorb is not None:
        assert found.keep is not None
        assert found.keep.id < found.absorb.id


def test_the_key_of_a_mexican_phone_is_the_same_in_both_spellings():
    assert ContactIdentity("5212281234567").phone_key == ContactIdentity("522281234567").phone_key == "+522281234567"
    assert ContactIdentity(bsuid="MX.1").phone_key is None


def test_the_line_of_an_address_is_what_was_typed():
    assert address_line(EMPTY | {"typed": "Av. Xalapa 12", "street": "Otra"}) == "Av. Xalapa 12"


def test_the_line_of_an_address_in_parts_reads_as_a_courier_needs_it():
    parts = {"street": "Av. Xalapa", "number": "12", "colony": "Centro", "city": "Xalapa", "zip_code": "91000"}
    told = EMPTY | parts | {"between_streets": "Lerdo y Lucio", "observations": "portón verde"}
    assert address_line(told) == "Av. Xalapa 12, entre Lerdo y Lucio, Centro, Xalapa, C.P. 91000, portón verde"


@pytest.mark.parametrize(("name", "first"), [("Lupe Pérez", "Lupe"), ("  ", None), (None, None), ("🌸", "🌸")])
def test_a_customer_is_greeted_by_the_first_name(name, first):
    assert replace(known(1, None, None).customer, name=name).first_name == first
