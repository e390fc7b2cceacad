"""Every flow and state that the specification lists exists under a name of ours, and an acceptance test reaches it."""

import json
import re
from pathlib import Path

from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import Person, state_of
from tests.acceptance.stage import GROCER, SLUGS, Stage

from marchante.conversations.dispatch import STATES
from marchante.conversations.table import StateName as Is

SHOP = SLUGS[GROCER]
SPECIFICATION: dict[str, dict[str, tuple[Is, ...]]] = {
    "welcome": {"greeting": (Is.MENU,), "campaign": (Is.CAMPAIGN,), "main menu": (Is.MENU,)},
    "registration": {
        "require registration": (Is.REQUIRE_REGISTRATION,),
        "ask location or manual": (Is.GIVE_ADDRESS,),
        "automatic location check": (Is.LOCATION_CHECK,),
        "show and confirm automatic address": (Is.CONFIRM_PLACE,),
        "manual entry": (Is.GIVE_STREET, Is.GIVE_COLONY, Is.GIVE_POSTAL_CODE, Is.GIVE_REFERENCES),
        "confirm": (Is.CONFIRM_ADDRESS,),
        "recheck coverage": (Is.RECHECK_COVERAGE,),
    },
    "customer_details": {
        "paternal surname": (Is.GIVE_PATERNAL,),
        "maternal surname": (Is.GIVE_MATERNAL,),
        "first name": (Is.GIVE_FIRST_NAME,),
        "e-mail": (Is.GIVE_EMAIL,),
        "confirm or cancel": (Is.CONFIRM_DETAILS,),
    },
    "error_handling": {
        "show error and transfer": (Is.SHOW_ERROR,),
        "human transfer": (Is.HUMAN_TRANSFER,),
    },
    "human_service": {
        "wait for agent": (Is.WITH_PERSON,),
        "agent connected": (Is.AGENT_CONNECTED,),
        "interaction": (Is.AGENT_INTERACTION,),
        "final address confirmation": (Is.FINAL_ADDRESS,),
        "final order capture": (Is.FINAL_ORDER,),
        "end of session": (Is.SESSION_ENDED,),
    },
    "order": {
        "saved addresses": (Is.CHOOSE_ADDRESS,),
        "delivery date": (Is.CHOOSE_SLOT,),
        "catalog": (Is.BROWSE_CATEGORIES, Is.BROWSE_PRODUCTS),
        "collect cart items": (Is.CHOOSE_PRODUCT, Is.CHOOSE_QUANTITY, Is.CHOOSE_OPTION),
        "add more?": (Is.CHOOSE_CHANGE,),
        "summary": (Is.SUMMARY,),
        "confirm": (Is.SUMMARY,),
    },
    "repeat_order": {"last order's summary": (Is.REPEAT_ORDER,), "repeat or main menu": (Is.REPEAT_ORDER, Is.MENU)},
    "price_query": {"price menu": (Is.PRICE_MENU,), "process request": (Is.PRICES,), "show prices": (Is.PRICES,)},
    "coverage": {
        "ask location": (Is.COVERAGE_WHERE,),
        "validate": (Is.COVERAGE_CHECK,),
        "show result": (Is.COVERAGE_RESULT,),
    },
    "help": {"options": (Is.HELP,), "process selection": (Is.HELP_ANSWER,)},
    "survey": {
        "consent": (Is.SURVEY_CONSENT,),
        "satisfaction rating": (Is.SURVEY_RATING,),
        "problem solved?": (Is.SURVEY_PROBLEM,),
        "thanks": (Is.SURVEY_COMMENT,),
    },
    "exit": {"close session": (Is.GOODBYE,), "end chat": (Is.GOODBYE,)},
}


def test_every_flow_of_the_specification_is_drawn() -> None:
    drawn = {file.stem for file in Path("docs/flows").glob("*.mmd")}
    assert set(SPECIFICATION) <= drawn
    assert {state.flow for state in STATES.values()} <= drawn


def test_every_state_is_drawn_and_named_by_an_acceptance_test() -> None:
    drawings = "".join(file.read_text() for file in Path("docs/flows").glob("*.mmd"))
    tests = "".join(file.read_text() for file in Path("tests/acceptance").glob("test_*.py"))
    names = {state.value for state in Is}
    assert {name for name in names if not re.search(rf"\b{name}\b", drawings)} == set()
    assert {name for name in names if f'"{name}"' not in tests} == set()


