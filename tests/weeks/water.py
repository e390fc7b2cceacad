"""A week of water in Querétaro: refills, by usted, few words."""

from tests.weeks.diary import Diary

SLUG = "agua_manantial"
TITLE = "A week at Agua Manantial del Valle (water, Querétaro)"


async def live(diary: Diary) -> None:
    await diary.on(0, "06:40")
    await diary.shop(
        "company", "coverage", SLUG, "add", "Centro", "--colonias", "Centro Histórico, La Cruz, San Francisquito"
    )
    await diary.shop("company", "close", SLUG, "2026-11-27", "--reason", "mantenimiento de la planta")
    carmen = diary.person("Carmen", "5214421000013")
    oficina = diary.person("Robles Consultores", "5214429998877")
    ines = diary.person("Inés", "5214425550101")

    # Monday: the shortest order there is.
    await diary.on(0, "08:30")
    await diary.says(carmen, "2 garrafones porfa")
    await diary.says(carmen, "Calle Hidalgo 130, Centro Histórico")
    await diary.taps(carmen, "Confirmar")
    await diary.on(0, "09:00")
    await diary.shop("orders", "accept", SLUG, "A-0001")
    await diary.on(0, "09:20")
    await diary.shop("orders", "ship", SLUG, "A-0001")
    await diary.on(0, "09:45")
    await diary.shop("orders", "deliver", SLUG, "A-0001")
    await diary.on(0, "11:00")
    await diary.says(carmen, "muy bien, gracias")

    # Tuesday: an office, for Thursday, with an invoice.
    await diary.on(1, "10:00")
    await diary.says(oficina, "Hola")
    await diary.taps(oficina, "Hacer un pedido")
    await diary.says(oficina, "5 garrafones y una caja de botellitas")
    await diary.says(oficina, "Av. Zaragoza 15, La Cruz, oficina 302")
    await diary.says(oficina, "para el jueves en la mañana")
    await diary.taps(oficina, "Confirmar")
    await diary.says(oficina, "¿me puede facturar?")
    await diary.says(oficina, "ROB010203AB1, Consultoría Robles SA de CV, régimen 601, CP 76000, gastos en general")
    await diary.on(2, "12:00")
    await diary.says(oficina, "¿qué pasó con mi pedido?")
    await diary.says(oficina, "que sean 6 garrafones mejor")
    await diary.taps(oficina, "Guardar cambios")
    await diary.on(3, "08:20")
    await diary.shop("orders", "accept", SLUG, "A-0002")
    await diary.on(3, "10:00")
    await diary.shop("orders", "ship", SLUG, "A-0002")
    await diary.on(3, "10:25")
    await diary.shop("orders", "deliver", SLUG, "A-0002")

    # Thursday: outside the zone.
    await diary.on(3, "12:15")
    await diary.says(ines, "buenas, cuánto cuesta el garrafón?")
    await diary.says(ines, "1")
    await diary.says(ines, "Calle Pirineos 44, col. Juriquilla")
    await diary.says(ines, "ah, entonces paso yo hoy a las 5")
    await diary.taps(ines, "Confirmar")
    await diary.on(3, "16:30")
    await diary.shop("orders", "accept", SLUG, "A-0003")
    await diary.shop("orders", "ready", SLUG, "A-0003")
    await diary.on(3, "17:20")
    await diary.shop("orders", "deliver", SLUG, "A-0003")

    # Friday they are closed.
    await diary.on(4, "08:15")
    await diary.says(carmen, "lo mismo")
    await diary.says(carmen, "por qué hasta mañana??")
    await diary.taps(carmen, "Confirmar")
    await diary.on(5, "07:30")
    await diary.says(carmen, "cancela mi pedido por favor")
    await diary.taps(carmen, "Sí, cancelarlo")
    await diary.says(carmen, "es que ya compré, gracias")
    await diary.on(5, "09:00")
    await diary.says(ines, "22 garrafones para el lunes a las 9, los recojo")
    await diary.says(ines, "perdón, 2")
    await diary.taps(ines, "Confirmar")
    await diary.on(6, "11:00")
    await diary.says(oficina, "hoy trabajan?")
