"""What we send is written the way Meta documents it."""

import json
from decimal import Decimal

import pytest

from marchante.channels.whatsapp.messages import (
    ActionParameter,
    AttachmentParameter,
    Audio,
    Button,
    Contact,
    ContactPhone,
    Contacts,
    CurrencyParameter,
    DateTimeParameter,
    Document,
    Image,
    Location,
    PayloadParameter,
    ReactionTo,
    Recipient,
    ReplyButtons,
    Row,
    Sticker,
    Template,
    TemplateComponent,
    Text,
    TextParameter,
    Video,
    frame,
    payload,
    read_receipt,
    to_wire,
)

YES = Button("cart:7:confirm", "Confirmar")
ROW = Row("product:15", "Jitomate", "$24.00 kg")
LINK = "https://tienda.example.mx/pago"


WIRE = [
    (Text("Hola"), {"type": "text", "text": {"body": "Hola", "preview_url": False}}),
    (Text(LINK, preview_url=True), {"type": "text", "text": {"body": LINK, "preview_url": True}}),
    (
        Location(Decimal("19.5438"), Decimal("-96.9102"), "La tienda"),
        {"type": "location", "location": {"latitude": 19.5438, "longitude": -96.9102, "name": "La tienda"}},
    ),
    (Image(media_id="1", caption="c"), {"type": "image", "image": {"id": "1", "caption": "c"}}),
    (Video(link=LINK), {"type": "video", "video": {"link": LINK}}),
    (
        Document(link=LINK, caption="Catálogo", filename="catalogo.pdf"),
        {"type": "document", "document": {"link": LINK, "caption": "Catálogo", "filename": "catalogo.pdf"}},
    ),
    (Audio(media_id="1", voice=True), {"type": "audio", "audio": {"id": "1", "voice": True}}),
    (Audio(media_id="1"), {"type": "audio", "audio": {"id": "1"}}),
    (Sticker(media_id="1"), {"type": "sticker", "sticker": {"id": "1"}}),
    (
        Contacts((Contact("Abarrotes Lupita", (ContactPhone("+52 55 0000 0001", "5215500000001"),)), Contact("Beto"))),
        {
            "type": "contacts",
            "contacts": [
                {
                    "name": {"formatted_name": "Abarrotes Lupita", "first_name": "Abarrotes Lupita"},
                    "phones": [{"phone": "+52 55 0000 0001", "wa_id": "5215500000001", "type": "WORK"}],
                },
                {"name": {"formatted_name": "Beto", "first_name": "Beto"}},
            ],
        },
    ),
    (ReactionTo("wamid.1", "👍"), {"type": "reaction", "reaction": {"message_id": "wamid.1", "emoji": "👍"}}),
    (
        Template("aviso", "es_MX"),
        {"type": "template", "template": {"name": "aviso", "language": {"code": "es_MX"}}},
    ),
    (
        Template(
            "pedido",
            "es_MX",
            (
                TemplateComponent("header", (AttachmentParameter(Image(link=LINK)),)),
                TemplateComponent(
                    "body",
                    (
                        TextParameter("A-0042", name="folio"),
                        CurrencyParameter("$142.00", Decimal("142.00")),
                        DateTimeParameter("hoy de 5 a 7 p.m."),
                    ),
                ),
                TemplateComponent("button", (PayloadParameter("order:42"),), sub_type="quick_reply", index=0),
                TemplateComponent("button", (ActionParameter({"flow_token": "t"}),), sub_type="flow", index=1),
            ),
        ),
        {
            "type": "template",
            "template": {
                "name": "pedido",
                "language": {"code": "es_MX"},
                "components": [
                    {"type": "header", "parameters": [{"type": "image", "image": {"link": LINK}}]},
                    {
                        "type": "body",
                        "parameters": [
                            {"type": "text", "parameter_name": "folio", "text": "A-0042"},
                            {
                                "type": "currency",
                                "currency": {"fallback_value": "$142.00", "code": "MXN", "amount_1000": 142000},
                            },
                            {"type": "date_time", "date_time": {"fallback_value": "hoy de 5 a 7 p.m."}},
                        ],
                    },
                    {
                        "type": "button",
                        "sub_type": "quick_reply",
                        "index": "0",
                        "parameters": [{"type": "payload", "payload": "order:42"}],
                    },
                    {
                        "type": "button",
                        "sub_type": "flow",
                        "index": "1",
                        "parameters": [{"type": "action", "action": {"flow_token": "t"}}],
                    },
                ],
            },
        },
    ),
]


@pytest.mark.parametrize(("message", "expected"), WIRE, ids=lambda value: type(value).__name__)
def test_a_message_is_written_the_way_meta_documents_it(message, expected):
    assert payload(message) == expected
    assert json.loads(json.dumps(payload(message))) == expected


BUTTONS = ReplyButtons("¿Así?", (Button("cart:7:confirm", "Confirmar"),))


def test_the_frame_answers_to_the_phone_as_it_was_received():
    assert to_wire(Text("Hola"), Recipient("5215500000001", "MX.1"), callback_data="out:7", reply_to="wamid.1") == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+5215500000001",
        "context": {"message_id": "wamid.1"},
        "biz_opaque_callback_data": "out:7",
        "type": "text",
        "text": {"body": "Hola", "preview_url": False},
    }


def test_without_a_phone_the_frame_names_the_bsuid():
    whole = to_wire(Text("Hola"), Recipient(bsuid="MX.1"))
    assert whole["recipient"] == "MX.1"
    assert not {"to", "context", "biz_opaque_callback_data"} & set(whole)


def test_a_stored_payload_names_no_recipient_and_frames_to_the_same_request():
    stored = json.loads(json.dumps(payload(BUTTONS)))
    assert set(stored) == {"type", "interactive"}
    assert frame(stored, Recipient("52155"), "out:1") == to_wire(BUTTONS, Recipient("52155"), "out:1")


def test_a_payload_holds_nothing_postgresql_cannot_store():
    assert payload(Text("a\x00b\ud83d"))["text"]["body"] == "ab\ufffd"


def test_a_read_receipt_may_show_typing():
    plain = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}
    assert read_receipt("wamid.1", typing=False) == plain
    assert read_receipt("wamid.1", typing=True) == plain | {"typing_indicator": {"type": "text"}}
