"""PyWa, the Python client other people use with Meta's Cloud API, works against the simulator as it does against Meta.

Its own client sends, its own webhook receives; nothing here is ours but the script.
"""

import pytest
from pywa.types import templates as t
from pywa_async import types
from pywa_async.errors import WhatsAppError
from pywa_bot import Bot
from simulated_shop import LUPITA

from marchante.simulator.samples import SAMPLES

TO = "+5215512345678"
PICTURE = "https://ejemplo.mx/foto.png"
ON_ITS_WAY = t.Template(
    name="pedido_en_camino",
    language=t.TemplateLanguage.SPANISH_MEX,
    category=t.TemplateCategory.UTILITY,
    parameter_format=t.ParamFormat.NAMED,
    components=[
        t.HeaderText("Abarrotes Lupita"),
        t.BodyText("Hola {{name}}, tu pedido {{folio}} va en camino.", name="Lupita", folio="A-0042"),
        t.FooterText(text="Gracias por tu compra"),
        t.Buttons(buttons=[t.QuickReplyButton(text="Ver pedido")]),
    ],
)


async def test_each_kind_of_message_pywa_sends_is_accepted(bot: Bot) -> None:
    inbound = await bot.shop.customer_writes()
    client = bot.client
    picture = await client.upload_media(SAMPLES["image"].content, mime_type="image/png", filename="foto.png")
    card = types.Contact(
        name=types.Contact.Name(formatted_name="Doña Mary", first_name="Mary"),
        phones=[types.Contact.Phone(phone="+522281112233")],
    )
    rows = [types.Section("Pedidos", [types.SectionRow("Ver catálogo", "catalog", "Con precios")])]
    pay = types.URLButton("Pagar", "https://ejemplo.mx/pagar")
    form = types.FlowButton("Abrir", flow_id="1", flow_token="token", flow_message_version="3")
    cards = [types.ImageCarouselCard(image=PICTURE, body="Jitomate", buttons=pay) for _ in range(2)]
    sends = {
        "text": client.send_message(TO, "¡Hola!", preview_url=True, reply_to_message_id=inbound, tracker="outbox-7"),
        "button": client.send_message(
            TO, "¿Va?", "Pedido", "Gracias", [types.Button("Sí", "1"), types.Button("No", "2")]
        ),
        "list": client.send_message(TO, "¿Qué se te ofrece?", buttons=types.SectionList("Ver", rows)),
        "cta_url": client.send_message(TO, "Paga aquí", buttons=pay),
        "flow": client.send_message(TO, "Regístrate", buttons=form),
        "request_contact_info": client.request_contact_info(TO, "¿Tu teléfono?"),
        "location_request_message": client.request_location(TO, "¿A dónde?"),
        "location": client.send_location(TO, 19.54, -96.91, "La tienda", "Av. Xalapa 12"),
        "contacts": client.send_contact(TO, card),
        "product": client.send_product(TO, "catalog", "JIT-1", body="Recién llegado"),
        "product_list": client.send_products(TO, "catalog", [types.ProductsSection("Hoy", ["JIT-1"])], "Hoy", "Elige"),
        "catalog_message": client.send_catalog(TO, "Todo lo nuestro", thumbnail_product_sku="JIT-1"),
        "carousel": client.send_carousel(TO, body="De hoy", cards=cards),
        "image": client.send_image(TO, picture.id, caption="Jitomate"),
        "video": client.send_video(TO, PICTURE, caption="Video"),
        "document": client.send_document(TO, PICTURE, filename="catalogo.pdf", caption="Catálogo"),
        "sticker": client.send_sticker(TO, PICTURE),
        "audio": client.send_audio(TO, PICTURE),
        "reaction": client.send_reaction(TO, "👍", inbound),
    }
    for kind, send in sends.items():
        message = await bot.sent((await send).id)
        shape = message["interactive"]["type"] if message["type"] == "interactive" else message["type"]
        assert shape == kind
    voice = await client.send_voice(TO, SAMPLES["audio"].content, mime_type="audio/ogg")
    assert (await bot.sent(voice.id))["audio"]["voice"] is True
    assert (await bot.shop.ask("/sim/refusals"))["refusals"] == []
    await bot.heard.first(lambda update: getattr(update, "tracker", None) == "outbox-7")


