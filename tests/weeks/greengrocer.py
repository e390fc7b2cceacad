"""A week at the greengrocer's: kilos, pieces, pesos and ripeness."""

from tests.weeks.diary import Diary

SLUG = "verduleria_don_beto"
TITLE = "A week at Verdulería Don Beto (greengrocer)"


async def live(diary: Diary) -> None:
    martin = diary.person("Martín", "5216671000012")
    rosa = diary.person("Rosa", "5216672223344")
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
    await diary.shop("orders", "weigh", SLUG, "A-0001", "1=2.060", "2=0.980")
    await diary.on(0, "09:10")
    await diary.shop("orders", "ship", SLUG, "A-0001")
    await diary.on(0, "09:40")
    await diary.shop("orders", "deliver", SLUG, "A-0001")

    await diary.on(1, "11:00")
    await diary.says(rosa, "Buenas tardes. ¿A cómo está el limón?")
    await diary.says(rosa, "1/2 kg limon\n1 manojo cilantro\n20 pesos chile serrano\n1 piña\n3/4 de fresa")
    await diary.says(rosa, "Calle Rosales 91, Centro, Culiacán")
    await diary.says(rosa, "y 2 pepinos más")
    await diary.says(rosa, "quita la piña")
    await diary.taps(rosa, "Confirmar")

    await diary.on(1, "11:10")
    await diary.says(rosa, "agrégale un kilo de papa a mi pedido")
    await diary.taps(rosa, "Guardar cambios")
    await diary.shop("orders", "accept", SLUG, "A-0002")
    await diary.on(1, "11:40")
    await diary.shop("orders", "weigh", SLUG, "A-0002", "1=0.700", "4=1.300")
    await diary.taps(rosa, "Aceptar")
    await diary.says(rosa, "gracias")
    await diary.on(1, "12:10")
    await diary.shop("orders", "ship", SLUG, "A-0002")
    await diary.on(1, "12:40")
    await diary.says(rosa, "ya llegó")
    await diary.shop("orders", "deliver", SLUG, "A-0002")

    await diary.on(2, "19:00")
    await diary.says(martin, "quiero pedir lo de siempre pero con 3 kilos de jitomate")
    await diary.taps(martin, "Confirmar")

    await diary.on(4, "12:30")
    await diary.says(rosa, "me regala 2 kilos de naranja, zanahoria y betabel 1 de c/u")
    await diary.says(rosa, "mañana sábado a las 10")
    await diary.taps(rosa, "Confirmar")
    await diary.on(4, "12:35")
    await diary.says(rosa, "a qué hora llega?")
    await diary.on(5, "10:30")
    await diary.says(rosa, "la naranja venía podrida")
