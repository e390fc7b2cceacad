"""Every refusal of Graph leads to one action, and none gets lost."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.channels.whatsapp.errors import (
    ACTIONS,
    RETRYABLE,
    Action,
    classify,
    failure_of_status,
    read_failure,
    retry_delay,
)
from marchante.channels.whatsapp.wire_items import ReportedError

SECOND = timedelta(seconds=1)
# What Meta's own table says a sender may try again, and what stops a whole number.
RETRIED = [1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004, 2494100]
PAUSED = [0, 3, 10, 33, 190, 200, 299, 368, 131005, 131031, 131037, 131042, 131045, 133010]
LOST = [100, 130472, 131008, 131009, 131021, 131047, 131049, 131050, 131051, 132000, 135000]


@pytest.mark.parametrize("code", RETRIED)
def test_passing_faults_are_retried(code):
    assert classify(code, "", 400) in RETRYABLE


@pytest.mark.parametrize("code", PAUSED)
def test_account_faults_stop_the_number(code):
    assert classify(code, "", 400) is Action.STOP_NUMBER


@pytest.mark.parametrize("code", LOST)
def test_final_refusals_are_not_repeated(code):
    assert classify(code, "", 500) not in RETRYABLE
    assert retry_delay(classify(code, "", 500), 1) is None


@pytest.mark.parametrize(
    ("code", "details", "subcode", "action"),
    [
        (131056, "", None, Action.WAIT_PAIR),
        (130429, "", None, Action.WAIT_NUMBER),
        (131026, "", None, Action.TRY_OTHER_NUMBER_FORM),
        (131030, "", None, Action.TRY_OTHER_NUMBER_FORM),
        (131047, "", None, Action.NEEDS_TEMPLATE),
        (131062, "", None, Action.NEEDS_PHONE),
        (131050, "", None, Action.OPTED_OUT),
        (132069, "", None, Action.FLOW_UNAVAILABLE),
        (132001, "", None, Action.STOP_TEMPLATE),
        (131048, "", None, Action.STOP_BULK),
        (131053, "Downloading media from weblink failed with http code 404", None, Action.FIX_MEDIA),
        (131053, "Downloading media from weblink failed with http code 503", None, Action.RETRY),
        (100, "Invalid parameter", None, Action.ALERT_BUG),
        (100, "Object with ID '1' does not exist", None, Action.STOP_NUMBER),
        (100, "", 33, Action.STOP_NUMBER),
    ],
)
def test_each_code_has_its_action(code, details, subcode, action):
    assert classify(code, details, 400, subcode) is action


@pytest.mark.parametrize(
    ("http_status", "action"),
    [
        (500, Action.RETRY),
        (503, Action.RETRY),
        (429, Action.WAIT_NUMBER),
        (401, Action.STOP_NUMBER),
        (403, Action.STOP_NUMBER),
        (404, Action.GIVE_UP),
        (None, Action.GIVE_UP),
    ],
)
def test_an_unknown_code_falls_back_on_the_http_status(http_status, action):
    assert classify(999_999, "", http_status) is action
    assert classify(None, "", http_status) is action


def test_a_refusal_keeps_everything_graph_said():
    body = {
        "error": {
            "message": "(#131056) (Business Account, Consumer Account) pair rate limit hit",
            "type": "OAuthException",
            "code": 131056,
            "error_subcode": 2494055,
            "error_data": {"messaging_product": "whatsapp", "details": "Too many messages to this user."},
            "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam",
        }
    }
    failure = read_failure(400, json.dumps(body).encode())
    assert (failure.code, failure.subcode, failure.http_status) == (131056, 2494055, 400)
    assert failure.details == "Too many messages to this user."
    assert failure.title.startswith("(#131056)")
    assert (failure.trace_id, failure.action) == ("Az8or2yhqkZfEZ-_4Qn_Bam", Action.WAIT_PAIR)
    assert str(failure) == "131056: Too many messages to this user. [wait_pair]"


def test_an_unknown_code_is_kept_and_retried_when_graph_says_it_is_transient():
    body = {"error": {"message": "new", "code": 777777, "is_transient": True}}
    failure = read_failure(400, json.dumps(body).encode())
    assert (failure.code, failure.action) == (777777, Action.RETRY)
    assert read_failure(400, json.dumps({"error": {"code": 777777}}).encode()).action is Action.GIVE_UP


def test_transient_does_not_override_a_code_we_know():
    body = {"error": {"code": 190, "is_transient": True}}
    assert read_failure(401, json.dumps(body).encode()).action is Action.STOP_NUMBER


@pytest.mark.parametrize("body", [b"<html>502 Bad Gateway</html>", b"", b"null", b"[]", b'{"error":"x"}', b"\xff"])
def test_a_page_of_a_proxy_is_retried_and_named_by_its_status(body):
    failure = read_failure(502, body)
    assert (failure.code, failure.action, failure.title) == (None, Action.RETRY, "HTTP 502 without a Graph error")


@given(st.integers(100, 599), st.binary())
def test_no_answer_makes_it_fail(http_status, body):
    assert read_failure(http_status, body).http_status == http_status


@given(st.integers(-(2**70), 2**70), st.integers(100, 599))
def test_every_code_has_an_action(code, http_status):
    assert classify(code, "", http_status) in Action


def test_a_failed_status_becomes_the_same_kind_of_failure():
    failure = failure_of_status(ReportedError(131047, "Re-engagement message", "More than 24 hours"))
    assert (failure.code, failure.http_status, failure.details) == (131047, None, "More than 24 hours")
    assert failure.action is Action.NEEDS_TEMPLATE


def test_a_failed_status_without_a_readable_code_stops_nothing():
    assert failure_of_status(ReportedError(None, "Something", "")).action is Action.GIVE_UP


def test_no_code_is_listed_twice():
    from marchante.channels.whatsapp import errors

    assert sum(len(codes) for codes in errors._CODES.values()) == len(ACTIONS)


@pytest.mark.parametrize(
    ("action", "attempts", "delay"),
    [
        (Action.WAIT_PAIR, 1, 1 * SECOND),
        (Action.WAIT_PAIR, 2, 4 * SECOND),
        (Action.WAIT_PAIR, 3, 16 * SECOND),
        (Action.WAIT_PAIR, 99, 900 * SECOND),
        (Action.RETRY, 1, 1 * SECOND),
        (Action.RETRY, 4, 8 * SECOND),
        (Action.WAIT_NUMBER, 1, 2 * SECOND),
        (Action.TRY_OTHER_NUMBER_FORM, 1, 0 * SECOND),
        (Action.TRY_OTHER_NUMBER_FORM, 2, None),
        (Action.GIVE_UP, 1, None),
    ],
)
def test_waiting_grows_with_every_failure_and_ends_somewhere(action, attempts, delay):
    assert retry_delay(action, attempts) == delay
