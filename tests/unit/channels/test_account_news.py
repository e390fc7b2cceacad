"""What Meta tells us about an account."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.webhooks import NAMES, webhook

from marchante.channels.whatsapp.accounts import (
    AccountNews,
    MarketingChoice,
    NumberNews,
    OtherNews,
    ReportedProblem,
    TemplateNews,
    UserIdChange,
    decode_account,
)
from marchante.channels.whatsapp.wire import Identity, ReportedError, decode_status, parse_webhook

RECEIVED = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
PHONE, BSUID = "5215500000001", "MX.13490000000001"
AT = datetime(2026, 11, 23, 15, 50, tzinfo=UTC)


def only(name):
    (item,) = parse_webhook(webhook(name), RECEIVED).items
    return item


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("preferences/stop", MarketingChoice(Identity(PHONE, BSUID), False, AT)),
        ("preferences/resume", MarketingChoice(Identity(PHONE), True, datetime(2026, 11, 23, 16, 5, tzinfo=UTC))),
        ("preferences/stop_bsuid_only", MarketingChoice(Identity(None, BSUID), False, AT)),
        ("account/user_id_update", UserIdChange(PHONE, BSUID, "MX.13490000000002")),
        ("template/approved", TemplateNews("pedido_en_camino", "es_MX", "APPROVED", None, "UTILITY")),
        ("template/rejected", TemplateNews("promo", "es_MX", "REJECTED", "PROMOTIONAL", None)),
        ("template/category", TemplateNews("pedido_en_camino", "es_MX", "CATEGORY", None, "MARKETING")),
        ("account/number_quality", NumberNews("522281000001", "THROUGHPUT_UPGRADE", "TIER_10K")),
        ("account/disabled", AccountNews("DISABLED_UPDATE", "SCHEDULE_FOR_DISABLE")),
        ("account/restricted", AccountNews("ACCOUNT_RESTRICTION", "RESTRICTED_BIZ_INITIATED_MESSAGING")),
        ("account/violation", AccountNews("ACCOUNT_VIOLATION", "ALCOHOL")),
        ("account/partner_removed", AccountNews("PARTNER_REMOVED", "PRIMARY_INACTIVITY")),
        (
            "account/errors_only",
            ReportedProblem(
                (ReportedError(130429, "Rate limit hit", "Cloud API message throughput has been reached."),)
            ),
        ),
        ("account/unknown_field", OtherNews("drone_delivery_update")),
        ("account/call", OtherNews("calls")),
    ],
)
def test_account_news_are_understood_or_named(name, event):
    assert decode_account(only(name).raw) == (event,)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("status/")])
def test_a_stored_status_still_tells_everything(name):
    for item in parse_webhook(webhook(name), RECEIVED).items:
        details = decode_status(item.raw)
        assert (details.identity, details.pricing, details.errors) == (item.identity, item.pricing, item.errors)


@given(st.binary())
def test_any_stored_bytes_are_some_news(raw):
    assert decode_account(raw) == (OtherNews("unknown"),)
    assert decode_status(raw).errors == ()
