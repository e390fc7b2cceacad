"""Who a message is from, and under which key it queues."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.fixtures.webhooks import webhook

from marchante.channels.whatsapp.wire import (
    Identity,
    Pricing,
    ReportedError,
    customer_key,
    decode_identity,
    parse_webhook,
)

RECEIVED = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
PHONE, BSUID = "5215500000001", "MX.13490000000001"


def only(name):
    (item,) = parse_webhook(webhook(name), RECEIVED).items
    return item


@pytest.mark.parametrize(
    ("name", "sender", "key"),
    [
        ("text/plain", Identity(PHONE, profile_name="Lupita Hernández"), "p:+525500000001"),
        ("text/without_old_mobile_digit", Identity("525500000001", profile_name="Lupita Hernández"), "p:+525500000001"),
        ("text/contact_in_the_other_form", Identity(PHONE, profile_name="Lupita Hernández"), "p:+525500000001"),
        ("text/phone_and_bsuid", Identity(PHONE, BSUID, profile_name="Lupita Hernández"), f"b:{BSUID}"),
        ("text/bsuid_only", Identity(None, BSUID, "lupita.verde", "Lupita"), f"b:{BSUID}"),
        ("text/bsuid_in_from", Identity(None, BSUID, profile_name="Lupita Hernández"), f"b:{BSUID}"),
        ("text/without_contacts", Identity(PHONE), "p:+525500000001"),
        ("text/without_profile_name", Identity(PHONE), "p:+525500000001"),
        ("text/nul_and_lone_surrogate", Identity(PHONE, profile_name="Lu\ufffd"), "p:+525500000001"),
        ("malformed/contact_of_somebody_else", Identity(PHONE), "p:+525500000001"),
        ("system/changed_number", Identity(PHONE), "p:+525500000001"),
    ],
)
def test_the_sender_is_known_by_everything_the_webhook_says(name, sender, key):
    item = only(name)
    assert item.sender == sender
    assert customer_key(item.sender) == key
    assert decode_identity(item.raw) == sender


def test_each_message_of_a_batch_gets_the_contact_that_is_its_own():
    first, second = parse_webhook(webhook("batch/two_customers_in_one_change"), RECEIVED).items
    assert (first.sender.bsuid, first.sender.profile_name) == (BSUID, "Lupita Hernández")
    assert (second.sender.bsuid, second.sender.profile_name) == ("MX.13490000000002", "Beto")


def test_nobody_has_no_key():
    with pytest.raises(ValueError, match="no key"):
        customer_key(Identity(profile_name="Lupita"))


@pytest.mark.parametrize(
    ("name", "recipient"), [("echo/text", Identity(PHONE)), ("echo/bsuid_only", Identity(None, BSUID))]
)
def test_an_echo_belongs_to_the_customer_it_was_written_to(name, recipient):
    item = only(name)
    assert item.recipient == recipient == decode_identity(item.raw)


def test_a_message_and_an_echo_with_one_id_are_the_same_message():
    message, echo = only("text/plain"), only("echo/text")
    assert replace(echo, wamid=message.wamid).dedupe_key == message.dedupe_key


@pytest.mark.parametrize("field", ["phone_number_id", "wamid"])
def test_number_and_id_together_make_a_message_unique(field):
    message = only("text/plain")
    assert replace(message, **{field: "another"}).dedupe_key != message.dedupe_key
    assert replace(message, type="image", position=9, raw=b"{}").dedupe_key == message.dedupe_key


@pytest.mark.parametrize("field", ["phone_number_id", "wamid", "status", "recipient"])
def test_a_status_is_unique_by_number_id_status_and_recipient(field):
    status = only("status/sent")
    assert replace(status, **{field: "another"}).dedupe_key != status.dedupe_key
    assert replace(status, callback_data="another", raw=b"{}").dedupe_key == status.dedupe_key


def test_parts_of_a_key_do_not_run_into_each_other():
    status = only("status/sent")
    one = replace(status, status="read", recipient="1")
    other = replace(status, status="read1", recipient="")
    assert one.dedupe_key != other.dedupe_key


@pytest.mark.parametrize(
    ("name", "waits"),
    [
        ("text/plain", True),
        ("image/plain", True),
        ("audio/voice_note", True),
        ("contacts/shared", True),
        ("location/chosen_place", True),
        ("location/answer", False),
        ("unsupported/poll", True),
        ("interactive/button_reply", False),
        ("interactive/list_reply", False),
        ("interactive/flow_reply", False),
        ("button/template_quick_reply", False),
        ("order/cart", False),
        ("reaction/added", False),
    ],
)
def test_what_may_be_followed_by_more_waits_and_a_tap_never_does(name, waits):
    assert only(name).waits is waits


def test_a_group_message_says_so():
    assert only("group/text").group_id == "120363000000000001"
    assert only("text/plain").group_id is None


def test_the_timestamp_is_metas_and_else_the_time_of_arrival():
    assert only("text/plain").timestamp == datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    assert only("malformed/unreadable_timestamp").timestamp == RECEIVED


def test_a_status_tells_price_and_the_number_we_gave_it():
    status = only("status/sent")
    assert (status.status, status.recipient, status.callback_data) == ("sent", PHONE, "out:77")
    assert status.pricing == Pricing("utility", "regular", "PMP", True)
    assert status.errors == ()


def test_a_failed_status_tells_why():
    errors = only("status/failed_two_errors").errors
    assert errors == (
        ReportedError(131053, "Media upload error", "Downloading media from weblink failed with http code 404"),
        ReportedError(131000, "Something went wrong", ""),
    )


@pytest.mark.parametrize(
    ("name", "recipient", "identity", "group"),
    [
        ("status/sent_with_contact", PHONE, Identity(PHONE, BSUID, None, "Lupita Hernández"), None),
        ("status/bsuid_only", BSUID, Identity(None, BSUID, "lupita.verde", "Lupita Hernández"), None),
        ("status/failed_username_without_ids", "", Identity(), None),
        ("status/group_participant", PHONE, Identity(PHONE, BSUID), "120363000000000001"),
    ],
)
def test_a_status_names_the_person_as_well_as_it_can(name, recipient, identity, group):
    status = only(name)
    assert (status.recipient, status.identity, status.group_id) == (recipient, identity, group)


def test_account_news_keep_their_field_number_and_time():
    item = only("account/user_id_update")
    assert (item.field, item.waba_id, item.phone_number_id) == ("user_id_update", "700000000000001", "1001")
    assert item.timestamp == datetime(2026, 11, 23, 15, 50, tzinfo=UTC)
    assert only("account/errors_only").field == "messages.errors"
    assert only("account/unknown_field").phone_number_id == "1001"