async def test_the_same_file_kinds_go_by_id_and_by_link(bot: Bot) -> None:
    for kind in ("image", "video", "document", "audio", "sticker"):
        sample = SAMPLES[kind]
        media = await bot.client.upload_media(sample.content, mime_type=sample.mime_type, filename=f"a.{kind}")
        send = getattr(bot.client, f"send_{kind}")
        named = {"filename": "lista.pdf"} if kind == "document" else {}
        for given, key in ((media.id, "id"), (PICTURE, "link")):
            assert (await bot.sent((await send(TO, given, **named)).id))[kind][key] == given


async def test_files_reading_and_typing(bot: Bot) -> None:
    inbound = await bot.shop.customer_writes()
    media = await bot.client.upload_media(b"%PDF-1.4 lista", mime_type="application/pdf", filename="lista.pdf")
    found = await bot.client.get_media_url(media.id)

    assert await bot.client.get_media_bytes(found.url) == b"%PDF-1.4 lista"
    assert await bot.client.mark_message_as_read(inbound)
    assert await bot.client.indicate_typing(inbound)
    assert await bot.client.delete_media(media.id)
    with pytest.raises(WhatsAppError):
        await bot.client.get_media_url(media.id)


async def test_a_template_is_created_listed_sent_tapped_and_deleted(bot: Bot) -> None:
    await bot.shop.customer_writes()
    created = await bot.client.create_template(ON_ITS_WAY)
    told = await bot.heard.kind("TemplateStatusUpdate")
    assert (told.template_id, told.new_status, told.template_name) == (created.id, "APPROVED", "pedido_en_camino")
    (listed,) = await bot.client.get_templates(name="pedido_en_camino")
    assert listed.id == (await bot.client.get_template(created.id)).id == created.id

    values = [
        t.BodyText.params(name="Lupita", folio="A-0042"),
        t.QuickReplyButton.params(callback_data="order:42", index=0),
    ]
    sent = await bot.client.send_template(TO, template=listed, params=values)
    await bot.shop.customer_does(
        {"type": "button", "payload": "order:42", "text": "Ver pedido", "context_wamid": sent.id}
    )
    tapped = await bot.heard.kind("CallbackButton")
    assert (tapped.data, tapped.title, tapped.reply_to_message.id) == ("order:42", "Ver pedido", sent.id)

    assert await bot.client.delete_template("pedido_en_camino")
    assert list(await bot.client.get_templates()) == []


async def test_pywa_understands_what_customers_write(bot: Bot) -> None:
    do = bot.shop.customer_does
    menu = (await bot.client.send_message(TO, "¿Qué se te ofrece?")).id
    await do({"type": "text", "text": "2 kg de jitomate porfa 🥑", "forwarded": "once", "advertisement": "Ofertas"})
    await do({"type": "location", "latitude": 19.54, "longitude": -96.91, "name": "Casa"})
    await do({"type": "image", "caption": "mi comprobante"})
    await do({"type": "contacts", "name": "Lupita Peña", "phone": TO, "requested": True})
    await do(
        {
            "type": "list_reply",
            "id": "order",
            "title": "Hacer un pedido",
            "description": "Rápido",
            "context_wamid": menu,
        }
    )
    await do({"type": "button_reply", "id": "confirm:7", "title": "Confirmar"})
    item = {"product_retailer_id": "JIT-1", "quantity": 2, "item_price": "24.50"}
    await do({"type": "order", "catalog_id": "catalog", "text": "para hoy", "product_items": [item]})
    await do({"type": "flow", "flow_token": "token", "answers": {"nombre": "Lupita"}})
    await do({"type": "unsupported"})

    text = await bot.heard.message("text")
    assert (text.text, text.from_user.wa_id, text.from_user.name, text.forwarded) == (
        "2 kg de jitomate porfa 🥑",
        LUPITA.wa_id,
        LUPITA.name,
        True,
    )
    assert text.referral.headline == "Ofertas"
    assert (await bot.heard.message("location")).location.name == "Casa"
    image = (await bot.heard.message("image")).image
    assert await image.get_bytes() == SAMPLES["image"].content
    assert (await bot.heard.message("contacts")).contacts[0].name.formatted_name == "Lupita Peña"
    chosen = await bot.heard.kind("CallbackSelection")
    assert (chosen.data, chosen.title, chosen.description) == ("order", "Hacer un pedido", "Rápido")
    assert (await bot.heard.kind("CallbackButton")).data == "confirm:7"
    (product,) = (await bot.heard.message("order")).order.products
    assert (product.sku, product.quantity, product.price, product.currency) == ("JIT-1", 2, 24.5, "MXN")
    flow = await bot.heard.kind("FlowCompletion")
    assert (flow.token, flow.response["nombre"]) == ("token", "Lupita")
    assert (await bot.heard.message("unsupported")).unsupported is not None


