"""Faults, the service meter, retries and the journal file, each on its own."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from marchante.simulator.attachments import media_ids, with_previews
from marchante.simulator.config import RetryPolicy, SimulatedCustomer, SimulatorConfig
from marchante.simulator.delivery import encode
from marchante.simulator.errors import GraphError, unknown_object
from marchante.simulator.faults import SEND_FAULTS, Faults, Match, Target
from marchante.simulator.journal import Journal
from marchante.simulator.message_templates import TemplateStore
from marchante.simulator.statuses import ServiceMeter

TARGET = Target("1001", "5215512345678", "text", '{"text":{"body":"Hola"}}', "525512345678")


def order(faults: Faults, match: Match, *, times: int | None = None, after: int = 0) -> None:
    faults.add("error", match, times=times, after=after, options={})


@pytest.mark.parametrize(
    ("match", "meets"),
    [
        (Match(), True),
        (Match(phone_number_id="1001"), True),
        (Match(phone_number_id="2001"), False),
        (Match(to="+525512345678"), True),
        (Match(to="5215512345678"), True),
        (Match(to="5213312345678"), False),
        (Match(to_exact="+525512345678"), True),
        (Match(to_exact="+5215512345678"), False),
        (Match(type="interactive"), False),
        (Match(contains="Hola"), True),
        (Match(contains="Adiós"), False),
    ],
)
def test_a_fault_meets_the_messages_it_names(match: Match, meets: bool) -> None:
    faults = Faults()
    order(faults, match)

    assert ("error" in faults.meet(TARGET, SEND_FAULTS)) is meets


def test_a_fault_lets_the_first_messages_go_and_ends_after_its_times() -> None:
    faults = Faults()
    order(faults, Match(), times=2, after=1)

    assert ["error" in faults.meet(TARGET, SEND_FAULTS) for _ in range(4)] == [False, True, True, False]


def test_one_fault_or_all_can_be_taken_back() -> None:
    faults = Faults()
    order(faults, Match())
    order(faults, Match())
    faults.clear(1)
    assert [fault.id for fault in faults.all()] == [2]
    faults.clear()
    assert faults.all() == []


def test_the_free_messages_are_counted_by_number_and_by_month_of_the_shops_clock() -> None:
    config = SimulatorConfig("http://127.0.0.1", "s", "v", free_service_messages=1, timezone="America/Mexico_City")
    meter = ServiceMeter(config)
    last_evening_of_november = datetime(2026, 12, 1, 5, 59, tzinfo=UTC).timestamp()
    meter.count("1001", last_evening_of_november)

    assert not meter.within_free_tier("1001", last_evening_of_november)
    assert meter.within_free_tier("2001", last_evening_of_november)
    assert meter.within_free_tier("1001", last_evening_of_november + 60)


def test_webhooks_come_back_with_doubling_waits_up_to_a_maximum() -> None:
    policy = RetryPolicy(base_seconds=1, factor=2, maximum_seconds=5)

    assert [policy.wait_after(attempts) for attempts in (1, 2, 3, 4, 5000)] == [1, 2, 4, 5, 5]


def test_a_webhook_body_is_ascii_with_lower_case_escapes() -> None:
    assert encode({"body": "ñ🥑/"}) == b'{"body":"\\u00f1\\ud83e\\udd51/"}'
    assert encode({"body": "/"}, escape_slashes=True) == b'{"body":"\\/"}'


def test_a_torn_line_costs_the_journal_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "chats" / "journal.jsonl"
    journal = Journal(path)
    journal.open()
    journal.write("customer", {"name": "Peña"})
    journal.close()
    with path.open("a") as file:
        file.write('{"event":"cust')
    journal.open()
    journal.write("customer", {"name": "Chema"})
    journal.close()

    assert [data["name"] for _, data in journal.events()] == ["Peña", "Chema"]
    assert path.stat().st_mode & 0o077 == 0


def test_nothing_is_written_before_the_journal_is_open(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    Journal(path).write("customer", {})

    assert not path.exists()


def test_a_person_who_hides_the_phone_needs_a_user_id() -> None:
    with pytest.raises(ValueError, match="user_id"):
        SimulatedCustomer("5215512345678", "Lupita", hides_phone=True)


def test_secrets_do_not_show_when_a_configuration_is_printed() -> None:
    assert "hush" not in repr(SimulatorConfig("http://127.0.0.1", "hush", "hush"))


def test_files_are_found_wherever_a_message_names_them() -> None:
    message = {
        "image": {"id": "1"},
        "interactive": {"header": {"video": {"id": "2"}}, "action": {"cards": [{"header": {"image": {"id": "3"}}}]}},
        "document": {"link": "https://ejemplo.mx/c.pdf"},
    }

    assert dict(media_ids(message)) == {
        "image": "1",
        "interactive.header.video": "2",
        "interactive.action.cards[0].header.image": "3",
    }
    shown = with_previews(message)
    assert shown["interactive"]["header"]["video"]["preview_url"] == "/phone/api/media/2"
    assert "preview_url" not in json.dumps(shown["document"])
    assert "preview_url" not in json.dumps(message)


def test_a_refusal_has_the_shape_graph_gives_it() -> None:
    error = GraphError(130429, "Cloud API message throughput has been reached.").body()["error"]

    assert error.pop("fbtrace_id")
    assert error == {
        "message": "(#130429) Rate limit hit",
        "type": "OAuthException",
        "code": 130429,
        "error_data": {
            "messaging_product": "whatsapp",
            "details": "Cloud API message throughput has been reached.",
        },
    }


def test_an_unknown_object_is_a_graph_method_exception_with_subcode_33() -> None:
    error = unknown_object("42")

    assert (error.http_status, error.code, error.subcode, error.kind) == (400, 100, 33, "GraphMethodException")
    assert "'42'" in error.message


@pytest.mark.parametrize(
    ("code", "status"), [(190, 401), (131000, 500), (131016, 500), (131056, 400), (200, 403), (2, 503), (132001, 404)]
)
def test_an_error_code_comes_with_its_http_status(code: int, status: int) -> None:
    assert GraphError(code).http_status == status


def test_a_template_is_compared_with_the_one_that_was_approved() -> None:
    templates = TemplateStore(Journal(None))
    text = "Hola {{1}}, tu pedido {{2}} va en camino"
    components = [{"type": "BODY", "text": text, "example": {"body_text": [["Lupita", "A-1"]]}}]
    templates.create(
        "waba", {"name": "en_camino", "language": "es_MX", "category": "utility", "components": components}
    )
    two = [{"type": "body", "parameters": [{"type": "text", "text": "Lupita"}, {"type": "text", "text": "A-1"}]}]

    def code(name: str, language: str, sent: list[dict[str, object]]) -> int | None:
        try:
            templates.check("waba", {"name": name, "language": {"code": language}, "components": sent}, strict=False)
        except GraphError as error:
            return error.code
        return None

    assert code("en_camino", "es_MX", two) is None
    assert code("en_camino", "es", two) == 132001
    assert code("otra", "es_MX", two) == 132001
    assert code("en_camino", "es_MX", []) == 132000


def test_an_account_without_templates_takes_any_name_unless_told_otherwise() -> None:
    templates = TemplateStore(Journal(None))
    sent = {"name": "en_camino", "language": {"code": "es_MX"}}

    assert templates.check("waba", sent, strict=False) is None
    with pytest.raises(GraphError):
        templates.check("waba", sent, strict=True)
