"""Welcome with a campaign, the notice once, the last order again, prices, help, farewell."""

from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import options, state_of, words
from tests.acceptance.stage import GROCER, SLUGS, Stage
from tests.acceptance.test_ordering import known, orders_of

SHOP = SLUGS[GROCER]


async def test_the_notice_about_personal_data_is_given_once(somebody: NewPerson) -> None:
    lupe = somebody()
    [first] = await lupe.says("hola")
    assert "🔒" in words(first)
    [second] = await lupe.says("menú")
    assert "🔒" not in words(second)
    assert await state_of(lupe) == "menu"
    [row] = await lupe.stage.rows(
        GROCER,
        "SELECT privacy_notice_at FROM customers WHERE phone LIKE '%' || right($1, 10)",
        lupe.phone,
    )
    assert row["privacy_notice_at"] is not None


async def test_an_active_campaign_rides_on_the_first_answer_with_its_picture(
    somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    await shopkeeper.runs("company", "campaign", SHOP, "--set", "Hoy 2x1 en queso Oaxaca")
    try:
        lupe = await known(somebody)
        await lupe.stage.passes(hours=7)
        [hello] = await lupe.says("hola")
        assert words(hello).startswith("¡Hola, Lupe! 👋\n📣 Hoy 2x1 en queso Oaxaca")
        assert len(options(hello)) == 5
        [menu] = await lupe.says("menú")
        assert "📣" not in words(menu)

        await shopkeeper.runs("company", "settings", SHOP, "campaign_picture=https://example.com/queso.jpg")
        beto = somebody(name="Beto")
        [picture] = await beto.says("hola")
        assert picture["interactive"]["header"]["image"] == {"link": "https://example.com/queso.jpg"}
        assert "📣" in words(picture)
        assert await state_of(beto) == "campaign"
    finally:
        await shopkeeper.runs("company", "campaign", SHOP, "--end")
    carla = somebody(name="Carla")
    [plain] = await carla.says("hola")
    assert "📣" not in words(plain)


async def test_the_last_order_comes_again_in_one_tap(shared_stage: Stage, somebody: NewPerson) -> None:
    lupe = await known(somebody)
    await lupe.says("hola")
    [summary] = await lupe.taps("Repetir mi pedido")
    assert "$42.00" in words(summary)
    await lupe.taps("Confirmar")
    first, again = await orders_of(lupe)
    assert again["total_amount"] == first["total_amount"]
    assert len(lupe.heard) == 3


async def test_the_last_order_is_shown_to_be_repeated_or_not(somebody: NewPerson) -> None:
    lupe = await known(somebody)
    [shown] = await lupe.says("¿qué pedí la última vez?")
    assert await state_of(lupe) == "repeat_order"
    assert [title for _, _, title in options(shown)] == ["Repetir pedido", "Menú"]
    await lupe.taps("Menú")
    assert await state_of(lupe) == "menu"


async def test_prices_are_asked_for_by_a_menu_and_shown(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("¿me das precios?")
    assert await state_of(lupe) == "price_menu"
    [price] = await lupe.says("queso oaxaca")
    assert await state_of(lupe) == "prices"
    assert "$190.00" in words(price)


async def test_help_has_options_and_an_answer_to_each(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("ayuda")
    assert await state_of(lupe) == "help"
    [answer] = await lupe.taps("Cómo pedir")
    assert "cantidades" in words(answer)
    assert await state_of(lupe) == "help_answer"
    await lupe.taps("Hacer un pedido")
    assert await state_of(lupe) == "browse_categories"


async def test_a_farewell_closes_the_session_and_ends_the_chat(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("hola")
    [bye] = await lupe.says("adiós")
    assert options(bye) == []
    assert await state_of(lupe) == "goodbye"
    [row] = await lupe.stage.rows(
        GROCER,
        """SELECT s.expires_at <= s.last_access AS closed FROM customer_sessions s
           JOIN customers c ON c.id = s.customer_id WHERE c.phone LIKE '%' || right($1, 10)""",
        lupe.phone,
    )
    assert row["closed"]
    [again] = await lupe.says("hola")
    assert len(options(again)) == 4