async def test_pywa_understands_statuses_edits_and_changes_of_number(bot: Bot) -> None:
    first = await bot.shop.customer_writes("2 kg")
    sent = await bot.client.send_message(TO, "¡Va!", tracker="outbox-8")
    await bot.shop.call("POST", f"/phone/api/chats/{LUPITA.wa_id}/1001/seen")
    for status in ("sent", "delivered", "read"):
        update = await bot.heard.first(lambda it, s=status: getattr(it, "status", None) == s and it.id == sent.id)
        assert update.tracker == "outbox-8"
    await bot.shop.customer_does({"type": "edit", "message_wamid": first, "text": "3 kg"})
    await bot.shop.customer_does({"type": "revoke", "message_wamid": first})
    await bot.shop.call("POST", f"/sim/customers/{LUPITA.wa_id}/phone", json={"wa_id": "5215599990000"})

    assert (await bot.heard.kind("EditedMessage")).message.text == "3 kg"
    assert (await bot.heard.kind("DeletedMessage")) is not None
    moved = await bot.heard.kind("PhoneNumberChange")
    assert (moved.old_wa_id, moved.new_wa_id) == (LUPITA.wa_id, "5215599990000")


async def test_the_shop_looks_after_its_number_with_pywa(bot: Bot) -> None:
    await bot.shop.customer_writes()
    client = bot.client
    number = await client.get_business_phone_number()
    assert (number.id, number.status, number.throughput["level"]) == ("1001", "CONNECTED", "STANDARD")
    assert number.health_status["can_send_message"] == "AVAILABLE"
    assert [listed.id for listed in await client.get_business_phone_numbers()] == ["1001"]
    assert (await client.get_business_account()).id == "9001"

    assert await client.update_business_profile(about="Abierto de 8 a 9", websites=["https://ejemplo.mx"])
    profile = await client.get_business_profile()
    assert (profile.about, profile.websites) == ("Abierto de 8 a 9", ("https://ejemplo.mx",))
    assert await client.update_commerce_settings(is_catalog_visible=True)
    assert (await client.get_commerce_settings()).is_catalog_visible
    assert await client.update_conversational_automation(["¿Qué hay hoy?"], [types.Command("menu", "Ver el menú")])
    assert (await client.block_users([TO])).added_users
    assert [user.wa_id for user in await client.get_blocked_users()] == [LUPITA.wa_id]
    assert await client.unblock_users([TO])
    assert await client.register_phone_number("123456")


async def test_pywa_gets_metas_errors_as_its_own(bot: Bot) -> None:
    with pytest.raises(WhatsAppError) as too_fast:
        await bot.client.send_message("+15550131056", "Hola")
    assert too_fast.value.code == 131056
    later = await bot.client.send_message("+15560131026", "Hola")
    failed = await bot.heard.first(lambda update: getattr(update, "status", None) == "failed" and update.id == later.id)
    assert failed.error.code == 131026
