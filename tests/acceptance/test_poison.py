"""A message no turn survives is set aside after some attempts; nobody else waits for it, nor the same person for ever."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import words
from tests.acceptance.stage import Stage

from marchante.conversations import engine, translation
from marchante.conversations.effects import Step
from marchante.conversations.inputs import Input, Said, TimerFired
from marchante.conversations.state import Session
from marchante.conversations.view import ShopView

POISON = "veneno"


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A flow that fails whenever it reads one word."""
    healthy = engine.run

    def run(session: Session, inputs: Sequence[Input], view: ShopView, **more: Any) -> Step:
        if any(isinstance(each, Said) and POISON in each.text for each in inputs):
            raise RuntimeError("a bug of the flow")
        return healthy(session, inputs, view, **more)

    monkeypatch.setattr(engine, "run", run)
    return monkeypatch


async def test_a_message_that_fails_every_turn_is_set_aside_and_the_next_ones_are_answered(
    stage: Stage, someone: NewPerson, poison: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    lupe, beto = someone(), someone()
    await lupe.says("hola")
    await lupe.writes(POISON)
    await stage.passes(seconds=1)
    await lupe.writes("¿a cómo está el huevo blanco?")
    for text in ("hola", "menú", "ayuda", "2 cocas de 600"):
        await stage.passes(seconds=5)
        assert len(await beto.says(text)) == 1, "nobody else waits"
    assert len(lupe.heard) == 1
    for _ in range(10):
        await stage.passes(seconds=30)

    _, apology, *others = lupe.heard
    assert "Disculpa" in words(apology) or "Perdón" in words(apology)
    assert await stage.relay("SELECT attempts FROM relay.conversations WHERE attempts > 0") == []
    [dead] = await stage.relay("SELECT id FROM relay.inbox_messages WHERE outcome = 'dead_letter'")
    alerts = await stage.relay("SELECT severity, data FROM relay.alerts WHERE code = 'message_set_aside'")
    assert [(alert["severity"], str(dead["id"]) in str(alert["data"])) for alert in alerts] == [("critical", True)]
    [handled] = await stage.relay(
        "SELECT outcome FROM relay.inbox_messages WHERE handled_at IS NOT NULL AND id > $1 AND customer_key LIKE '%' || $2",
        dead["id"],
        lupe.phone[-10:],
    )
    assert handled == {"outcome": "answered"}
    assert others == [], "a person was asked for: the bot is silent"

    # The fault is mended, the letter replayed, the chat given back.
    poison.undo()
    keeper = Shopkeeper(stage, monkeypatch)
    [letter] = (await keeper.runs("dead-letters", "list", "--json")).json
    [request] = (await keeper.runs("handoffs", "list", "abarrotes_lupita", "--json")).json
    await keeper.runs("handoffs", "close", "abarrotes_lupita", str(request["handoff"]["id"]))
    assert (await keeper.runs("dead-letters", "replay", letter["id"])).exit_code == 0
    before = len(lupe.heard)
    await stage.passes(seconds=1)
    assert len(lupe.heard) == before + 1
    assert (await keeper.runs("dead-letters", "list", "--json")).json == []


async def test_what_was_written_before_the_poison_in_the_same_burst_is_answered_first(
    stage: Stage, someone: NewPerson, poison: pytest.MonkeyPatch
) -> None:
    lupe = someone()
    await lupe.writes("hola")
    await lupe.writes(POISON)
    for _ in range(12):
        await stage.passes(seconds=30)
    hello, apology = lupe.heard
    assert "Te damos la bienvenida" in words(hello)
    assert "Disculpa" in words(apology) or "Perdón" in words(apology)


async def test_a_message_that_cannot_even_be_read_is_set_aside_and_the_next_ones_are_answered(
    stage: Stage, someone: NewPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    lupe = someone()
    readable = translation.decode_message

    def decode(raw: bytes) -> Any:
        if POISON.encode() in raw:
            raise RecursionError("a bug of the reader")
        return readable(raw)

    monkeypatch.setattr(translation, "decode_message", decode)
    await lupe.writes(POISON)
    await stage.passes(seconds=1)
    await lupe.writes("hola")
    for _ in range(30):
        await stage.passes(seconds=30)

    outcomes = await stage.relay("SELECT outcome FROM relay.inbox_messages ORDER BY id")
    assert [row["outcome"] for row in outcomes] == ["dead_letter", "answered"]
    [alert] = await stage.relay("SELECT severity FROM relay.alerts WHERE code = 'message_set_aside'")
    assert alert == {"severity": "critical"}
    [hello] = lupe.heard
    assert "Te damos la bienvenida" in words(hello)


async def test_a_timer_that_fails_every_turn_is_set_aside_without_a_word_to_the_customer(
    stage: Stage, someone: NewPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    lupe = someone()
    await lupe.says("2 cocas de 600, paso por ellas")
    heard, healthy = len(lupe.heard), engine.run

    def run(session: Session, inputs: Sequence[Input], view: ShopView, **more: Any) -> Step:
        if any(isinstance(each, TimerFired) for each in inputs):
            raise RuntimeError("a bug of a timer")
        return healthy(session, inputs, view, **more)

    monkeypatch.setattr(engine, "run", run)
    await stage.passes(minutes=31)
    for _ in range(20):
        await stage.passes(seconds=30)
    assert len(lupe.heard) == heard
    assert len(await stage.relay("SELECT FROM relay.alerts WHERE code = 'message_set_aside'")) == 1
    [confirmation] = await lupe.taps("Confirmar")
    assert "registrado" in words(confirmation)
