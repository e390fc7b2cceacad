"""After the delivery the customer says how it was: consent, rating, whether a problem was solved, thanks."""

from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import Person, options, state_of, words
from tests.acceptance.stage import GROCER, SLUGS, Row, Stage
from tests.acceptance.test_ordering import orders_of

SHOP = SLUGS[GROCER]


async def served(somebody: NewPerson, shopkeeper: Shopkeeper) -> Person:
    """Somebody whose order was brought just now."""
    person = somebody()
    await person.says("2 cocas de 600 para recoger")
    await person.taps("Confirmar")
    [order] = await orders_of(person)
    for status in ("processing", "ready_for_pickup", "delivered"):
        await shopkeeper.runs("orders", "status", SHOP, order["folio"], status)
    await person.stage.rests()
    person.stage.simulator.store.forget_sent()
    return person


async def review_of(person: Person) -> Row:
    [order] = await orders_of(person)
    [review] = await person.stage.rows(
        GROCER, "SELECT rating, comment, solved FROM reviews WHERE order_id = $1", order["id"]
    )
    return review


async def test_an_hour_after_the_delivery_one_question_takes_the_rating(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe = await served(somebody, shopkeeper)
    await shared_stage.passes(minutes=59)
    assert lupe.heard == []
    await shared_stage.passes(minutes=2)
    [question] = lupe.heard
    assert len(options(question)) == 6
    assert await state_of(lupe) == "survey_rating"

    [thanks] = await lupe.taps("⭐⭐⭐⭐⭐")
    assert "gracias" in words(thanks)
    assert await state_of(lupe) == "survey_comment"
    await lupe.says("Todo llegó muy rápido y bien empacado")
    assert await review_of(lupe) == {
        "rating": 5,
        "comment": "Todo llegó muy rápido y bien empacado",
        "solved": None,
    }
    assert len(lupe.heard) == 3
    [listed] = (await shopkeeper.runs("reviews", "list", SHOP, "--limit", "1", "--json")).json
    assert (listed["rating"], listed["comment"]) == (5, "Todo llegó muy rápido y bien empacado")


async def test_a_bad_rating_tells_the_shop_and_offers_a_person(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe = await served(somebody, shopkeeper)
    await shared_stage.passes(hours=1)
    [asked] = await lupe.says("2")
    assert "Lamento" in words(asked)
    assert await state_of(lupe) == "survey_problem"
    alerts = await shared_stage.relay("SELECT message FROM relay.alerts WHERE code = 'bad_rating'")
    assert "was rated 2 of 5" in alerts[-1]["message"]
    await lupe.taps("Hablar con un asesor")
    assert await state_of(lupe) == "with_person"
    assert await review_of(lupe) == {"rating": 2, "comment": "", "solved": False}


async def test_a_problem_that_was_solved_ends_with_thanks(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe = await served(somebody, shopkeeper)
    await shared_stage.passes(hours=1)
    await lupe.says("regular")
    [told] = await lupe.taps("Ya se resolvió")
    assert "Gracias" in words(told)
    assert (await review_of(lupe))["solved"] is True


async def test_outside_the_window_a_template_asks_and_its_answer_is_taken(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600 para recoger")
    await lupe.taps("Confirmar")
    [order] = await orders_of(lupe)
    await shared_stage.passes(hours=30)
    for status in ("processing", "ready_for_pickup", "delivered"):
        await shopkeeper.runs("orders", "status", SHOP, order["folio"], status)
    await shared_stage.rests()
    lupe.stage.simulator.store.forget_sent()
    await shared_stage.passes(hours=16)
    [template] = lupe.heard
    assert template["template"]["name"] == "encuesta_pedido"
    windows = await shared_stage.relay(
        "SELECT window_until FROM relay.outbox WHERE type = 'template' ORDER BY id DESC LIMIT 1"
    )
    assert windows == [{"window_until": None}]
    assert await state_of(lupe) == "survey_consent"
    [asked] = await lupe.says("sí")
    assert options(asked)[0][2].startswith("⭐⭐⭐⭐⭐")
    await lupe.says("4")
    assert (await review_of(lupe))["rating"] == 4


async def test_who_does_not_want_to_is_left_alone(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe = await served(somebody, shopkeeper)
    await shared_stage.passes(hours=1)
    [bye] = await lupe.taps("Ahora no")
    assert "Sin problema" in words(bye)
    [order] = await orders_of(lupe)
    assert await shared_stage.rows(GROCER, "SELECT id FROM reviews WHERE order_id = $1", order["id"]) == []
    assert await state_of(lupe) == "menu"


async def test_a_shop_may_ask_nobody_and_an_order_in_hand_is_not_interrupted(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    busy = await served(somebody, shopkeeper)
    await busy.says("3 cocas de 600")
    await shopkeeper.runs("company", "settings", SHOP, "survey=false")
    quiet = await served(somebody, shopkeeper)
    await shopkeeper.runs("company", "settings", SHOP, "survey=true")
    before = len(busy.heard)
    await shared_stage.passes(minutes=65)
    assert quiet.heard == []
    assert not any("¿Cómo te fue" in words(sent) for sent in busy.heard[before:])
