"""A week at the grocer's in Xalapa: orders by text and by menus, second thoughts, money, and people who answer."""

from tests.weeks.diary import Diary, photo

SLUG = "abarrotes_lupita"
TITLE = "A week at Abarrotes Doña Lupita (grocer, Xalapa)"


async def live(diary: Diary) -> None:
    await _open_up(diary)
    lupita = diary.person("Lupita", "5212281000011")
    beto = diary.person("Beto", "5212281340001")
    carmen = diary.person("Carmen", "5212284421013")
    antonio = diary.person("Antonio", "5212288155020")

    # Monday: a regular's first order by text, from hello to the stars.
    await diary.on(0, "09:12")
    await diary.says(lupita, "buenos días, me manda 2 cocas de 600, medio kilo de queso oaxaca y 30 pesos de tortillas")
    await diary.says(lupita, "Av. Xalapa 48, interior 3, Centro")
    await diary.taps(lupita, "Confirmar")
    await diary.on(0, "09:18")
    await diary.says(lupita, "oiga y se me olvidó un kilo de huevo")
    await diary.taps(lupita, "Guardar cambios")
    await diary.on(0, "09:30")
    await diary.shop("orders", "accept", SLUG, "A-0001")
    await diary.on(0, "10:40")
    await diary.shop("orders", "ship", SLUG, "A-0001")
    await diary.on(0, "10:50")
    await diary.says(lupita, "¿ya mero?")
    await diary.on(0, "11:05")
    await diary.shop("orders", "deliver", SLUG, "A-0001")
    await diary.says(lupita, "gracias!")
    await diary.on(0, "12:20")
    await diary.taps(lupita, "⭐⭐⭐⭐⭐")
    await diary.says(lupita, "todo muy bien, el repartidor muy amable")

    # Tuesday: a student by menus, picks it up, pays by transfer.
    await diary.on(1, "18:40")
    await diary.says(beto, "hola")
    await diary.taps(beto, "Hacer un pedido")
    await diary.taps(beto, "Despensa")
    await diary.taps(beto, "Arroz Verde Valle")
    await diary.says(beto, "ponle 2, y también un aceite nutrioli")
    await diary.says(beto, "mejor paso por él mañana a las 9")
    await diary.says(beto, "pago por transferencia")
    await diary.taps(beto, "Confirmar")
    await diary.sends(beto, "sends the photo of a receipt", **photo("receipt of Beto"))
    await diary.on(1, "19:10")
    await diary.shop("payments", "receipts", "accept", SLUG, "1")
    await diary.on(2, "09:05")
    await diary.shop("orders", "accept", SLUG, "A-0002")
    await diary.shop("orders", "ready", SLUG, "A-0002")
    await diary.on(2, "09:30")
    await diary.says(beto, "ya voy por él, ¿a cuánto la leche deslactosada?")
    await diary.on(2, "09:50")
    await diary.shop("orders", "deliver", SLUG, "A-0002")
    await diary.on(2, "11:30")
    await diary.says(beto, "5")

    # Thursday: doubts, a big bill, and a person who answers.
    await diary.on(3, "13:05")
    await diary.says(carmen, "Hola buenas tardes, me puede mandar una coca, 3 maruchan y unas tortillas de harina")
    await diary.taps(carmen, "Coca-Cola 2.5 L")
    await diary.says(carmen, "no, mejor la de 3 litros. pago con uno de 500")
    await diary.says(carmen, "Úrsulo Galván 77 depto 4, entre Clavijero y Lucio, col. Centro, es la puerta verde")
    await diary.taps(carmen, "Confirmar")
    await diary.on(3, "13:40")
    await diary.says(carmen, "quiero hablar con alguien")
    await diary.says(carmen, "es que mi hijo quiere las maruchan de habanero, no de camarón")
    await diary.on(3, "13:44")
    await diary.shop(
        "handoffs", "reply", SLUG, "1", "Hola Carmen, soy Lupita. Sí tengo de habanero, te mando de esas 👍"
    )
    await diary.says(carmen, "ay sí gracias")
    await diary.on(3, "13:46")
    await diary.shop("handoffs", "close", SLUG, "1")
    await diary.on(3, "14:30")
    await diary.shop("orders", "accept", SLUG, "A-0003")
    await diary.on(3, "15:55")
    await diary.says(carmen, "como cuánto tardan?")
    await diary.on(3, "16:05")
    await diary.shop("orders", "ship", SLUG, "A-0003")
    await diary.on(3, "16:30")
    await diary.shop("orders", "deliver", SLUG, "A-0003")
    await diary.on(3, "16:40")
    await diary.says(carmen, "me faltó la coca")
    await diary.on(3, "16:45")
    await diary.shop("handoffs", "reply", SLUG, "2", "Perdón Carmen, se quedó en el mostrador. Va para allá ahorita.")
    await diary.on(3, "16:50")
    await diary.shop("handoffs", "close", SLUG, "2")

    # Thursday too: an office in Las Ánimas, farther away, with an invoice.
    await diary.on(3, "17:10")
    await diary.says(antonio, "buenas, llevan a Las Ánimas?")
    await diary.says(antonio, "2 nescafé, 3 kilos de azúcar y un paquete de galletas marías")
    await diary.says(antonio, "Paseo de las Flores 210, Las Ánimas")
    await diary.says(antonio, "con tarjeta y me facturas por favor")
    await diary.taps(antonio, "Confirmar")
    await diary.says(antonio, "RUA120315AB0, Despacho Ruiz y Asociados SC, régimen 601, CP 91190, gastos en general")
    await diary.says(antonio, "ay perdón es RUA120315AB8")
    await diary.on(3, "17:40")
    await diary.shop("orders", "accept", SLUG, "A-0004")
    await diary.on(3, "18:30")
    await diary.shop("orders", "ship", SLUG, "A-0004")
    await diary.on(3, "19:00")
    await diary.shop("orders", "deliver", SLUG, "A-0004")
    await diary.on(3, "20:10")
    await diary.taps(antonio, "⭐⭐⭐⭐ Bien")

    # Friday: the same as always, a holiday told, a number mistyped.
    await diary.on(4, "20:50")
    await diary.says(lupita, "lo de siempre")
    await diary.says(lupita, "y un paquete de papel higiénico, sin queso")
    await diary.says(lupita, "mándalo mañana a las 11")
    await diary.taps(lupita, "Confirmar")
    await diary.on(5, "08:30")
    await diary.says(lupita, "perdón, ¿me lo cambia a las 5 de la tarde?")
    await diary.taps(lupita, "Guardar cambios")
    await diary.on(5, "12:10")
    await diary.says(lupita, "siempre no, cancélalo porfa")
    await diary.taps(lupita, "Sí, cancelarlo")

    # Saturday night: closed, and things a grocer does not sell by WhatsApp.
    await diary.on(5, "22:15")
    await diary.says(beto, "qué tal, ¿a qué hora abren mañana domingo?")
    await diary.says(beto, "y venden cerveza?")
    await diary.says(beto, "un kilo de limones y 2 kilos de arrachera")
    await diary.sends(beto, "sends a sticker", type="sticker", sticker={"id": "501", "mime_type": "image/webp"})
    await diary.says(beto, "jajaja ok gracias")
    await diary.on(6, "16:00")
    await diary.says(carmen, "BAJA")


async def _open_up(diary: Diary) -> None:
    """What the shop told Marchante before the week begins."""
    await diary.on(0, "07:30")
    await diary.shop("company", "campaign", SLUG, "--set", "Pan Bimbo recién llegado todos los martes y viernes")
    await diary.shop("company", "coverage", SLUG, "add", "Centro", "--colonias", "Centro, Progreso", "--fee", "15")
    await diary.shop(
        "company", "coverage", SLUG, "add", "Las Ánimas", "--colonias", "Las Ánimas", "--fee", "30", "--minimum", "200"
    )
    account = ("transfer_bank=BBVA", "transfer_clabe=032180000118359719", "transfer_holder=Guadalupe Hernández")
    await diary.shop("company", "settings", SLUG, *account)
