"""Fillings, details and the file of a catalog, from the webhook to the rows."""

from decimal import Decimal
from typing import Any

from tests.builders.catalog_files import json_file
from tests.integration.conversations.conftest import Chat, body

from marchante.catalog.files import parse_catalog
from marchante.catalog.importing import import_rows

QUESADILLA = {
    "sku": "Q",
    "name": "Quesadilla azul",
    "category": "Antojitos",
    "price": 30,
    "unit": "piece",
    "image_url": "https://fotos.example.com/quesadilla.jpg",
    "options": [
        {"group": "Guiso", "min": 1, "max": 1, "choices": [{"name": "Tinga"}, {"name": "Rajas"}]},
        {"group": "Extras", "min": 0, "max": 2, "choices": [{"name": "Con quesillo", "price": 8.5}]},
    ],
}


async def carry(chat: Chat, *rows: dict[str, Any]) -> None:
    """From now on the shop sells these besides."""
    async with chat.database.company(chat.company.schema) as connection:
        await import_rows(connection, parse_catalog("c.json", json_file(*rows)))


async def test_an_order_keeps_what_was_chosen_inside_a_product(chat: Chat, water: Chat) -> None:
    await carry(chat, QUESADILLA, {"sku": "R", "name": "Rajas", "unit": "piece"})
    [asked] = await chat.says("2 quesadillas azules con quesillo para recoger")
    titles = [row["title"] for row in asked["interactive"]["action"]["sections"][0]["rows"]]
    assert titles == ["Tinga", "Rajas"]
    [summary] = await chat.taps("Rajas")
    assert "2 Quesadilla azul (rajas, con quesillo) · $77.00" in body(summary)
    await chat.taps("Confirmar")
    [item] = await chat.rows("SELECT product_name, unit_price, total_price, options FROM order_items")
    assert item == {
        "product_name": "Quesadilla azul (rajas, con quesillo)",
        "unit_price": Decimal("38.50"),
        "total_price": Decimal("77.00"),
        "options": [
            {"group": "Guiso", "name": "Rajas", "price_delta": "0.00"},
            {"group": "Extras", "name": "Con quesillo", "price_delta": "8.50"},
        ],
    }
    [order] = await chat.rows("SELECT total_amount, subtotal FROM orders")
    assert order == {"total_amount": 77, "subtotal": 77}
    assert await water.rows("SELECT id FROM orders") == []


async def test_the_same_again_after_a_new_import_has_the_same_filling(chat: Chat) -> None:
    await carry(chat, QUESADILLA)
    await chat.says("una quesadilla azul de tinga para recoger")
    await chat.taps("Confirmar")
    await carry(chat, QUESADILLA | {"options": [*QUESADILLA["options"][::-1]]})
    [again] = await chat.says("lo mismo de siempre")
    assert "Quesadilla azul (tinga)" in body(again)


async def test_details_show_the_photo_above_the_buttons(chat: Chat) -> None:
    await carry(chat, QUESADILLA)
    [shown] = await chat.says("foto de la quesadilla azul")
    assert shown["interactive"]["header"] == {"type": "image", "image": {"link": QUESADILLA["image_url"]}}
    assert "Guiso: tinga o rajas" in body(shown)


async def test_the_catalog_is_sent_as_the_file_of_this_very_shop(chat: Chat) -> None:
    await chat.says("hola")
    await chat.taps("Ver catálogo")
    [file] = await chat.taps("Catálogo completo")
    assert file["document"]["id"] == f"media:{chat.company.slug}/catalog/current.pdf"
