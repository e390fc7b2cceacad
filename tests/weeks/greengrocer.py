"""A week at the greengrocer's in Culiacán: kilos, pieces, pesos, ripeness, the scale, and what has run out."""

from tests.weeks.diary import Diary, photo

SLUG = "verduleria_don_beto"
TITLE = "A week at Verdulería Don Beto (greengrocer, Culiacán)"


async def _open_up(diary: Diary) -> None:
    """What the shop told Marchante before the week begins."""
    await diary.on(0, "06:30")
    account = ("transfer_bank=Banorte", "transfer_clabe=072730000000000010", "transfer_holder=Norberto Félix")
    await diary.shop("company", "settings", SLUG, *account)
    await diary.shop("company", "owner-phone", SLUG, "+526671110000")


async def live(diary: Diary) -> None:
    await _open_up(diary)
    diary.owner("Don Beto", "5216671110000")
    martin = diary.person("Martín", "5216671000012")
    rosa = diary.person("Rosa", "5216672223344")
    chuy = diary.person("Chuy", "5216677788990")
    lety = diary.person("Lety", "5216679001122")

    # Monday: one text, one location; the scale says more than was thought.
    await diary.on(0, "08:05")
    text = "buenas, 2 kg de jitomate, uno de papa y 3 aguacates que no estén muy maduros para la casa porfa"
    await diary.says(martin, text)
    await diary.sends(
        martin,
        "shares his location",
        type="location",
        location={"latitude": 24.8091, "longitude": -107.394, "name": "Casa", "address": "Blvd. Madero 220, Centro"},
    )
    await diary.taps(martin, "Confirmar")
    await diary.on(0, "08:40")
    await diary.shop("orders", "accept", SLUG, "A-0001")
    await diary.on(0, "08:55")
    await diary.shop("orders", "weigh", SLUG, "A-0001", "1=2.050", "3=0.860")
    await diary.taps(martin, "Aceptar")
    await diary.on(0, "09:20")
    await diary.shop("orders", "ship", SLUG, "A-0001")
    await diary.on(0, "09:45")
    await diary.shop("orders", "deliver", SLUG, "A-0001")
    await diary.on(0, "10:50")
    await diary.taps(martin, "⭐⭐⭐⭐ Bien")

    # Tuesday: prices first, a list, a change, and something that has run out.
    await diary.on(1, "11:00")
    await diary.says(rosa, "Buenas tardes. ¿A cómo está el limón?")
    await diary.says(rosa, "1/2 kg limon\n1 manojo cilantro\n20 pesos chile serrano\n1 piña\n3/4 de fresa")
    await diary.says(rosa, "Calle Rosales 91, Centro, Culiacán")
    await diary.says(rosa, "y 2 pepinos más")
    await diary.says(rosa, "quita la piña")
    await diary.says(rosa, "voy a pagar con 200")
    await diary.taps(rosa, "Confirmar")
    await diary.on(1, "11:30")
    await diary.shop("orders", "accept", SLUG, "A-0002")
    await diary.on(1, "11:40")
    await diary.shop("orders", "substitute", SLUG, "A-0002", "VER-029", "VER-030")
    await diary.taps(rosa, "Sí, acepto")
    await diary.on(1, "13:10")
    await diary.says(rosa, "a qué hora llega mi pedido?")
    await diary.on(1, "14:55")
    await diary.says(rosa, "ya es bien tarde")
    await diary.on(1, "15:05")
    await diary.shop("orders", "ship", SLUG, "A-0002")
    await diary.on(1, "15:20")
    await diary.shop("orders", "deliver", SLUG, "A-0002")
    await diary.on(1, "16:30")
    await diary.taps(rosa, "⭐⭐ Mal")
    await diary.says(rosa, "llegó tardísimo y los pepinos aguados")
    await diary.on(1, "16:40")
    await diary.shop(
        "handoffs",
        "reply",
        SLUG,
        "1",
        "Una disculpa Rosita, se nos ponchó la moto. En el próximo le mando sus pepinos sin costo.",
    )
    await diary.says(rosa, "ándele pues, gracias don Beto")
    await diary.shop("handoffs", "close", SLUG, "1")

    # Wednesday: the last order again, with a line of its own; the taquería orders by usual names.
    await diary.on(2, "19:00")
    await diary.says(martin, "quiero pedir lo de siempre pero con 3 kilos de jitomate")
    await diary.taps(martin, "Confirmar")
    await diary.on(3, "07:10")
    await diary.shop("orders", "accept", SLUG, "A-0003")
    await diary.on(3, "07:40")
    await diary.shop("orders", "ship", SLUG, "A-0003")
    await diary.on(3, "08:05")
    await diary.shop("orders", "deliver", SLUG, "A-0003")

    await diary.on(3, "10:00")
    await diary.sends(
        chuy, "sends a voice note", type="audio", audio={"id": "601", "mime_type": "audio/ogg", "voice": True}
    )
    await diary.says(
        chuy, "para la taquería: 5 kilos de cebolla, 4 de tomate, 3 manojos de cilantro, 2 de limón y aguacate"
    )
    await diary.says(chuy, "Av. Álvaro Obregón 1520, Guadalupe")
    await diary.taps(chuy, "Jitomate")
    await diary.says(chuy, "transferencia, y lo quiero a las 4")
    await diary.taps(chuy, "Confirmar")
    await diary.sends(chuy, "sends the photo of a receipt", **photo("receipt of Chuy, cut off"))
    await diary.on(3, "10:20")
    await diary.shop("payments", "receipts", "reject", SLUG, "1", "--reason", "no se alcanza a ver el monto")
    await diary.sends(chuy, "sends another photo", **photo("receipt of Chuy"))
    await diary.on(3, "13:00")
    await diary.shop("payments", "receipts", "accept", SLUG, "2")
    await diary.shop("orders", "accept", SLUG, "A-0004")
    await diary.on(3, "13:30")
    await diary.says(chuy, "échale otro kilo de limón")
    await diary.taps(chuy, "Guardar cambios")
    await diary.on(3, "15:30")
    await diary.shop("orders", "ship", SLUG, "A-0004")
    await diary.on(3, "16:10")
    await diary.shop("orders", "deliver", SLUG, "A-0004")
    await diary.says(chuy, "ya llegó, gracias 👍")

    # Thursday evening: a number typed wrong, and patience.
    await diary.on(3, "18:00")
    await diary.says(lety, "Hola! tienen champiñones y espinaca?")
    await diary.says(lety, "2 charolas y 11 manojos de espinaca porfis")
    await diary.says(lety, "perdón, 1 manojo")
    await diary.says(lety, "paso por ellos en media hora")
    await diary.taps(lety, "Confirmar")
    await diary.on(3, "18:20")
    await diary.shop("orders", "accept", SLUG, "A-0005")
    await diary.shop("orders", "ready", SLUG, "A-0005")
    await diary.on(3, "18:50")
    await diary.shop("orders", "deliver", SLUG, "A-0005")
    await diary.on(3, "20:00")
    await diary.says(lety, "5 todo muy fresco")

    # Friday: tomorrow at ten; and what was not good.
    await diary.on(4, "12:30")
    await diary.says(rosa, "me regala 2 kilos de naranja, zanahoria y betabel 1 de c/u")
    await diary.says(rosa, "mañana sábado a las 10")
    await diary.taps(rosa, "Confirmar")
    await diary.on(4, "12:35")
    await diary.says(rosa, "a qué hora llega?")
    await diary.on(5, "08:30")
    await diary.shop("orders", "accept", SLUG, "A-0006")
    await diary.on(5, "09:40")
    await diary.shop("orders", "ship", SLUG, "A-0006")
    await diary.on(5, "10:00")
    await diary.shop("orders", "deliver", SLUG, "A-0006")
    await diary.on(5, "10:30")
    await diary.says(rosa, "la naranja venía podrida")
    await diary.on(5, "10:36")
    await diary.shop(
        "handoffs", "reply", SLUG, "2", "Qué pena Rosita, ahorita le mando otros 2 kilos con el muchacho, sin costo."
    )
    await diary.shop("handoffs", "close", SLUG, "2")
    await diary.on(6, "09:00")
    await diary.says(martin, "5 pesos de cilantro y 1 lechuga orejona")
    await diary.says(martin, "asi nomas")
    await diary.on(6, "09:45")
    await diary.taps(martin, "Seguir con mi pedido")
    await diary.says(martin, "mejor 2 lechugas y medio kilo de zanahoria")
    await diary.taps(martin, "Confirmar")
    await diary.on(6, "10:10")
    await diary.shop("orders", "accept", SLUG, "A-0007")
    await diary.on(6, "11:05")
    await diary.shop("orders", "ship", SLUG, "A-0007")
    await diary.on(6, "11:30")
    await diary.shop("orders", "deliver", SLUG, "A-0007")
    await diary.on(6, "12:40")
    await diary.says(martin, "todo bien, gracias")
