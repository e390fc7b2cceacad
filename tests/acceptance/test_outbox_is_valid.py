"""Whole conversations with a shop of every kind; each message they leave behind is one that Meta takes.

The judge is the simulator's reading of Meta's documented limits, which shares no code with what builds the messages.
"""

import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.acceptance.conftest import new_person
from tests.acceptance.people import Person, options
from tests.acceptance.stage import TOKEN, Stage, open_stage

from marchante.catalog import repository
from marchante.catalog.domain import Catalog
from marchante.catalog.importing import import_catalog
from marchante.entrypoints.demo.shops import SHOPS, DemoShop
from marchante.simulator.config import SimulatedNumber
from marchante.simulator.limits import check_message

CUT_PRICE = re.compile(r"\$\s*[\d,.]*…")
LEFT_OVER = re.compile(r"\{\w*\}|\bNone\b|Decimal\(|<[a-z]+ object")
NUMBERS = [
    SimulatedNumber(shop.company.phone_number_id, f"9{place}", shop.company.display_phone, shop.company.name, (TOKEN,))
    for place, shop in enumerate(SHOPS)
]
ONE_OF_EACH_TREATMENT = (SHOPS[0], SHOPS[2])


@pytest.fixture(scope="module")
async def street(postgres_dsn: str, template: str) -> AsyncIterator[Stage]:
    """All the demo's shops, with their catalogs."""
    async with open_stage(postgres_dsn, template, numbers=NUMBERS) as stage:
        yield stage


async def opened(stage: Stage, shop: DemoShop) -> Catalog:
    storage = stage.marchante.storage
    company = await storage.companies.create(replace(shop.company, slug=f"demo_{shop.company.slug}"[:40]))
    async with storage.database.company(company.schema) as connection:
        await import_catalog(connection, shop.catalog)
        return await repository.load(connection, 1)


@pytest.mark.parametrize("shop", SHOPS, ids=[shop.company.business_type for shop in SHOPS])
async def test_every_message_of_whole_conversations_is_valid(street: Stage, shop: DemoShop) -> None:
    catalog = await opened(street, shop)
    number = shop.company.phone_number_id
    await _by_menus(new_person(street, number))
    await _by_text(new_person(street, number), catalog)
    if shop in ONE_OF_EACH_TREATMENT:  # the rest is the same for every kind of shop
        await _looking_around(new_person(street, number), catalog)
        await _in_trouble(new_person(street, number))

    rows = await street.relay("SELECT * FROM relay.outbox WHERE phone_number_id = $1 ORDER BY id", number)
    kinds = {_kind(json.loads(row["payload"])) for row in rows}
    assert kinds >= {"list", "button", "location_request_message"}, kinds
    assert shop not in ONE_OF_EACH_TREATMENT or kinds >= {"text", "document"}, kinds
    for row in rows:
        _check(json.loads(row["payload"]))
    refused = [refusal for refusal in street.simulator.refusals if refusal.phone_number_id == number]
    assert refused == []


async def _by_menus(person: Person) -> None:
    await person.says("hola")
    await person.taps("Hacer un pedido")
    for _ in range(6):
        title = next((title for _, _, title in options(person.heard[-1]) if title != "Catálogo completo"), None)
        if title is None or title.startswith("Confirmar"):
            break
        await person.taps(title)
    await person.says("Av. Xalapa 12, colonia Centro")
    for title in ("Cambiar algo",):
        if any(offered.startswith(title) for _, _, offered in options(person.heard[-1])):
            await person.taps(title)
            await person.says("atrás")
    if any(title == "Confirmar" for _, _, title in options(person.heard[-1])):
        await person.taps("Confirmar")
    await person.says("¿dónde va mi pedido?")


async def _by_text(person: Person, catalog: Catalog) -> None:
    wanted = ", ".join(f"2 {product.name}" for product in catalog.products[:12])
    await person.says(f"buenas, {wanted} para la calle Zaragoza 5, Centro, pago con 500")
    await person.says("quítame lo último")
    await person.says("¿cuánto tardan?")
    if any(title == "Confirmar" for _, _, title in options(person.heard[-1])):
        await person.taps("Confirmar")
    await person.says("lo mismo de la otra vez")
    await person.says("cancelar")
    items = [{"product_retailer_id": product.sku, "quantity": 3, "item_price": 1} for product in catalog.products[:30]]
    await person.sends(type="order", order={"catalog_id": "1", "product_items": items})
    await person.shares_location(19.54, -96.91, name="Casa", address="Av. Xalapa 48")


async def _looking_around(person: Person, catalog: Catalog) -> None:
    await person.says("Ver catálogo")
    await person.says("mándame el catálogo completo")
    for product in (catalog.products[0], catalog.products[-1]):
        await person.says(f"¿a cómo está {product.name}?")
        await person.says(f"¿cómo es {product.name}?")
    await person.says("¿qué tienen?")
    await person.says("¿a qué hora abren y hasta dónde llegan?")


async def _in_trouble(person: Person) -> None:
    media = {"id": "900", "mime_type": "audio/ogg", "sha256": "c2hh"}
    await person.sends(type="audio", audio={**media, "voice": True})
    await person.sends(type="sticker", sticker=media)
    for nonsense in ("asdf qwer", "zxcv 7", "ñññ"):
        await person.says(nonsense)
    await person.says("ayuda")
    await person.says("quiero hablar con una persona")
    await person.says("menú")
    await person.says("baja")


def _kind(payload: dict[str, Any]) -> str:
    return str(payload["interactive"]["type"] if payload["type"] == "interactive" else payload["type"])


def _check(payload: dict[str, Any]) -> None:
    """As Meta would see it; a file of ours is uploaded on the way and has a link or an id by then."""
    check_message({"messaging_product": "whatsapp", "to": "+5212281000001", **payload})
    for text in _texts(payload):
        assert not CUT_PRICE.search(text), text
        assert not LEFT_OVER.search(text), text
        assert text == text.strip()


def _texts(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, key)
    elif isinstance(value, str) and key in {"body", "text", "title", "description", "caption", "button", "footer"}:
        yield value
