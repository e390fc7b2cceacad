"""What Meta tells us about an account."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.webhooks import NAMES, webhook

from marchante.channels.whatsapp.accounts import (
    AccountNews,
    AccountNotice,
    MarketingChoice,
    NumberNews,
    OtherNews,
    ReportedProblem,
    TemplateNews,
    UserIdChange,
    decode_account,
    told_at,
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
        ("template/quality", TemplateNews("pedido_en_camino", "es_MX", "QUALITY_YELLOW", None, None)),
        ("template/components", TemplateNews("pedido_en_camino", "es_MX", "CHANGED", None, None)),
        ("account/capability", NumberNews(None, "CAPABILITY", None)),
        ("account/alert", AccountNotice("account_alerts", "OBA_APPROVED", "x", "WARNING")),
        ("account/review", AccountNotice("account_review_update", "APPROVED", None)),
        ("account/number_name", AccountNotice("phone_number_name_update", "APPROVED", None)),
        ("account/security", AccountNotice("security", "PIN_CHANGED", None)),
        ("account/unknown_field", OtherNews("drone_delivery_update")),
        ("account/call", OtherNews("calls")),
    ],
)
def test_account_news_are_understood_or_named(name, event):
    assert decode_account(only(name).raw) == (event,)


def test_news_of_a_shops_account_in_its_partners_entry_are_of_that_account():
    value = {"event": "PARTNER_REMOVED", "waba_info": {"waba_id": "900", "owner_business_id": "55"}}
    change = {"field": "account_update", "value": value}
    body = {"entry": [{"id": "PARTNER", "time": 1795449000, "changes": [change]}]}
    (item,) = parse_webhook(json.dumps(body).encode(), RECEIVED).items
    assert item.waba_id == "900"
    assert told_at(item.raw) == datetime(2026, 11, 23, 15, 50, tzinfo=UTC)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("status/")])
def test_a_stored_status_still_tells_everything(name):
    for item in parse_webhook(webhook(name), RECEIVED).items:
        details = decode_status(item.raw)
        assert (details.identity, details.pricing, details.errors) == (item.identity, item.pricing, item.errors)


@given(st.binary())
def test_any_stored_bytes_are_some_news(raw):
    assert decode_account(raw) == (OtherNews("unknown"),)
    assert decode_status(raw).errors == ()
