"""A chat on the phone page in Chromium: what a customer writes, taps and sends, and what comes back."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect
from tests.acceptance.phone_desk import (
    Desk,
    desk_with_a_shop,
    words,
    write,
)

pytestmark = pytest.mark.browser


@pytest.fixture
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    async with desk_with_a_shop(browser) as desk:
        yield desk


async def test_a_written_message_gets_its_ticks_and_the_answer_after_the_dots(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "despacio")

    mine = page.get_by_test_id("bubble-out")
    await expect(mine).to_contain_text("despacio")
    await expect(mine.get_by_test_id("ticks")).to_have_attribute("data-status", "read")
    await expect(page.get_by_test_id("typing")).to_be_visible()
    await expect(page.get_by_test_id("presence")).to_have_text("escribiendo…")
    await expect(page.get_by_test_id("composer")).to_have_value("")
    await expect(page.get_by_test_id("composer")).to_be_focused()

    desk.shop.go_on.set()
    answer = page.get_by_test_id("bubble-in")
    await expect(answer).to_contain_text("Ya quedó, listo")
    await expect(answer.locator("strong")).to_have_text("listo")
    await expect(page.get_by_test_id("typing")).to_have_count(0)
    await expect(page.get_by_test_id("presence")).to_have_text("en línea")


async def test_a_message_the_shop_has_not_read_stays_with_grey_ticks(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "calla")
    await expect(page.get_by_test_id("ticks")).to_have_attribute("data-status", "delivered")


async def test_the_shop_learns_that_its_message_was_read_while_the_chat_is_open(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "hola")
    await expect(page.get_by_test_id("bubble-in")).to_contain_text("Recibí: hola")
    async with asyncio.timeout(5):
        while (await desk.shop.statuses.get())["status"] != "read":
            continue


async def test_a_tapped_button_answers_with_its_title_and_quotes_the_question(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "pedido")
    await page.get_by_test_id("reply-button").filter(has_text="Confirmar").click()

    tapped = page.get_by_test_id("bubble-out").last
    await expect(tapped).to_contain_text("Confirmar")
    await expect(tapped.get_by_test_id("quote")).to_contain_text("Total aproximado $142.00")
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: Confirmar")
    answer = desk.shop.received[-1]
    assert answer["interactive"]["button_reply"] == {"id": "confirm:7", "title": "Confirmar"}
    assert answer["context"]["id"] == await page.get_by_test_id("bubble-in").first.get_attribute("data-wamid")


async def test_an_old_button_can_still_be_tapped(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "pedido")
    await page.get_by_test_id("reply-button").first.click()
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: Confirmar")
    await page.get_by_test_id("reply-button").filter(has_text="Cambiar algo").click()
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: Cambiar algo")


async def test_a_double_click_on_a_button_is_one_answer(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "pedido")
    await page.get_by_test_id("reply-button").first.dblclick()
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: Confirmar")
    await write(page.get_by_test_id("phone"), "hola")
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: hola")
    assert [words(message) for message in desk.shop.received] == ["pedido", "Confirmar", "hola"]


async def test_a_list_opens_its_options_and_sends_the_chosen_one(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "menú")
    question = page.get_by_test_id("bubble-in")
    for text in ("Abarrotes Doña Mari", "¿Qué se te ofrece?", "Abierto hasta las 9 p.m."):
        await expect(question).to_contain_text(text)

    opener = page.get_by_test_id("list-open")
    await opener.click()
    sheet = page.get_by_role("dialog", name="Ver menú")
    await expect(sheet.get_by_role("radio")).to_have_count(3)
    await expect(sheet.get_by_role("group", name="Pedidos").get_by_test_id("list-row")).to_have_count(2)
    await expect(sheet.get_by_test_id("list-send")).to_be_disabled()
    await sheet.get_by_test_id("list-row").filter(has_text="Ver catálogo").click()
    await sheet.get_by_test_id("list-send").click()

    await expect(sheet).to_have_count(0)
    await expect(opener).to_be_focused()
    await expect(page.get_by_test_id("bubble-out").last).to_contain_text("Ver catálogo")
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: Ver catálogo")
    assert desk.shop.received[-1]["interactive"]["list_reply"] == {
        "id": "catalog",
        "title": "Ver catálogo",
        "description": "Con precios de hoy",
    }


async def test_escape_closes_the_options_and_sends_nothing(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "menú")
    await page.get_by_test_id("list-open").click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("list-sheet")).to_have_count(0)
    await expect(page.get_by_test_id("list-open")).to_be_focused()
    assert len(desk.shop.received) == 1


async def test_a_location_request_is_answered_with_an_example_place(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "dónde")
    await page.get_by_test_id("location-request").click()
    await page.get_by_test_id("location-place").first.click()

    mine = page.get_by_test_id("bubble-out").last
    await expect(mine).to_contain_text("Culiacán")
    await expect(mine.get_by_role("img", name="Mapa")).to_be_visible()
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: location")
    answer = desk.shop.received[-1]
    assert answer["location"]["name"]
    assert answer["location"]["latitude"] == pytest.approx(24.8, abs=0.1)
    assert answer["context"]["id"] == await page.get_by_test_id("bubble-in").first.get_attribute("data-wamid")


async def test_typed_coordinates_are_checked_before_they_are_sent(desk: Desk) -> None:
    page = await desk.open()
    await page.get_by_test_id("attach").click()
    await page.get_by_test_id("attach-location").click()
    await page.get_by_test_id("location-latitude").fill("95")
    await page.get_by_test_id("location-longitude").fill("-96,91")
    await page.get_by_test_id("location-send").click()
    await expect(page.get_by_role("alert")).to_contain_text("latitud entre −90 y 90")
    await page.get_by_test_id("location-latitude").fill("19.54")
    await page.get_by_test_id("location-send").click()
    await expect(page.get_by_test_id("bubble-in")).to_contain_text("Recibí: location")
    assert desk.shop.received[-1]["location"] == {"latitude": 19.54, "longitude": -96.91}


async def test_every_attachment_reaches_the_shop(desk: Desk) -> None:
    page = await desk.open()
    for kind in ("image", "audio", "sticker", "document", "video"):
        await page.get_by_test_id("attach").click()
        await page.get_by_test_id(f"attach-{kind}").click()
        await expect(page.get_by_test_id("bubble-in").last).to_contain_text(f"Recibí: {kind}")
        assert desk.shop.received[-1][kind]["id"]
    await expect(page.get_by_test_id("bubble-out")).to_have_count(5)
    await expect(page.get_by_role("link", name="lista.pdf")).to_be_visible()


async def test_a_first_idea_can_be_tapped(desk: Desk) -> None:
    page = await desk.open()
    await page.get_by_test_id("idea").first.click()
    await expect(page.get_by_test_id("bubble-in")).to_contain_text("Recibí: Hola")
    await expect(page.get_by_test_id("idea")).to_have_count(0)


async def test_a_reaction_shows_under_the_message_and_reaches_the_shop(desk: Desk) -> None:
    page = await desk.open()
    await write(page.get_by_test_id("phone"), "hola")
    answer = page.get_by_test_id("bubble-in")
    await answer.hover()
    await answer.get_by_test_id("react").click()
    await answer.get_by_role("button", name="Reaccionar con 👍").click()
    await expect(answer.get_by_test_id("reactions")).to_have_text("👍")
    await expect(page.get_by_test_id("bubble-in").last).to_contain_text("Recibí: reaction")
    wamid = await answer.first.get_attribute("data-wamid")
    assert desk.shop.received[-1]["reaction"] == {"message_id": wamid, "emoji": "👍"}


async def test_an_emoji_is_written_where_the_cursor_is(desk: Desk) -> None:
    page = await desk.open(width=360, height=740)
    await page.get_by_test_id("composer").fill("jitomate ")
    await page.get_by_test_id("emoji").click()
    await page.get_by_role("button", name="🍅").click()
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("bubble-out")).to_contain_text("jitomate 🍅")
