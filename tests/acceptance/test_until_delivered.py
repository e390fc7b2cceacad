"""What happens between "confirmado" and "entregado", seen from the customer's phone and the shop's commands."""

from tests.acceptance.conftest import NewPerson, Shopkeeper
from tests.acceptance.people import Person, words
from tests.acceptance.stage import GROCER, SLUGS, Stage

SHOP = SLUGS[GROCER]


async def ordered(somebody: NewPerson) -> tuple[Person, str]:
    """Two kilos of eggs to be fetched; and the folio."""
    lupe = somebody()
    await lupe.says("2 kg de huevo blanco, paso por ellos")
    await lupe.taps("Confirmar")
    [row] = await lupe.stage.rows(
        lupe.number,
        """SELECT o.folio FROM orders o JOIN customers c ON c.id = o.customer_id
           WHERE c.phone LIKE '%' || right($1, 10)""",
        lupe.phone,
    )
    return lupe, str(row["folio"])


async def status_of(stage: Stage, folio: str) -> str:
    [row] = await stage.rows(
        GROCER, "SELECT s.code FROM orders o JOIN order_statuses s ON s.id = o.status_id WHERE folio = $1", folio
    )
    return str(row["code"])


async def test_an_order_is_changed_then_cancelled_by_its_customer(somebody: NewPerson, shared_stage: Stage) -> None:
    lupe, folio = await ordered(somebody)
    [asked] = await lupe.says("agrégale un kilo de azúcar a mi pedido")
    assert folio in words(asked)
    [done] = await lupe.taps("Guardar cambios")
    assert "cambié tu pedido" in words(done)
    [status] = await lupe.says("¿cómo va mi pedido?")
    assert "Azúcar" in words(status)
    await lupe.taps("Cancelar mi pedido")
    [done] = await lupe.taps("Sí, cancelarlo")
    assert "cancelé tu pedido" in words(done)
    assert await status_of(shared_stage, folio) == "cancelled"
    [late] = await lupe.taps("Sí, cancelarlo")
    assert "no puedo cambiarlo" in words(late) or "cambió mientras tanto" in words(late)


async def test_the_shop_weighs_asks_and_delivers(
    somebody: NewPerson, shopkeeper: Shopkeeper, shared_stage: Stage
) -> None:
    lupe, folio = await ordered(somebody)
    assert (await shopkeeper.runs("orders", "accept", SHOP, folio)).exit_code == 0
    await shopkeeper.runs("orders", "weigh", SHOP, folio, "1=2.6")
    await shared_stage.rests()
    assert "Ya pesamos tu pedido" in words(lupe.heard[-1])
    assert (await shopkeeper.runs("orders", "ready", SHOP, folio)).exit_code == 1
    [agreed] = await lupe.taps("Aceptar")
    assert "queda en" in words(agreed)
    [again] = await lupe.taps("Aceptar")
    assert "ya no está abierta" in words(again)
    await shopkeeper.runs("orders", "ready", SHOP, folio)
    await shared_stage.rests()
    assert "Ya puedes pasar por él" in words(lupe.heard[-1])
    await shopkeeper.runs("orders", "deliver", SHOP, folio)
    assert await status_of(shared_stage, folio) == "delivered"
    [sorry] = await lupe.says("me faltó la leche")
    assert "Lamento" in words(sorry)
