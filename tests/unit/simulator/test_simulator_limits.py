"""Each documented limit: taken at the edge, refused one step beyond, with the parameter named."""

from typing import Any

import pytest
import sendable as s

from marchante.simulator.errors import GraphError
from marchante.simulator.limits import check_message

Request = dict[str, Any]


def refusal(request: Request) -> GraphError:
    with pytest.raises(GraphError) as caught:
        check_message(request)
    return caught.value


@pytest.mark.parametrize(
    ("at_the_edge", "beyond", "parameter"),
    [
        (s.text("á" * 4096), s.text("á" * 4097), "text.body"),
        (s.text(biz_opaque_callback_data="x" * 512), s.text(biz_opaque_callback_data="x" * 513), "biz_opaque"),
        (
            s.send("image", {"id": "1", "caption": "x" * 1024}),
            s.send("image", {"id": "1", "caption": "x" * 1025}),
            "image.caption",
        ),
        (
            s.send("video", {"id": "1", "caption": "x" * 1024}),
            s.send("video", {"id": "1", "caption": "x" * 1025}),
            "video.caption",
        ),
        (
            s.send("document", {"id": "1", "caption": "x" * 1024}),
            s.send("document", {"id": "1", "caption": "x" * 1025}),
            "document.caption",
        ),
        (s.listing(body="x" * 1024), s.listing(body="x" * 1025), "interactive.body.text"),
        (s.listing(footer={"text": "x" * 60}), s.listing(footer={"text": "x" * 61}), "interactive.footer.text"),
        (
            s.listing(header={"type": "text", "text": "x" * 60}),
            s.listing(header={"type": "text", "text": "x" * 61}),
            "interactive.header.text",
        ),
        (s.listing(button="x" * 20), s.listing(button="x" * 21), "interactive.action.button"),
        (s.listing(s.sections(*[1] * 10)), s.listing(s.sections(*[1] * 11)), "interactive.action.sections"),
        (s.listing(s.sections(10)), s.listing(s.sections(11)), "interactive.action.sections[0].rows"),
        (s.listing(s.sections(4, 6)), s.listing(s.sections(5, 6)), "interactive.action.sections"),
        (
            s.listing([{"title": "x" * 24, "rows": [s.row()]}]),
            s.listing([{"title": "x" * 25, "rows": [s.row()]}]),
            "sections[0].title",
        ),
        (s.listing([{"rows": [s.row(id="x" * 200)]}]), s.listing([{"rows": [s.row(id="x" * 201)]}]), "rows[0].id"),
        (
            s.listing([{"rows": [s.row(title="x" * 24)]}]),
            s.listing([{"rows": [s.row(title="x" * 25)]}]),
            "rows[0].title",
        ),
        (
            s.listing([{"rows": [s.row(description="x" * 72)]}]),
            s.listing([{"rows": [s.row(description="x" * 73)]}]),
            "rows[0].description",
        ),
        (
            s.buttons(s.button(1), s.button(2), s.button(3)),
            s.buttons(*[s.button(n) for n in range(4)]),
            "action.buttons",
        ),
        (s.buttons(s.button(title="x" * 20)), s.buttons(s.button(title="x" * 21)), "buttons[0].reply.title"),
        (s.buttons(s.button(id="x" * 256)), s.buttons(s.button(id="x" * 257)), "buttons[0].reply.id"),
        (s.buttons(body="x" * 1024), s.buttons(body="x" * 1025), "interactive.body.text"),
        (s.buttons(footer={"text": "x" * 60}), s.buttons(footer={"text": "x" * 61}), "interactive.footer.text"),
        (s.link("x" * 20), s.link("x" * 21), "parameters.display_text"),
        (s.link(body="x" * 1024), s.link(body="x" * 1025), "interactive.body.text"),
        (s.flow(flow_cta="x" * 20), s.flow(flow_cta="x" * 21), "parameters.flow_cta"),
        (s.product_list(15, 15), s.product_list(15, 16), "action.sections"),
        (s.product_list(*[1] * 10), s.product_list(*[1] * 11), "action.sections"),
        (s.carousel(*[s.card(n) for n in range(10)]), s.carousel(*[s.card(n) for n in range(11)]), "action.cards"),
        (s.carousel(s.card(0), s.card(1)), s.carousel(s.card(0)), "action.cards"),
        (
            s.carousel(s.card(0, body={"text": "x" * 160}), s.card(1)),
            s.carousel(s.card(0, body={"text": "x" * 161}), s.card(1)),
            "cards[0].body.text",
        ),
        (
            s.carousel(s.card(0, body={"text": "a\nb\nc"}), s.card(1)),
            s.carousel(s.card(0, body={"text": "a\nb\nc\nd"}), s.card(1)),
            "cards[0].body.text",
        ),
        (
            s.send("location", {"latitude": 90, "longitude": -180}),
            s.send("location", {"latitude": 90.1, "longitude": 0}),
            "location.latitude",
        ),
        (s.template(name="a" * 512), s.template(name="a" * 513), "template.name"),
        (s.template(s.body_parameter("uno    dos")), s.template(s.body_parameter("uno     dos")), "parameters[0].text"),
    ],
)
def test_a_limit_holds_at_its_edge_and_not_one_step_further(
    at_the_edge: Request, beyond: Request, parameter: str
) -> None:
    check_message(at_the_edge)

    error = refusal(beyond)

    assert error.code in {131009, 132018}
    assert error.http_status == 400
    assert parameter in error.details


