"""A shop that delivers to some colonias, in slots with two places: what its customers are told, and what is written."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import Person, options, state_of, words
from tests.acceptance.stage import GROCER, SLUGS, Row, Stage

SLUG = SLUGS[GROCER]
ZONES = [
    {"name": "Centro", "colonias": ["Centro", "Progreso Macuiltépetl"], "fee": "20", "minimum": "40"},
    {"name": "Las Ánimas", "colonias": ["Las Ánimas"], "fee": "35.50"},
]


async def orders_of(person: Person) -> list[Row]:
    return await person.stage.rows(
        person.number,
        """SELECT o.total_amount, o.delivery_fee, o.fulfilment, o.coverage, o.requested_from
           FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.phone LIKE '%' || right($1, 10)
           ORDER BY o.id""",
        person.phone,
    )


def titles(sent: dict[str, object]) -> list[str]:
    return [title for _, _, title in options(sent)]


@pytest.fixture
async def zones(shopkeeper: Shopkeeper, tmp_path: Path) -> None:
    file = tmp_path / "zones.json"
    file.write_text(json.dumps(ZONES), encoding="utf-8")
    imported = await shopkeeper.runs("company", "coverage", SLUG, "import", str(file))
    assert imported.exit_code == 0, imported.text


async def test_whether_the_shop_comes_is_asked_checked_and_shown(zones: None, somebody: NewPerson) -> None:
    lupe = somebody()
    [where] = await lupe.says("¿llevan a domicilio?")
    assert where["interactive"]["type"] == "location_request_message"
    assert await state_of(lupe) == "coverage_where"
    [which] = await lupe.says("macuiltepetl")
    assert await state_of(lupe) == "coverage_check"
    assert titles(which) == ["Progreso Macuiltépetl", "Ninguno de estos"]
    [result] = await lupe.taps("Progreso")
    assert await state_of(lupe) == "coverage_result"
    assert "$20.00, en pedidos desde $40.00" in words(result)


async def test_the_fee_of_the_zone_is_in_the_summary_and_in_the_order(zones: None, somebody: NewPerson) -> None:
    lupe = somebody()
    [summary] = await lupe.says("2 cocas de 600 para la calle Zaragoza 5, col. Las Animas")
    assert "Envío · $35.50 — *Total $77.50*" in words(summary)
    await lupe.taps("Confirmar")
    [order] = await orders_of(lupe)
    assert (order["delivery_fee"], order["total_amount"]) == (Decimal("35.50"), Decimal("77.50"))
    assert order["coverage"] == "inside"
    assert len(lupe.heard) == 2
    [address] = await lupe.stage.rows(
        GROCER, "SELECT street, number, colony FROM customer_addresses WHERE typed LIKE '%Las Animas'"
    )
    assert address == {"street": "calle Zaragoza", "number": "5", "colony": "Las Animas"}


async def test_outside_the_zones_pick_up_is_offered_and_the_owner_can_read_the_demand(
    zones: None, somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    beto = somebody(name="Beto")
    [sorry] = await beto.says("2 cocas de 600 para la calle Lucio 4, col. Aguacatal")
    assert await state_of(beto) == "recheck_coverage"
    assert titles(sorry) == ["Pasar a recoger", "Otra dirección", "Hablar con un asesor"]
    [summary] = await beto.says("calle Lucio 40, col. Centro")
    assert "$20.00" in words(summary)
    [pickup] = await beto.says("mejor paso por él")
    assert "recoger" in words(pickup)
    await beto.taps("Confirmar")
    [order] = await orders_of(beto)
    assert (order["fulfilment"], order["delivery_fee"]) == ("pickup", Decimal("0.00"))
    listed = await shopkeeper.runs("company", "coverage", SLUG, "demand")
    assert "Aguacatal" in listed.text
    assert "2026-11-23 11:00" in listed.text
    assert "Aguacatal" not in (await shopkeeper.runs("company", "coverage", "agua_clara", "demand")).text


async def test_an_address_nobody_can_judge_is_taken_and_the_owner_told_to_confirm_it(
    zones: None, somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    eva = somebody(name="Eva")
    await eva.says("3 cocas de 600 para la calle Zaragoza 5")
    await eva.taps("Confirmar")
    assert [order["coverage"] for order in await orders_of(eva)] == ["unknown"]
    newest = (await shopkeeper.runs("orders", "list", SLUG, "--limit", "1", "--json")).json[0]
    assert newest["coverage"] == "unknown"
    assert "confirm it" in (await shopkeeper.runs("orders", "show", SLUG, newest["folio"])).text


async def test_two_customers_cannot_take_the_last_place_of_a_slot(
    shared_stage: Stage, somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    await shopkeeper.runs("company", "hours", SLUG, "--set", "always")
    await shopkeeper.runs("company", "settings", SLUG, "slot_capacity=1")
    first, second = somebody(name="Uno"), somebody(name="Dos")
    for person in (first, second):
        await person.says("2 cocas de 600, paso por ellas")
    shown = {person.name: words(person.heard[-1]) for person in (first, second)}
    assert shown["Uno"] == shown["Dos"].replace("Dos", "Uno")
    for person in (first, second):
        _, id_, title = person.offered("Confirmar")
        await person.only_taps(id_, title)
    await shared_stage.passes(seconds=1)

    placed = [person for person in (first, second) if await orders_of(person)]
    assert len(placed) == 1
    [other] = [person for person in (first, second) if person not in placed]
    again = words(other.heard[-1])
    assert "horario" in again
    assert again != shown[other.name]
    await other.taps("Confirmar")
    listed = (await shopkeeper.runs("company", "slots", SLUG, "--days", "1")).text
    cells = [[cell.strip() for cell in line.split("│")] for line in listed.splitlines() if "│" in line]
    assert [row[3:5] for row in cells[:2]] == [["1", "1"], ["1", "1"]]
    slots = [row["requested_from"] for person in (first, second) for row in await orders_of(person)]
    assert len(set(slots)) == 2
    await shopkeeper.runs("company", "settings", SLUG, "slot_capacity=none")
    await shopkeeper.runs("company", "hours", SLUG, "--forget")


async def test_a_shared_location_becomes_an_address_to_confirm_or_correct(
    shared_stage: Stage, somebody: NewPerson
) -> None:
    ana = somebody(name="Ana")
    await ana.says("hola")
    [shown] = await ana.shares_location(19.5438, -96.9102)
    assert await state_of(ana) == "confirm_place"
    assert titles(shown) == ["Sí, ahí es", "Corregir", "Otra dirección"]
    [whole] = await ana.taps("Corregir")
    assert await state_of(ana) == "confirm_address"
    await ana.taps("Referencias")
    assert await state_of(ana) == "give_references"
    await ana.says("portón verde")
    await ana.taps("Está bien")
    [address] = await shared_stage.rows(
        GROCER,
        """SELECT a.street, a.city, a.zip_code, a.observations, a.latitude FROM customer_addresses a
           JOIN customers c ON c.id = a.customer_id WHERE c.phone LIKE '%' || right($1, 10)""",
        ana.phone,
    )
    assert address["street"] in words(whole)
    assert address["city"] == "Xalapa-Enríquez"
    assert (address["observations"], address["latitude"]) == ("portón verde", Decimal("19.543800"))


async def test_a_location_without_an_address_is_asked_about_and_written_field_by_field(
    shared_stage: Stage, somebody: NewPerson
) -> None:
    ivo = somebody(name="Ivo")
    await ivo.says("2 cocas de 600")
    assert await state_of(ivo) == "give_address"
    [asked] = await ivo.shares_location(48.85, 2.35)  # the stand-in knows nothing of other countries
    assert await state_of(ivo) == "location_check"
    assert titles(asked) == ["Así está bien", "Escribir dirección"]
    await ivo.taps("Escribir dirección")
    for said, state in (("Lucio 4", "give_colony"), ("Centro", "give_postal_code"), ("91000", "give_references")):
        await ivo.says(said)
        assert await state_of(ivo) == state
    [summary] = await ivo.taps("Saltar")
    assert "Lucio 4, col. Centro, C.P. 91000" in words(summary)


async def test_a_shop_that_asks_where_first_registers_a_new_customer_before_the_order(
    somebody: NewPerson, shopkeeper: Shopkeeper
) -> None:
    await shopkeeper.runs("company", "settings", SLUG, "address_first=true")
    leo = somebody(name="Leo")
    await leo.says("hola")
    await leo.taps("Hacer un pedido")
    assert await state_of(leo) == "require_registration"
    [street] = await leo.says("colonia Centro")
    assert await state_of(leo) == "give_street"
    assert "calle y el número" in words(street)
    await shopkeeper.runs("company", "settings", SLUG, "address_first=false")
