"""A signed message becomes an order in the company's own schema, in as few messages as the budget allows."""

from decimal import Decimal

from tests.acceptance.conftest import NewPerson
from tests.acceptance.people import Person, options, words
from tests.acceptance.stage import GROCER, WATER, Row, Stage

_ORDERS = """
    SELECT o.id, o.folio, o.total_amount, o.delivery_fee, o.fulfilment, o.delivery_address, o.address_id, s.code AS status,
           o.payment_method
    FROM orders o JOIN order_statuses s ON s.id = o.status_id JOIN customers c ON c.id = o.customer_id
    WHERE c.phone LIKE '%' || right($1, 10) ORDER BY o.id
"""


async def orders_of(person: Person) -> list[Row]:
    return await person.stage.rows(person.number, _ORDERS, person.phone)


async def items_of(stage: Stage, number: str, order: Row) -> list[tuple[str, Decimal, Decimal, Decimal]]:
    rows = await stage.rows(
        number,
        "SELECT sku, quantity, unit_price, total_price FROM order_items WHERE order_id = $1 ORDER BY id",
        order["id"],
    )
    return [(row["sku"], row["quantity"], row["unit_price"], row["total_price"]) for row in rows]


async def known(somebody: NewPerson, number: str = GROCER) -> Person:
    """Somebody who has ordered once and was answered; what they heard then is forgotten."""
    person = somebody(number)
    await person.says("2 cocas de 600" if number == GROCER else "dos garrafones")
    await person.says("calle Zaragoza 5, Centro")
    await person.taps("Confirmar")
    person.stage.simulator.store.forget_sent()
    assert len(await orders_of(person)) == 1
    return person


async def test_a_new_customer_orders_by_menus_in_six_messages(shared_stage: Stage, somebody: NewPerson) -> None:
    lupe = somebody()

    [hello] = await lupe.says("hola")
    assert words(hello).startswith("¡Hola, Lupe!")
    assert [title for _, _, title in options(hello)] == [
        "Ver catálogo",
        "Hacer un pedido",
        "Estado de pedido",
        "Hablar con un asesor",
    ]
    await lupe.taps("Hacer un pedido")
    await lupe.taps("Bebidas")
    [where] = await lupe.taps("Coca-Cola 600 ml")
    assert where["interactive"]["type"] == "location_request_message"
    [summary] = await lupe.says("Av. Xalapa 12, colonia Centro")
    assert "$21.00" in words(summary)
    assert "Av. Xalapa 12, colonia Centro" in words(summary)
    [confirmation] = await lupe.taps("Confirmar")

    [order] = await orders_of(lupe)
    assert order["folio"] in words(confirmation)
    assert (order["total_amount"], order["fulfilment"], order["status"]) == (Decimal("21.00"), "delivery", "pending")
    assert order["delivery_address"] == "Av. Xalapa 12, colonia Centro"
    assert await items_of(shared_stage, GROCER, order) == [
        ("ABA-002", Decimal("1.000"), Decimal("21.00"), Decimal("21.00"))
    ]
    history = await shared_stage.rows(
        GROCER, "SELECT action, actor_kind FROM order_history WHERE order_id = $1", order["id"]
    )
    assert history == [{"action": "placed", "actor_kind": "customer"}]
    assert len(lupe.heard) == 6


