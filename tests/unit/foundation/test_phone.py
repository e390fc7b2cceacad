import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.foundation.kernel.phone import as_sendable, mask, match_key, other_mexican_form


@pytest.mark.parametrize(
    ("wa_id", "key"),
    [
        ("5215500000001", "+525500000001"),
        ("525500000001", "+525500000001"),
        ("+52 1 55 0000 0001", "+525500000001"),
        ("5491100000001", "+5491100000001"),
        ("12025550101", "+12025550101"),
        ("52550000000", "+52550000000"),  # one digit short: not a Mexican number, kept apart
        ("5225500000001", "+5225500000001"),  # 13 digits whose third is no 1
    ],
)
def test_both_forms_of_a_mexican_number_match_and_others_keep_all_their_digits(wa_id, key):
    assert match_key(wa_id) == key


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_a_mexican_number_matches_with_and_without_the_old_mobile_digit(national):
    assert match_key(f"521{national}") == match_key(f"52{national}") == f"+52{national}"


@given(st.text(max_size=40))
def test_matching_twice_changes_nothing(anything):
    assert match_key(match_key(anything)) == match_key(anything)


@pytest.mark.parametrize(
    ("wa_id", "other"),
    [
        ("5215500000001", "525500000001"),
        ("525500000001", "5215500000001"),
        ("+5215500000001", "525500000001"),
        ("12025550101", None),
        ("", None),
    ],
)
def test_only_mexican_numbers_have_another_form(wa_id, other):
    assert other_mexican_form(wa_id) == other


def test_a_number_is_sent_with_a_plus_and_otherwise_as_it_was_received():
    assert as_sendable("5215500000001") == "+5215500000001"
    assert as_sendable("+525500000001") == "+525500000001"


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("5215500000001", "*********0001"), ("+52 55 0000 0001", "********0001"), ("0001", "****"), ("", "")],
)
def test_a_masked_phone_shows_its_last_four_digits_at_most(phone, masked):
    assert mask(phone) == masked
