"""A week of water: refills, by usted, few words."""

from tests.weeks.diary import Diary

SLUG = "agua_manantial"
TITLE = "A week at Agua Manantial del Valle (water)"


async def live(diary: Diary) -> None:
    carmen = diary.person("Carmen", "5214421000013")
    oficina = diary.person("Oficina Robles", "5214429998877")
    await diary.on(0, "08:30")
    await diary.says(carmen, "2 garrafones porfa")
    await diary.says(carmen, "Calle Hidalgo 130, Centro Histórico")
    await diary.taps(carmen, "Confirmar")
    await diary.on(0, "09:00")
    await diary.shop("orders", "status", SLUG, "A-0001", "processing")
    await diary.on(0, "09:20")
    await diary.shop("orders", "status", SLUG, "A-0001", "shipped")
    await diary.on(0, "09:45")
    await diary.shop("orders", "status", SLUG, "A-0001", "delivered")

    await diary.on(1, "10:00")
    await diary.says(oficina, "Hola")
    await diary.taps(oficina, "Hacer un pedido")
    await diary.says(oficina, "5 garrafones y una caja de botellitas")
    await diary.says(oficina, "Av. Zaragoza 15, La Cruz, oficina 302")
    await diary.says(oficina, "para el jueves en la mañana")
    await diary.taps(oficina, "Confirmar")
    await diary.on(2, "12:00")
    await diary.says(oficina, "¿qué pasó con mi pedido?")

    await diary.on(4, "08:15")
    await diary.says(carmen, "lo mismo")
    await diary.taps(carmen, "Confirmar")
    await diary.on(5, "07:30")
    await diary.says(carmen, "cancela mi pedido por favor")
    await diary.on(6, "11:00")
    await diary.says(carmen, "hoy trabajan?")