async def test_nothing_of_an_order_is_written_before_it_is_confirmed(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600 para la calle Zaragoza 5, Centro")
    assert await orders_of(lupe) == []

    await lupe.taps("Cancelar")
    assert await orders_of(lupe) == []


async def test_a_known_customer_orders_by_menus_in_five_messages(somebody: NewPerson) -> None:
    lupe = await known(somebody)

    await lupe.says("hola")
    await lupe.taps("Hacer un pedido")
    await lupe.taps("Bebidas")
    [summary] = await lupe.taps("Pepsi 2 L")
    assert "calle Zaragoza 5, Centro" in words(summary)
    await lupe.taps("Confirmar")

    assert [order["total_amount"] for order in await orders_of(lupe)] == [Decimal("42.00"), Decimal("34.00")]
    assert len(lupe.heard) == 5


async def test_a_known_customer_who_writes_the_whole_order_needs_two_messages(
    shared_stage: Stage, somebody: NewPerson
) -> None:
    lupe = await known(somebody)

    [summary] = await lupe.says("buenas, 2 cocas de 600 y medio kilo de queso oaxaca porfa")
    assert "$137.00" in words(summary)
    [confirmation] = await lupe.taps("Confirmar")

    order = (await orders_of(lupe))[-1]
    assert order["folio"] in words(confirmation)
    assert await items_of(shared_stage, GROCER, order) == [
        ("ABA-002", Decimal("2.000"), Decimal("21.00"), Decimal("42.00")),
        ("ABA-013", Decimal("0.500"), Decimal("190.00"), Decimal("95.00")),
    ]
    assert len(lupe.heard) == 2


async def test_a_quantity_in_kilos_can_be_typed_and_typed_again(shared_stage: Stage, somebody: NewPerson) -> None:
    lupe = await known(somebody)
    await lupe.says("hola")
    await lupe.taps("Hacer un pedido")
    await lupe.taps("Lácteos")
    [one] = await lupe.taps("Queso Oaxaca")
    assert "$190.00" in words(one)
    [half] = await lupe.says("medio")
    assert "$95.00" in words(half)
    [more] = await lupe.says("1.5")
    assert "$285.00" in words(more)
    await lupe.taps("Confirmar")

    order = (await orders_of(lupe))[-1]
    assert order["total_amount"] == Decimal("285.00")
    assert await items_of(shared_stage, GROCER, order) == [
        ("ABA-013", Decimal("1.500"), Decimal("190.00"), Decimal("285.00"))
    ]


async def test_an_order_can_be_picked_up(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("hola")
    await lupe.taps("Hacer un pedido")
    await lupe.taps("Bebidas")
    await lupe.taps("Coca-Cola 600 ml")
    [summary] = await lupe.says("recoger")
    assert "recoger" in words(summary)
    await lupe.taps("Confirmar")

    [order] = await orders_of(lupe)
    assert (order["fulfilment"], order["delivery_address"]) == ("pickup", None)
    assert len(lupe.heard) <= 6


async def test_a_shared_location_is_where_the_order_goes_and_is_kept(shared_stage: Stage, somebody: NewPerson) -> None:
    beto = somebody(WATER, name="Beto")
    await beto.says("dos garrafones por favor")
    [summary] = await beto.shares_location(24.80939, -107.39401, name="Casa", address="Calle 5 #10")
    assert "Calle 5 #10" in words(summary)
    await beto.taps("Confirmar")

    [order] = await orders_of(beto)
    assert order["delivery_address"] == "Casa, Calle 5 #10"
    [address] = await shared_stage.rows(
        WATER, "SELECT id, latitude, longitude FROM customer_addresses WHERE id = $1", order["address_id"]
    )
    assert (address["latitude"], address["longitude"]) == (Decimal("24.809390"), Decimal("-107.394010"))

    await beto.says("otros dos garrafones")
    await beto.taps("Confirmar")
    assert [order["address_id"] for order in await orders_of(beto)] == [address["id"], address["id"]]


async def test_the_status_of_the_last_order_is_told(somebody: NewPerson) -> None:
    lupe = await known(somebody)
    [order] = await orders_of(lupe)
    await lupe.says("hola")
    [answer] = await lupe.taps("Estado de pedido")
    assert order["folio"] in words(answer)
    assert "Recibido" in words(answer)


async def test_an_order_of_one_company_leaves_the_other_untouched(shared_stage: Stage, somebody: NewPerson) -> None:
    count = "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM customers) AS rows"
    before = await shared_stage.rows(WATER, count)
    await known(somebody)
    assert await shared_stage.rows(WATER, count) == before
