"""Phones, e-mails and RFCs as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.companies.contact import read_clabe, read_email, read_phone, read_rfc
from marchante.companies.records import LegalInformation, NewEstablishment
from marchante.foundation.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("228 100 0001", "522281000001"),
        ("(228) 100-00-01", "522281000001"),
        ("+52 228 100 0001", "522281000001"),
        ("5212281000001", "5212281000001"),
        ("+1 (415) 555-2671", "14155552671"),
    ],
)
def test_a_phone_is_read_with_its_country_code(typed, read):
    assert read_phone(typed) == read


@pytest.mark.parametrize("typed", ["", "100 0001", "044 228 100 0001", "+228 100 0001", "no tengo", "1" * 16])
def test_what_is_no_phone_is_refused(typed):
    with pytest.raises(Invalid) as refused:
        read_phone(typed)
    assert refused.value.code == "bad_phone"


@given(st.text(max_size=40))
def test_a_phone_that_was_read_once_stays_as_it_is(typed):
    try:
        phone = read_phone(typed)
    except Invalid:
        return
    assert read_phone(phone) == phone


def test_an_email_keeps_its_name_and_loses_the_blanks():
    assert read_email("  Lupita.Rojas+pedidos@Correo.COM ") == "Lupita.Rojas+pedidos@correo.com"


@pytest.mark.parametrize(
    "typed", ["", "lupita", "lupita@", "@correo.com", "a b@correo.com", "a@correo", "a@-x.com", "a@@b.mx"]
)
def test_what_is_no_email_is_refused(typed):
    with pytest.raises(Invalid) as refused:
        read_email(typed)
    assert refused.value.code == "bad_email"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("rogl840229-ab1", "ROGL840229AB1"),
        ("ÑAM 010101 XY9", "ÑAM010101XY9"),
        ("A&B990531AAA", "A&B990531AAA"),
        ("XAXX010101000", "XAXX010101000"),
        ("ROGL000229AB1", "ROGL000229AB1"),
    ],
)
def test_an_rfc_is_read_in_capitals_without_what_stands_between(typed, read):
    assert read_rfc(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ROGL8513AB1",
        "ROGL851301AB1",
        "ROGL850229AB1",
        "RO850101AB1",
        "ROGLL850101AB1",
        "ROGL850101AB",
        "ROGL850101AB1X",
    ],
)
def test_what_is_no_rfc_is_refused(typed):
    with pytest.raises(Invalid) as refused:
        read_rfc(typed)
    assert refused.value.code == "bad_rfc"


def test_legal_information_changes_field_by_field():
    before = LegalInformation(owner_name="Guadalupe Rojas", owner_phone="522281000099", rfc="ROGL840229AB1")
    after = before.with_changes(
        {"owner_phone": " 228 100 0055 ", "owner_name": "", "rfc": None, "contact_email": "a@b.mx"}
    )
    assert after == LegalInformation(owner_phone="522281000055", rfc="ROGL840229AB1", contact_email="a@b.mx")
    assert after.changed_from(before) == ("owner_name", "owner_phone", "contact_email")
    assert before.with_changes({}).changed_from(before) == ()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"address": "\n"}, "address_missing"),
        ({"phone": "123"}, "bad_phone"),
        ({"email": "x"}, "bad_email"),
        ({"latitude": 19}, "bad_coordinates"),
        ({"latitude": 91, "longitude": 0}, "bad_coordinates"),
        ({"name": "x" * 301}, "text_too_long"),
    ],
)
def test_a_branch_that_cannot_be_found_is_refused(fields, code):
    given_ = {"name": "Centro", "address": "Av. Xalapa 12"} | {
        name: Decimal(value) if isinstance(value, int) else value for name, value in fields.items()
    }
    with pytest.raises(Invalid) as refused:
        NewEstablishment(**given_)
    assert refused.value.code == code


def test_a_clabe_is_taken_in_groups_and_checked_by_its_last_digit():
    assert read_clabe("0321 8000 0118 3597 19") == "032180000118359719"
    for wrong in ("032180000118359718", "03218000011835971", "cuenta"):
        with pytest.raises(Invalid) as refused:
            read_clabe(wrong)
        assert refused.value.code == "bad_clabe"
