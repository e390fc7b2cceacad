"""A cart filled in WhatsApp's own catalog becomes an order with the shop's prices."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import options, words
from tests.acceptance.stage import GROCER, SLUGS, TOKEN, Stage


def cart(*items: tuple[str, int], text: str | None = None, price: float = 1) -> dict[str, Any]:
    products = [
        {"product_retailer_id": sku, "quantity": quantity, "item_price": price, "currency": "MXN"}
        for sku, quantity in items
    ]
    note = {} if text is None else {"text": text}
    return {"type": "order", "order": {"catalog_id": "600000001", "product_items": products, **note}}


async def test_a_cart_is_priced_by_the_shop_and_not_by_what_the_phone_showed(
    somebody: NewPerson, shared_stage: Stage
) -> None:
    lupe = somebody()
    await lupe.sends(**cart(("ABA-002", 2), ("ABA-002", 1), text="paso por ellas"))
    summary = lupe.heard[-1]

    assert "$63.00" in words(summary)
    await lupe.taps("Confirmar")
    [order] = await shared_stage.rows(
        GROCER,
        """SELECT o.total_amount, o.fulfilment FROM orders o JOIN customers c ON c.id = o.customer_id
           WHERE c.phone LIKE '%' || right($1, 10)""",
        lupe.phone,
    )
    assert order == {"total_amount": Decimal("63.00"), "fulfilment": "pickup"}
    assert len(lupe.heard) == 2


async def test_what_the_shop_does_not_sell_is_said_and_the_rest_is_taken(somebody: NewPerson) -> None:
    lupe = somebody()
    [answer] = await lupe.sends(**cart(("ABA-002", 1), ("GONE-1", 2), ("GONE-2", 1), text="paso por ella"))

    assert "2 productos de tu carrito ya no los tenemos" in words(answer)
    assert "$21.00" in words(answer)


async def test_a_cart_of_nothing_the_shop_sells_leads_to_what_it_sells(somebody: NewPerson) -> None:
    lupe = somebody()
    [answer] = await lupe.sends(**cart(("GONE-1", 1)))

    assert "Un producto de tu carrito ya no lo tenemos" in words(answer)
    assert options(answer)


async def test_what_is_sold_out_is_not_taken(somebody: NewPerson, shared_stage: Stage) -> None:
    lupe = somebody()
    await shared_stage.rows(GROCER, "UPDATE products SET stock = 0 WHERE sku = 'ABA-003' RETURNING id")
    try:
        [answer] = await lupe.sends(**cart(("ABA-003", 1), ("ABA-002", 1), text="paso por ellas"))
    finally:
        await shared_stage.rows(GROCER, "UPDATE products SET stock = NULL WHERE sku = 'ABA-003' RETURNING id")
    assert "se nos acabó" in words(answer)
    assert "$21.00" in words(answer)


async def test_a_shop_with_a_meta_catalog_shows_it_instead_of_the_file(
    somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    await shopkeeper.runs("company", "settings", SLUGS[GROCER], "meta_catalog_id=600000001")
    try:
        lupe = somebody()
        [answer] = await lupe.says("mándame el catálogo completo")
    finally:
        await shopkeeper.runs("company", "settings", SLUGS[GROCER], "meta_catalog_id=")
    assert answer["interactive"]["type"] == "catalog_message"
    assert "Arma tu carrito" in words(answer)


async def test_the_catalog_at_meta_is_brought_up_to_date_by_command(
    shared_stage: Stage, shopkeeper: Shopkeeper, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    simulator = shared_stage.simulator
    simulator.standings.of(GROCER).catalog_id = "600000001"
    monkeypatch.setenv("WHATSAPP_API_URL", simulator.public_url)
    monkeypatch.setenv("WHATSAPP_TOKEN", TOKEN)
    await shopkeeper.runs("company", "settings", SLUGS[GROCER], "meta_catalog_id=600000001")
    prices = tmp_path / "prices.csv"
    prices.write_text("sku,precio,imagen\nABA-002,22,https://fotos.example.mx/coca.jpg\n")
    try:
        await shopkeeper.runs("catalog", "import", SLUGS[GROCER], str(prices))
        synced = await shopkeeper.runs("catalog", "sync-meta", SLUGS[GROCER])
    finally:
        prices.write_text("sku,precio,imagen\nABA-002,21,\n")
        await shopkeeper.runs("company", "settings", SLUGS[GROCER], "meta_catalog_id=")
        await shopkeeper.runs("catalog", "import", SLUGS[GROCER], str(prices))
    assert synced.exit_code == 0
    assert "Meta catalog: 1 written, 0 deleted" in synced.text
    assert simulator.catalogs.items["600000001"]["ABA-002"]["price"] == "22.00 MXN"
