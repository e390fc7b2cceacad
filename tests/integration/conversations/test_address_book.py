"""Addresses named, made the usual one and forgotten by chat, in the customer's own rows only."""

from dataclasses import replace
from typing import Any

from tests.integration.conversations.conftest import Chat, body


async def addresses(chat: Chat) -> list[dict[str, Any]]:
    return await chat.rows(
        """SELECT a.address_name AS name, a.typed, a.is_default FROM customer_addresses a
           JOIN customers c ON c.id = a.customer_id WHERE a.deleted_at IS NULL AND c.phone = $1 ORDER BY a.id""",
        chat.phone,
    )


async def test_two_addresses_are_named_used_and_one_forgotten(chat: Chat) -> None:
    other = replace(chat, phone="5212281000002", heard=[])
    await other.says("2 cocas de 600")
    await other.says("calle Ajena 1, Centro")
    await other.says("guardar como casa")
    await other.taps("Confirmar")

    await chat.says("2 cocas de 600")
    await chat.says("calle Zaragoza 5, Centro")
    await chat.says("guárdala como casa")
    await chat.taps("Confirmar")
    await chat.says("una coca de 600 a avenida Juárez 100, colonia Centro")
    await chat.taps("Confirmar")
    [named] = await chat.says("guardar como trabajo")
    assert "Guardada como «Trabajo»" in body(named)
    assert await addresses(chat) == [
        {"name": "Casa", "typed": "calle Zaragoza 5, Centro", "is_default": True},
        {"name": "Trabajo", "typed": "avenida Juárez 100, colonia Centro", "is_default": False},
    ]

    [summary] = await chat.says("una coca de 600 para el trabajo")
    assert "📍 Trabajo: avenida Juárez 100, colonia Centro" in body(summary)
    await chat.taps("Confirmar")
    await chat.says("usar trabajo siempre")
    await chat.says("borra la dirección de casa")
    assert await addresses(chat) == [
        {"name": "Trabajo", "typed": "avenida Juárez 100, colonia Centro", "is_default": True}
    ]
    assert [each["name"] for each in await addresses(other)] == ["Casa"]
