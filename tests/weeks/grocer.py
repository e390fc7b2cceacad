"""A week at the grocer's: orders by text and by menus, second thoughts, questions, and a person who answers."""

from tests.weeks.diary import Diary

SLUG = "abarrotes_lupita"
TITLE = "A week at Abarrotes Doña Lupita (grocer)"


async def live(diary: Diary) -> None:
    lupita = diary.person("Lupita", "5212281000011")
    beto = diary.person("Beto", "5215512340001")
    carmen = diary.person("Carmen", "5214421000013")

    await diary.on(0, "09:12")
    await diary.says(lupita, "buenos días, me manda 2 cocas de 600, medio kilo de queso oaxaca y 30 pesos de tortillas")
    await diary.says(lupita, "Av. Xalapa 48, interior 3, Centro")
    await diary.taps(lupita, "Confirmar")
    await diary.on(0, "09:20")
    await diary.shop("orders", "status", SLUG, "A-0001", "processing")
    await diary.on(0, "10:02")
    await diary.shop("orders", "status", SLUG, "A-0001", "shipped")
    await diary.on(0, "10:10")
    await diary.says(lupita, "¿ya mero?")
    await diary.on(0, "10:25")
    await diary.shop("orders", "status", SLUG, "A-0001", "delivered")
    await diary.says(lupita, "gracias!")

    await diary.on(1, "18:40")
    await diary.says(beto, "hola")
    await diary.taps(beto, "Hacer un pedido")
    await diary.taps(beto, "Despensa")
    await diary.taps(beto, "Arroz Verde Valle")
    await diary.says(beto, "ponle 2, y también un aceite nutrioli")
    await diary.says(beto, "calle Puebla 120, Roma Norte")
    await diary.says(beto, "mejor paso por él mañana a las 9")
    await diary.taps(beto, "Confirmar")
    await diary.on(2, "09:05")
    await diary.shop("orders", "status", SLUG, "A-0002", "processing")
    await diary.shop("orders", "status", SLUG, "A-0002", "ready_for_pickup")
    await diary.on(2, "09:30")
    await diary.says(beto, "ya voy por él, ¿a cuánto la leche deslactosada?")
    await diary.on(2, "09:50")
    await diary.shop("orders", "status", SLUG, "A-0002", "delivered")

    await diary.on(3, "13:05")
    await diary.says(carmen, "Hola buenas tardes, me puede mandar una coca, 3 maruchan y unas tortillas de harina")
    await diary.taps(carmen, "Coca-Cola 2.5 L")
    await diary.says(carmen, "no, mejor la de 3 litros. pago con uno de 500")
    await diary.says(carmen, "Insurgentes Sur 300 depto 4, entre Puebla y Sinaloa, col. Roma, es la puerta verde")
    await diary.taps(carmen, "Confirmar")
    await diary.on(3, "13:20")
    await diary.says(carmen, "oiga y se me olvidó un kilo de huevo")
    await diary.taps(carmen, "Guardar cambios")
    await diary.on(3, "13:40")
    await diary.says(carmen, "quiero hablar con alguien")
    await diary.on(3, "13:41")
    await diary.says(carmen, "¿sí alcanzan a agregarle el huevo?")

    await diary.on(4, "20:50")
    await diary.says(lupita, "lo de siempre")
    await diary.says(lupita, "y un paquete de papel higiénico, sin queso")
    await diary.taps(lupita, "Confirmar")
    await diary.on(4, "21:05")
    await diary.shop("orders", "accept", SLUG, "A-0004")
    await diary.shop("orders", "substitute", SLUG, "A-0004", "1", "ABA-005")
    await diary.says(lupita, "sí")

    await diary.on(5, "22:15")
    await diary.says(beto, "qué tal, ¿a qué hora abren mañana domingo?")
    await diary.says(beto, "y venden cerveza?")
    await diary.says(beto, "un kilo de limones y 2 kilos de arrachera")
    await diary.says(beto, "jajaja ok gracias")
    await diary.on(6, "16:00")
    await diary.says(carmen, "BAJA")
