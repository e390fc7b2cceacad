"""What a shop decides about orders after they were confirmed, as it types it."""

import pytest

from marchante.companies.domain import CompanySettings
from marchante.companies.settings_text import with_settings
from marchante.foundation.kernel.errors import Invalid


def test_the_statuses_customers_are_told_of_are_a_list_with_commas():
    settings = with_settings(CompanySettings(), {"told_statuses": "shipped, delivered"})
    assert settings.told_statuses == ("shipped", "delivered")
    assert with_settings(settings, {"told_statuses": "none"}).told_statuses == ()


def test_until_when_customers_change_their_order_themselves():
    assert with_settings(CompanySettings(), {"changes_until": "pending"}).changes_until == "pending"


@pytest.mark.parametrize(
    "name, value",
    [
        ("told_statuses", "shipped,lost"),
        ("changes_until", "delivered"),
        ("weight_tolerance_percent", "101"),
        ("answer_minutes", "0"),
    ],
)
def test_what_makes_no_sense_is_refused(name, value):
    with pytest.raises(Invalid) as refused:
        with_settings(CompanySettings(), {name: value})
    assert refused.value.code == "bad_setting"
