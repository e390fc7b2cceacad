"""What a turn takes from stored messages."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.fixtures.webhooks import webhook

from marchante.channels.whatsapp.wire import MessageItem, parse_webhook
from marchante.conversations.claims import PendingRow
from marchante.conversations.translation import hear

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


def pending(name: str, number: str | None = None, at: datetime = NOW) -> PendingRow:
    [item] = parse_webhook(webhook(name)).items
    assert isinstance(item, MessageItem)
    number = number or item.phone_number_id
    return PendingRow(1, number, "message", item.type, item.wamid, at, at, item.raw, "t" * 32)


@pytest.mark.parametrize("name", ["system/changed_number", "system/changed_user_id", "system/identity_changed"])
def test_whatsapps_own_words_open_no_window_and_are_not_answered(name: str) -> None:
    heard = hear([pending(name)], NOW)
    assert heard.last_customer_at is None
    assert heard.inputs == ()
    [kept] = heard.incoming
    assert (kept.author, kept.outcome) == ("system", "stored")
    assert kept.text


def test_what_a_customer_writes_opens_the_window() -> None:
    heard = hear([pending("text/plain")], NOW)
    assert heard.last_customer_at == NOW
    assert heard.incoming[0].author == "customer"


def test_the_window_is_of_the_number_the_answer_leaves_by() -> None:
    earlier = NOW - timedelta(minutes=3)
    heard = hear([pending("text/plain", "1001", earlier), pending("system/changed_number", "1001")], NOW)
    assert heard.last_customer_at == earlier
    heard = hear([pending("text/plain", "1002"), pending("text/plain", "1001", earlier)], NOW)
    assert heard.last_customer_at == earlier
