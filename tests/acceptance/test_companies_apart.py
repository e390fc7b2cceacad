"""Two companies, one webhook, often the same customer: nothing of one is ever seen or touched through the other."""

from typing import Any

import pytest
from tests.acceptance.conftest import NewPerson, Shopkeeper, new_person
from tests.acceptance.people import Person, words
from tests.acceptance.stage import GROCER, SLUGS, WATER, Row, Stage

SECRET_STREET = "Privada del Secreto 33, colonia Oculta"
OTHER = {GROCER: WATER, WATER: GROCER}


async def ordered(person: Person) -> Row:
    """This person orders at the grocer's, delivered to an address nobody else may see."""
    await person.says("2 cocas de 600")
    await person.says(SECRET_STREET)
    await person.taps("Confirmar")
    [order] = await person.stage.rows(
        GROCER, "SELECT id, customer_id, address_id, folio FROM orders ORDER BY id DESC LIMIT 1"
    )
    return order


async def everything(stage: Stage, number: str) -> dict[str, list[Row]]:
    """All rows of all tables of one company."""
    tables = await stage.relay(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = $1 ORDER BY 1",
        f"company_{SLUGS[number]}",
    )
    return {row["table_name"]: await stage.rows(number, f"SELECT * FROM {row['table_name']}") for row in tables}


async def test_the_same_person_is_a_stranger_in_the_other_company(shared_stage: Stage, somebody: NewPerson) -> None:
    lupe = somebody()
    await ordered(lupe)
    there = Person(shared_stage, lupe.phone, WATER, name="Lupe Rojas")

    [hello] = await there.says("hola")
    assert "Le damos la bienvenida" in words(hello), "the privacy notice of one company says nothing for the other"
    [status] = await there.says("¿cómo va mi pedido?")
    assert "A-0" not in words(status)
    [where] = await there.says("dos garrafones")
    assert where["interactive"]["type"] == "location_request_message", "the address is not known here"
    assert not any("Secreto" in str(sent) for sent in there.heard)


async def test_a_cart_of_one_company_is_not_in_the_other(shared_stage: Stage, somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600, paso por ellas")
    there = Person(shared_stage, lupe.phone, WATER)
    await there.says("menú")
    [answer] = await there.taps_id(*lupe.offered("Confirmar")[1:])
    assert "Coca" not in words(answer)
    assert await shared_stage.rows(WATER, "SELECT FROM orders") == []
    [confirmation] = await lupe.taps("Confirmar")
    assert "registrado" in words(confirmation)


FOREIGN = {
    "an address": "address:{version}:{address_id}",
    "a product": "add:{product_id}:{version}",
    "a quantity of a product": "quantity:{version}:{product_id}:3",
    "a line of a cart": "line:{version}:{product_id}",
    "a removal": "remove:{version}:{product_id}",
    "a candidate": "which:{version}:{product_id}",
    "a category": "category:{category_id}:0",
}


@pytest.mark.parametrize("button", FOREIGN.values(), ids=FOREIGN.keys())
async def test_a_button_that_names_something_of_another_company_finds_nothing_there(
    shared_stage: Stage, somebody: NewPerson, button: str
) -> None:
    order = await ordered(somebody())
    [last] = await shared_stage.rows(
        GROCER, "SELECT max(id) AS product_id, max(category_id) AS category_id FROM products"
    )
    before = await everything(shared_stage, GROCER)
    stranger = new_person(shared_stage, WATER, name="Otro")
    await stranger.says("dos garrafones, paso por ellos")
    version = stranger.offered("Confirmar")[1].split(":")[1]

    await stranger.taps_id(button.format(version=version, address_id=order["address_id"], **last), "Botón")

    heard = str(stranger.heard)
    assert "Secreto" not in heard
    names = await shared_stage.rows(GROCER, "SELECT name FROM products WHERE id = $1", last["product_id"])
    assert names[0]["name"] not in heard
    assert await everything(shared_stage, GROCER) == before
    [cart] = await shared_stage.rows(
        WATER,
        "SELECT s.data FROM customer_sessions s JOIN customers c ON c.id = s.customer_id WHERE c.phone LIKE '%' || right($1, 10)",
        stranger.phone,
    )
    assert [item["product_id"] for item in _decoded(cart["data"])["cart"]] == [1]


def _decoded(data: Any) -> Any:
    import json

    return json.loads(data) if isinstance(data, str) else data


async def test_an_address_of_another_customer_of_the_same_company_cannot_be_used_either(
    shared_stage: Stage, somebody: NewPerson
) -> None:
    order = await ordered(somebody())
    stranger = somebody(name="Otro")
    await stranger.says("2 cocas de 600, paso por ellas")
    version = stranger.offered("Confirmar")[1].split(":")[1]
    await stranger.taps_id(f"address:{version}:{order['address_id']}", "Casa")
    assert "Secreto" not in str(stranger.heard)


async def test_the_lists_of_one_company_show_nothing_of_the_other(
    shared_stage: Stage, somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    lupe = somebody()
    await lupe.says("asesor")
    mine = (await shopkeeper.runs("handoffs", "list", SLUGS[GROCER], "--json")).text
    theirs = (await shopkeeper.runs("handoffs", "list", SLUGS[WATER], "--json")).text
    assert lupe.phone[-10:] in mine
    assert lupe.phone[-10:] not in theirs


async def test_a_webhook_signed_with_the_own_secret_of_a_company_speaks_for_its_numbers_only(
    stage: Stage, someone: NewPerson
) -> None:
    from tests.builders.webhooks import message, webhook

    from marchante.channels.whatsapp.signature import sign

    own = "the own app secret of the water company"
    sealed = stage.marchante.storage.vault.seal(own)
    await stage.watcher.execute(
        "UPDATE relay.numbers SET app_secret_ciphertext = $1 WHERE phone_number_id = $2", sealed, WATER
    )
    at = stage.clock.now()
    beto, lupe = someone(WATER), someone(GROCER)
    body = webhook([message(p.number, p.phone, stage.wamid(), "hola", at=at) for p in (beto, lupe)])

    assert (await stage.post(body, sign(own, body))).status == 200
    await stage.passes(seconds=1)
    assert len(beto.heard) == 1
    assert lupe.heard == []


async def test_a_status_of_one_companys_number_moves_no_message_of_the_other(stage: Stage, someone: NewPerson) -> None:
    from tests.builders.webhooks import status

    from marchante.simulator.faults import Match

    lupe = someone()
    stage.simulator.sending.faults.add("suppress_statuses", Match(), times=None, after=0, options={})
    await lupe.says("hola")
    [sent] = await stage.relay("SELECT id, wamid FROM relay.outbox")
    forged = status(WATER, sent["wamid"], "read", biz_opaque_callback_data=f"o:{sent['id']}", at=stage.clock.now())
    await stage.deliver(forged)
    await stage.passes(seconds=1)
    assert await stage.relay("SELECT status FROM relay.outbox") == [{"status": "sent"}]
    assert await stage.relay("SELECT FROM relay.usage_events WHERE company_id <> 1") == []
