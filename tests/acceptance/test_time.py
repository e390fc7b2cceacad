"""Old buttons, messages that come late, orders left and resumed."""

from datetime import timedelta

from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import options, words
from tests.acceptance.stage import GROCER, SLUGS, Stage

_ORDERS = "SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.phone LIKE '%' || right($1, 10)"


async def orders(stage: Stage, phone: str) -> int:
    return len(await stage.rows(GROCER, _ORDERS, phone))


async def test_an_old_button_does_not_confirm_a_cart_that_has_changed(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600, paso por ellas")
    _, old, title = lupe.offered("Confirmar")
    await lupe.says("agrega un kilo de huevo blanco")

    [answer] = await lupe.taps_id(old, title)
    assert await orders(lupe.stage, lupe.phone) == 0
    assert "anterior" in words(answer)
    assert "Huevo blanco" in words(answer)
    await lupe.taps("Confirmar")
    assert await orders(lupe.stage, lupe.phone) == 1


async def test_a_double_tap_on_confirm_makes_one_order_and_says_nothing_more(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600, paso por ellas")
    _, confirm, title = lupe.offered("Confirmar")
    assert len(await lupe.taps_id(confirm, title)) == 1
    assert await lupe.taps_id(confirm, title) == []
    assert await orders(lupe.stage, lupe.phone) == 1


async def test_the_button_of_an_order_confirmed_yesterday_starts_no_other(
    somebody: NewPerson, shared_stage: Stage
) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600, paso por ellas")
    _, confirm, title = lupe.offered("Confirmar")
    await lupe.taps("Confirmar")
    await shared_stage.passes(hours=23)
    [answer] = await lupe.taps_id(confirm, title)
    assert "confirmado" in words(answer)
    assert await orders(shared_stage, lupe.phone) == 1


async def test_an_order_left_for_five_hours_is_resumed_where_it_was(somebody: NewPerson, shared_stage: Stage) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600 y un kilo de huevo blanco, paso por ellos")
    heard = len(lupe.heard)

    await shared_stage.passes(hours=5)
    [reminder] = lupe.heard[heard:]
    assert "¿Seguimos con tu pedido?" in words(reminder)
    [resumed] = await lupe.says("hola")
    assert "$88.00" in words(resumed)
    await lupe.taps("Seguir con mi pedido")
    await lupe.taps("Confirmar")
    assert await orders(shared_stage, lupe.phone) == 1


async def test_one_reminder_is_sent_after_half_an_hour_and_no_second(somebody: NewPerson, shared_stage: Stage) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600, paso por ellas")
    heard = len(lupe.heard)
    await shared_stage.passes(minutes=29)
    assert len(lupe.heard) == heard
    await shared_stage.passes(minutes=2)
    assert len(lupe.heard) == heard + 1
    await shared_stage.passes(hours=4)
    assert len(lupe.heard) == heard + 1


async def test_no_reminder_is_sent_for_an_order_that_was_confirmed(somebody: NewPerson, shared_stage: Stage) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600, paso por ellas")
    await lupe.taps("Confirmar")
    heard = len(lupe.heard)
    await shared_stage.passes(hours=5)
    assert [words(sent) for sent in lupe.heard[heard:] if "¿Seguimos con tu pedido?" in words(sent)] == []


async def test_an_order_nobody_came_back_to_in_a_day_is_gone(somebody: NewPerson, shared_stage: Stage) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600, paso por ellas")
    _, confirm, title = lupe.offered("Confirmar")
    heard = len(lupe.heard)
    await shared_stage.passes(hours=25)
    assert len(lupe.heard) == heard, "a reminder that is a day late is none"
    [answer] = await lupe.taps_id(confirm, title)
    assert await orders(shared_stage, lupe.phone) == 0
    assert "Ver catálogo" in [each for _, _, each in options(answer)]


async def test_a_message_that_is_twenty_minutes_late_is_asked_about_before_it_is_acted_on(
    somebody: NewPerson, shared_stage: Stage
) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600, paso por ellas")
    await lupe.taps("Cancelar")
    [asked] = await lupe.says("3 cocas de 600", at=shared_stage.clock.now() - timedelta(minutes=20))
    assert words(asked).startswith("Disculpa la demora")
    assert "3 cocas de 600" in words(asked)
    assert "$63.00" not in words(asked)

    [summary] = await lupe.taps("Sí, por favor")
    assert "$63.00" in words(summary)


async def test_a_message_that_is_two_days_late_is_kept_as_missed_and_not_answered(
    somebody: NewPerson, shared_stage: Stage
) -> None:
    lupe = somebody()
    assert await lupe.says("quiero 2 cocas", at=shared_stage.clock.now() - timedelta(days=2)) == []
    [kept] = await shared_stage.relay(
        "SELECT outcome FROM relay.inbox_messages WHERE customer_key LIKE '%' || $1", lupe.phone[-10:]
    )
    assert kept == {"outcome": "missed"}
    said = await shared_stage.rows(
        GROCER,
        "SELECT m.text FROM messages m JOIN customers c ON c.id = m.customer_id WHERE c.phone LIKE '%' || right($1, 10)",
        lupe.phone,
    )
    assert said == [{"text": "quiero 2 cocas"}]


async def test_a_message_missed_by_two_days_of_a_suspended_company_is_not_answered(
    somebody: NewPerson, shared_stage: Stage, shopkeeper: Shopkeeper
) -> None:
    lupe = somebody()
    await shopkeeper.runs("company", "suspend", SLUGS[GROCER])
    try:
        await lupe.says("quiero 2 cocas", at=shared_stage.clock.now() - timedelta(days=2))
    finally:
        await shopkeeper.runs("company", "resume", SLUGS[GROCER])
    assert lupe.heard == []
    assert await shared_stage.relay("SELECT 1 FROM relay.outbox WHERE status = 'failed'") == []