async def reached(person: Person, *steps: tuple[str, str]) -> list[str]:
    """The state after each step; a step is ("says", text) or ("taps", title)."""
    states = []
    for how, what in steps:
        await getattr(person, how)(what)
        states.append(await state_of(person))
    return states


async def test_the_states_of_choosing(somebody: NewPerson) -> None:
    lupe = somebody()
    assert await reached(
        lupe,
        ("says", "hacer un pedido"),
        ("taps", "Bebidas"),
        ("taps", "Ver detalles y foto"),
        ("taps", "Coca-Cola 600 ml"),
        ("says", "una coca"),
        ("says", "la de 3 litros"),
        ("says", "recoger"),
    ) == [
        "browse_categories",
        "browse_products",
        "choose_details",
        "product_details",
        "choose_product",
        "give_address",
        "summary",
    ]


async def test_the_states_of_changing_what_is_in_hand(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600 y un kilo de huevo blanco, a la calle Zaragoza 5, col. Centro")
    for title, state in (
        ("Cambiar cantidad", "choose_line"),
        ("Quitar un producto", "choose_removal"),
        ("Entrega o recoger", "choose_fulfilment"),
        ("Forma de pago", "choose_payment"),
        ("Agregar una nota", "give_note"),
    ):
        assert await reached(lupe, ("taps", "Cambiar algo"), ("taps", title)) == ["choose_change", state]
        await lupe.stage.passes(minutes=2)  # the same words again and again within a minute look like another bot
        await lupe.says("ver resumen")
    assert await reached(lupe, ("says", "otro horario"), ("says", "ver resumen")) == ["choose_slot", "summary"]
    await lupe.taps("Cambiar algo")
    await lupe.taps("Cambiar cantidad")
    await lupe.taps("Coca-Cola 600 ml")
    assert await state_of(lupe) == "choose_quantity"


async def test_the_states_of_addresses_and_of_what_was_ordered(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600, a la calle Zaragoza 5, col. Centro")
    await lupe.taps("Confirmar")
    assert await reached(
        lupe,
        ("says", "estado de pedido"),
        ("taps", "Cancelar mi pedido"),
        ("taps", "No, dejarlo así"),
        ("says", "mis direcciones"),
        ("taps", "Dirección guardada"),
    ) == ["order_status", "cancel_order", "menu", "address_book", "address_details"]
    await lupe.says("1 coca de 600")
    assert await reached(lupe, ("says", "otra dirección")) == ["choose_address"]
    await lupe.says("cancelar")
    assert await reached(lupe, ("says", "mis datos"), ("says", "menú")) == ["my_details", "menu"]
    assert await reached(lupe, ("says", "xyzzy qwrt"), ("says", "qwrt xyzzy")) == ["menu", "options"]


async def test_the_states_of_what_comes_back_late(somebody: NewPerson, shared_stage: Stage) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600, paso por ellas")
    await shared_stage.passes(hours=5)
    assert await reached(lupe, ("says", "hola")) == ["resume_order"]
    late = somebody(name="Tarde")
    sent = shared_stage.clock.now()
    shared_stage.clock.advance(minutes=20)
    await late.says("1 coca de 600", at=sent)
    assert await state_of(late) == "late_message"


async def test_the_state_of_an_open_question_about_an_order(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe = somebody()
    await lupe.says("1 kilo de huevo blanco, paso por él")
    await lupe.taps("Confirmar")
    [order] = await shared_stage.rows(
        GROCER,
        "SELECT o.folio FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.phone LIKE '%' || right($1, 10)",
        lupe.phone,
    )
    weighed = await shopkeeper.runs("orders", "weigh", SHOP, order["folio"], "1=1.6")
    assert weighed.exit_code == 0, weighed.text
    await shared_stage.passes(seconds=2)
    assert await reached(lupe, ("says", "hola")) == ["order_question"]


async def test_the_state_of_choosing_inside_a_product(
    someone: NewPerson, stage: Stage, tmp_path: Path, shopkeeper: Shopkeeper
) -> None:
    filling = {"group": "Guiso", "min": 1, "max": 1, "choices": [{"name": "Tinga"}, {"name": "Rajas"}]}
    torta = {"sku": "TOR-1", "name": "Torta", "price": 45, "unit": "piece", "category": "Cocina", "options": [filling]}
    file = tmp_path / "cocina.json"
    file.write_text(json.dumps({"products": [torta]}), encoding="utf-8")
    imported = await Shopkeeper(stage, shopkeeper.monkeypatch).runs("catalog", "import", SHOP, str(file))
    assert imported.exit_code == 0, imported.text
    assert await reached(someone(), ("says", "una torta")) == ["choose_option"]
