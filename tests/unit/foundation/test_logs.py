"""Logs are one JSON line per event, and never show a secret, a phone or a wamid whole."""

import io
import json
import sys

import pytest
import structlog

from marchante.foundation import logs


def lines(captured: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in captured.splitlines()]


@pytest.fixture(autouse=True)
def fresh() -> None:
    structlog.reset_defaults()
    logs.configure("json")


def test_phones_and_wamids_are_masked_wherever_they_stand(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("a.b", to="5212281000001", note="for +5212281000001 by wamid.HBgNNTIxMjI4MTAwMDAwMQ==")
    [line] = lines(capsys.readouterr().err)
    assert line["to"] == "…0001"
    assert "2281000001" not in json.dumps(line)
    assert "HBgNNTIxMjI4" not in json.dumps(line)


def test_secrets_are_never_shown(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("a.b", whatsapp_token="EAAG1", app_secret="s3cret", Authorization="Bearer x")
    [line] = lines(capsys.readouterr().err)
    assert {line["whatsapp_token"], line["app_secret"], line["Authorization"]} == {"***"}


def test_a_trace_id_stays_whole_although_it_may_hold_many_digits(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("a.b", trace_id="12345678901234567890123456789012")
    assert lines(capsys.readouterr().err)[0]["trace_id"] == "12345678901234567890123456789012"


def test_stderr_is_looked_up_at_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    log = structlog.get_logger()
    first, second = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", first)
    log.info("one")
    first.close()
    monkeypatch.setattr(sys, "stderr", second)
    log.info("two")
    assert json.loads(second.getvalue())["event"] == "two"
