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
    ruben = diary.person("Rubén", "5214421237788")

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

    # Wednesday: a big bill, no change, and somebody who never wrote before.
    await diary.on(2, "18:10")
    await diary.says(ruben, "Buenas tardes, ¿todavía alcanzo hoy?")
    await diary.says(ruben, "es que necesito un garrafón con envase y una bolsa de hielo")
    await diary.taps(ruben, "Bolsa de hielo 5 kg")
    await diary.says(ruben, "calle 5 de Mayo 23, Centro Histórico, es una papelería")
    await diary.says(ruben, "traen cambio de 500?")
    await diary.taps(ruben, "Confirmar")
    await diary.sends(ruben, "sends a sticker", type="sticker", sticker={"id": "501", "mime_type": "image/webp"})
    await diary.on(2, "18:30")
    await diary.shop("orders", "accept", SLUG, "A-0003")
    await diary.on(2, "18:40")
    await diary.shop("orders", "ship", SLUG, "A-0003")
    await diary.on(2, "19:05")
    await diary.shop("orders", "deliver", SLUG, "A-0003")
    await diary.on(3, "08:20")
    await diary.shop("orders", "accept", SLUG, "A-0002")
    await diary.on(3, "09:05")
    await diary.taps(ruben, "Ahora no")
    await diary.on(3, "10:00")
    await diary.shop("orders", "ship", SLUG, "A-0002")
    await diary.on(3, "10:25")
    await diary.shop("orders", "deliver", SLUG, "A-0002")

    # Thursday: outside the zone.
    await diary.on(3, "12:15")
    await diary.says(ines, "buenas, cuánto cuesta la bolsa de hielo de 5 kilos?")
    await diary.says(ines, "1")
    await diary.says(ines, "Calle Pirineos 44, col. Juriquilla")
    await diary.says(ines, "ah, entonces paso yo hoy a las 5")
    await diary.taps(ines, "Confirmar")
    await diary.on(3, "16:30")
    await diary.shop("orders", "accept", SLUG, "A-0004")
    await diary.shop("orders", "ready", SLUG, "A-0004")
    await diary.on(3, "17:20")
    await diary.shop("orders", "deliver", SLUG, "A-0004")

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
    await diary.says(ines, "22 bolsas de hielo de 5 para el lunes a las 9, las recojo")
    await diary.says(ines, "perdón, 2")
    await diary.taps(ines, "Confirmar")
    await diary.on(5, "12:00")
    await diary.says(ines, "quiero hablar con una persona porfa")
    await diary.on(5, "12:35")
    await diary.says(ines, "solo quería saber si rentan despachadores")
    await diary.says(ines, "asesor")
    await diary.on(5, "12:50")
    await diary.shop(
        "handoffs", "reply", SLUG, "2", "Buenas tardes, Inés. Sí, $150 al mes con el primer garrafón incluido."
    )
    await diary.says(ines, "ah perfecto, lo platico con mi esposo")
    await diary.shop("handoffs", "close", SLUG, "2")
    await diary.on(6, "11:00")
    await diary.says(oficina, "hoy trabajan?")