@pytest.mark.parametrize(
    ("request_", "parameter"),
    [
        ({"messaging_product": "whatsapp", "type": "text", "text": {"body": "Hola"}}, "to"),
        (s.send("text", {}), "text.body"),
        ({"messaging_product": "whatsapp", "to": "+5215512345678", "type": "text"}, "text"),
        (s.send("interactive", {"type": "list", "body": {"text": "Hola"}}), "interactive.action"),
        (s.listing(body=None), "interactive.body"),
        (s.listing([{"title": "Uno", "rows": [s.row(1)]}, {"rows": [s.row(2)]}]), "sections[1].title"),
        (s.listing([{"rows": [{"id": "1"}]}]), "rows[0].title"),
        (s.buttons({"type": "reply", "reply": {"title": "Sí"}}), "reply.id"),
        (s.send("image", {"caption": "sin archivo"}), "image.id"),
        (s.send("reaction", {"message_id": "wamid.1"}), "reaction.emoji"),
        (s.send("contacts", [{"name": {"formatted_name": "Lupita"}}]), "contacts[0].name.first_name"),
        (s.text(context={}), "context.message_id"),
        (s.interactive("product_list", {"catalog_id": "c", "sections": []}), "interactive.header"),
        (s.template({"type": "button", "sub_type": "url", "parameters": []}), "components[0].index"),
    ],
)
def test_a_missing_parameter_is_refused_by_its_name(request_: Request, parameter: str) -> None:
    error = refusal(request_)

    assert error.code == 131008
    assert f"'{parameter}'" in error.details or error.details.endswith(f"{parameter}' is mandatory")


@pytest.mark.parametrize(
    ("request_", "code", "parameter"),
    [
        (s.listing([{"rows": [s.row(1), s.row(1, title="Otro")]}]), 131009, "rows[1].id"),
        (s.buttons(s.button(1), s.button(2, title="Botón 1")), 131009, "buttons[1].reply.title"),
        (s.buttons(s.button(1), s.button(2, id="b1")), 131009, "buttons[1].reply.id"),
        (s.buttons(s.button(id="si ")), 131009, "buttons[0].reply.id"),
        (s.listing(header={"type": "image", "image": {"id": "1"}}), 100, "interactive.header.type"),
        (s.interactive("location_request_message", {"name": "send_location"}, footer={"text": "x"}), 100, "footer"),
        (
            s.interactive(
                "product", {"catalog_id": "1", "product_retailer_id": "2"}, header={"type": "text", "text": "x"}
            ),
            100,
            "header",
        ),
        (s.interactive("adivina", {}), 100, "interactive.type"),
        (s.send("telegrama", {}), 100, "type"),
        (s.send("audio", {"id": "1", "caption": "no"}), 100, "audio"),
        (s.send("text", {"body": "Hola", "bodi": "Hola"}), 100, "text"),
        (s.send("image", {"id": "1", "link": "https://ejemplo.mx/1.png"}), 131009, "image.link"),
        (s.send("image", {"link": "ftp://ejemplo.mx/1.png"}), 131009, "image.link"),
        (s.link(url="mapa"), 131009, "parameters.url"),
        (s.flow(flow_name="registro"), 131009, "parameters.flow_id"),
        (s.carousel(s.card(0), s.card(2)), 131009, "cards[1].card_index"),
        (s.text("   "), 131009, "text.body"),
        (s.listing(footer=None), 100, "interactive.footer"),
        (s.listing([{"rows": [s.row(description=None)]}]), 100, "rows.0.description"),
        (s.text(12), 131009, "text.body"),
        (s.text(recipient_type="group"), 100, "recipient_type"),
        (s.template(name="Pedido Listo"), 131009, "template.name"),
        (s.template(s.body_parameter("uno\ndos")), 132018, "parameters[0].text"),
        (s.send("location", {"latitude": "aquí", "longitude": 0}), 131009, "location.latitude"),
    ],
)
def test_what_meta_does_not_take_is_refused_by_its_name(request_: Request, code: int, parameter: str) -> None:
    error = refusal(request_)

    assert error.code == code
    assert parameter in error.details


def test_a_request_that_is_not_for_whatsapp_is_refused() -> None:
    request = s.text()
    del request["messaging_product"]

    assert refusal(request).message == "(#100) The parameter messaging_product is required."


def test_an_emoji_counts_as_one_character() -> None:
    check_message(s.buttons(s.button(title="🥑" * 20)))


@pytest.mark.parametrize(
    "request_",
    [
        s.send("audio", {"id": "1", "voice": True}),
        s.send("sticker", {"link": "https://ejemplo.mx/1.webp"}),
        s.send("reaction", {"message_id": "wamid.1", "emoji": ""}),
        s.send("contacts", [{"name": {"formatted_name": "Lupita", "first_name": "Lupita"}}]),
        s.interactive("location_request_message", {"name": "send_location"}),
        s.interactive("request_contact_info", {"name": "request_contact_info"}),
        s.interactive("catalog_message", {"name": "catalog_message"}),
        s.interactive("product", {"catalog_id": "1", "product_retailer_id": "2"}, body=None),
        s.buttons(header={"type": "document", "document": {"link": "https://ejemplo.mx/c.pdf", "filename": "c.pdf"}}),
        s.template(
            s.body_parameter("Lupita"),
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "0",
                "parameters": [{"type": "payload", "payload": "ver"}],
            },
        ),
        {"messaging_product": "whatsapp", "recipient": "MX.123", "text": {"body": "Hola"}},
    ],
)
def test_every_kind_of_message_the_documentation_shows_is_taken(request_: Request) -> None:
    check_message(request_)
