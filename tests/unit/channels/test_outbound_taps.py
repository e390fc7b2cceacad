"""Messages a customer answers with a tap are written the way Meta documents them."""

import json

import pytest

from marchante.channels.whatsapp.messages import (
    Button,
    CallToAction,
    CatalogMessage,
    ContactRequest,
    Document,
    FlowMessage,
    Image,
    ListMenu,
    LocationRequest,
    ProductList,
    ProductMessage,
    ProductSection,
    ReplyButtons,
    Row,
    Section,
    payload,
)

YES = Button("cart:7:confirm", "Confirmar")
ROW = Row("product:15", "Jitomate", "$24.00 kg")
LINK = "https://tienda.example.mx/pago"


WIRE = [
    (
        ReplyButtons("¿Así?", (YES,), header="Tu pedido", footer="Precios con IVA"),
        {
            "type": "interactive",
            "interactive": {
                "type": "button",
                "header": {"type": "text", "text": "Tu pedido"},
                "body": {"text": "¿Así?"},
                "footer": {"text": "Precios con IVA"},
                "action": {"buttons": [{"type": "reply", "reply": {"id": "cart:7:confirm", "title": "Confirmar"}}]},
            },
        },
    ),
    (
        ReplyButtons("¿Así?", (YES,), header=Document(media_id="9", filename="ticket.pdf")),
        {
            "type": "interactive",
            "interactive": {
                "type": "button",
                "header": {"type": "document", "document": {"id": "9", "filename": "ticket.pdf"}},
                "body": {"text": "¿Así?"},
                "action": {"buttons": [{"type": "reply", "reply": {"id": "cart:7:confirm", "title": "Confirmar"}}]},
            },
        },
    ),
    (
        ListMenu("¿Qué buscas?", "Ver", (Section("", (ROW, Row("p:2", "Papa"))),)),
        {
            "type": "interactive",
            "interactive": {
                "type": "list",
                "body": {"text": "¿Qué buscas?"},
                "action": {
                    "button": "Ver",
                    "sections": [
                        {
                            "rows": [
                                {"id": "product:15", "title": "Jitomate", "description": "$24.00 kg"},
                                {"id": "p:2", "title": "Papa"},
                            ]
                        }
                    ],
                },
            },
        },
    ),
    (
        LocationRequest("¿Dónde te entregamos?"),
        {
            "type": "interactive",
            "interactive": {
                "type": "location_request_message",
                "body": {"text": "¿Dónde te entregamos?"},
                "action": {"name": "send_location"},
            },
        },
    ),
    (
        ContactRequest("¿Nos compartes tu teléfono?"),
        {
            "type": "interactive",
            "interactive": {
                "type": "request_contact_info",
                "body": {"text": "¿Nos compartes tu teléfono?"},
                "action": {"name": "request_contact_info"},
            },
        },
    ),
    (
        CallToAction("Paga aquí", "Pagar", LINK, header=Image(link=LINK)),
        {
            "type": "interactive",
            "interactive": {
                "type": "cta_url",
                "header": {"type": "image", "image": {"link": LINK}},
                "body": {"text": "Paga aquí"},
                "action": {"name": "cta_url", "parameters": {"display_text": "Pagar", "url": LINK}},
            },
        },
    ),
    (
        ProductMessage("800001", "JIT-SAL", body="Recién llegado"),
        {
            "type": "interactive",
            "interactive": {
                "type": "product",
                "body": {"text": "Recién llegado"},
                "action": {"catalog_id": "800001", "product_retailer_id": "JIT-SAL"},
            },
        },
    ),
    (
        ProductList("Ofertas", "De hoy", "800001", (ProductSection("Verduras", ("A", "B")),)),
        {
            "type": "interactive",
            "interactive": {
                "type": "product_list",
                "header": {"type": "text", "text": "Ofertas"},
                "body": {"text": "De hoy"},
                "action": {
                    "catalog_id": "800001",
                    "sections": [
                        {
                            "title": "Verduras",
                            "product_items": [{"product_retailer_id": "A"}, {"product_retailer_id": "B"}],
                        }
                    ],
                },
            },
        },
    ),
    (
        CatalogMessage("Todo", "A", footer="Precios con IVA"),
        {
            "type": "interactive",
            "interactive": {
                "type": "catalog_message",
                "body": {"text": "Todo"},
                "footer": {"text": "Precios con IVA"},
                "action": {"name": "catalog_message", "parameters": {"thumbnail_product_retailer_id": "A"}},
            },
        },
    ),
    (
        FlowMessage("Tu dirección", "Llenar", "address:9", flow_id="55", screen="ADDRESS", data={"zip": "91000"}),
        {
            "type": "interactive",
            "interactive": {
                "type": "flow",
                "body": {"text": "Tu dirección"},
                "action": {
                    "name": "flow",
                    "parameters": {
                        "flow_message_version": "3",
                        "flow_id": "55",
                        "flow_cta": "Llenar",
                        "flow_token": "address:9",
                        "flow_action": "navigate",
                        "flow_action_payload": {"screen": "ADDRESS", "data": {"zip": "91000"}},
                    },
                },
            },
        },
    ),
    (
        FlowMessage("Tu dirección", "Llenar", "address:9", flow_name="direccion", draft=True),
        {
            "type": "interactive",
            "interactive": {
                "type": "flow",
                "body": {"text": "Tu dirección"},
                "action": {
                    "name": "flow",
                    "parameters": {
                        "flow_message_version": "3",
                        "flow_name": "direccion",
                        "flow_cta": "Llenar",
                        "flow_token": "address:9",
                        "mode": "draft",
                        "flow_action": "data_exchange",
                    },
                },
            },
        },
    ),
]


@pytest.mark.parametrize(("message", "expected"), WIRE, ids=lambda value: type(value).__name__)
def test_a_message_is_written_the_way_meta_documents_it(message, expected):
    assert payload(message) == expected
    assert json.loads(json.dumps(payload(message))) == expected
