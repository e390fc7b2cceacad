"""What we send is valid by Meta's limits from the moment it is made."""

import pytest

from marchante.channels.whatsapp.messages import (
    Button,
    CallToAction,
    Contact,
    ContactRequest,
    Contacts,
    Document,
    FlowMessage,
    Image,
    ListMenu,
    Location,
    LocationRequest,
    MessageLimitError,
    ProductList,
    ProductSection,
    ReactionTo,
    Recipient,
    ReplyButtons,
    Row,
    Section,
    Sticker,
    Template,
    TemplateComponent,
    Text,
    TextParameter,
    Video,
    frame,
)

YES = Button("cart:7:confirm", "Confirmar")
ROW = Row("product:15", "Jitomate", "$24.00 kg")
LINK = "https://tienda.example.mx/pago"


def buttons(count):
    return tuple(Button(f"id{n}", f"Título {n}") for n in range(count))


def rows(count, start=0):
    return tuple(Row(f"row{n}", f"Producto {n}") for n in range(start, start + count))


def products(count):
    return tuple(f"sku{n}" for n in range(count))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Text("ñ" * 4096),
        lambda: ReplyButtons("b" * 1024, buttons(3), header="h" * 60, footer="f" * 60),
        lambda: Button("i" * 256, "t" * 20),
        lambda: ListMenu("b" * 1024, "v" * 20, tuple(Section("s" * 24, rows(1, n)) for n in range(10))),
        lambda: Row("i" * 200, "t" * 24, "d" * 72),
        lambda: CallToAction("b", "l" * 20, LINK),
        lambda: Image(media_id="1", caption="c" * 1024),
        lambda: ProductList("h", "b", "1", tuple(ProductSection(f"s{n}", products(3)) for n in range(10))),
        lambda: Contacts(tuple(Contact("Beto") for _ in range(257))),
        lambda: Template("a" * 512, "es"),
        lambda: TextParameter("a    b"),
        lambda: Text("🍅" * 4096),
    ],
)
def test_what_is_exactly_at_its_limit_is_accepted(make):
    assert make() is not None


REFUSED = [
    (lambda: Text("ñ" * 4097), "too_long", "text.body", 4096, 4097),
    (lambda: Text(" \n"), "empty", "text.body", 4096, 0),
    (lambda: Button("i", "t" * 21), "too_long", "button.title", 20, 21),
    (lambda: Button("i" * 257, "t"), "too_long", "button.id", 256, 257),
    (lambda: Button(" i", "t"), "format", "button.id", None, None),
    (lambda: Button("", "t"), "empty", "button.id", 256, 0),
    (lambda: ReplyButtons("b", ()), "too_few", "buttons", 1, 0),
    (lambda: ReplyButtons("b", buttons(4)), "too_many", "buttons", 3, 4),
    (lambda: ReplyButtons("b", (YES, Button("x", "Confirmar"))), "duplicate", "button.title", None, None),
    (lambda: ReplyButtons("b", (YES, Button(YES.id, "No"))), "duplicate", "button.id", None, None),
    (lambda: ReplyButtons("b" * 1025, (YES,)), "too_long", "interactive.body", 1024, 1025),
    (lambda: ReplyButtons("", (YES,)), "empty", "interactive.body", 1024, 0),
    (lambda: ReplyButtons("b", (YES,), header="h" * 61), "too_long", "interactive.header", 60, 61),
    (lambda: ReplyButtons("b", (YES,), footer="f" * 61), "too_long", "interactive.footer", 60, 61),
    (
        lambda: ReplyButtons("b", (YES,), header=Image(media_id="1", caption="c")),
        "not_allowed",
        "interactive.header.caption",
        None,
        None,
    ),
    (lambda: Row("i" * 201, "t"), "too_long", "row.id", 200, 201),
    (lambda: Row("i", "t" * 25), "too_long", "row.title", 24, 25),
    (lambda: Row("i", "t", "d" * 73), "too_long", "row.description", 72, 73),
    (lambda: Section("s" * 25, (ROW,)), "too_long", "section.title", 24, 25),
    (lambda: Section("s", ()), "too_few", "section.rows", 1, 0),
    (lambda: Section("s", rows(11)), "too_many", "section.rows", 10, 11),
    (lambda: ListMenu("b", "v" * 21, (Section("", (ROW,)),)), "too_long", "action.button", 20, 21),
    (lambda: ListMenu("b", "Ver", ()), "too_few", "sections", 1, 0),
    (
        lambda: ListMenu("b", "Ver", tuple(Section(f"s{n}", rows(1, n)) for n in range(11))),
        "too_many",
        "sections",
        10,
        11,
    ),
    (lambda: ListMenu("b", "Ver", (Section("a", rows(6)), Section("b", rows(5, 6)))), "too_many", "rows", 10, 11),
    (lambda: ListMenu("b", "Ver", (Section("a", rows(1)), Section("b", rows(1)))), "duplicate", "row.id", None, None),
    (
        lambda: ListMenu("b", "Ver", (Section("a", rows(1)), Section("", rows(1, 1)))),
        "required",
        "section.title",
        None,
        None,
    ),
    (lambda: ListMenu("b" * 1025, "Ver", (Section("", (ROW,)),)), "too_long", "interactive.body", 1024, 1025),
    (lambda: CallToAction("b", "l" * 21, LINK), "too_long", "action.display_text", 20, 21),
    (lambda: CallToAction("b", "l", "javascript:alert(1)"), "format", "action.url", None, None),
    (lambda: CallToAction("b", "l", "https://a b"), "format", "action.url", None, None),
    (lambda: LocationRequest("b" * 1025), "too_long", "interactive.body", 1024, 1025),
    (lambda: ContactRequest(""), "empty", "interactive.body", 1024, 0),
    (lambda: Location(90.1, 0), "format", "location.latitude", None, None),
    (lambda: Location(0, float("nan")), "format", "location.longitude", None, None),
    (Image, "required", "image.id|link", None, None),
    (lambda: Video(media_id="1", link=LINK), "not_allowed", "video.id|link", None, None),
    (lambda: Sticker(link="file:///etc/passwd"), "format", "sticker.link", None, None),
    (lambda: Document(media_id="1", caption="c" * 1025), "too_long", "document.caption", 1024, 1025),
    (lambda: Document(media_id="1", filename=" "), "empty", "document.filename", 240, 0),
    (lambda: Contacts(()), "too_few", "contacts", 1, 0),
    (lambda: Contacts(tuple(Contact("Beto") for _ in range(258))), "too_many", "contacts", 257, 258),
    (lambda: ReactionTo("", "👍"), "empty", "reaction.message_id", 512, 0),
    (lambda: Template("Aviso", "es_MX"), "format", "template.name", None, None),
    (lambda: Template("aviso", "es-MX"), "format", "template.language", None, None),
    (lambda: TextParameter("a\nb"), "format", "parameter.text", None, None),
    (lambda: TextParameter("a     b"), "format", "parameter.text", None, None),
    (lambda: TextParameter(""), "empty", "parameter.text", 1024, 0),
    (lambda: TemplateComponent("button", ()), "required", "component.sub_type|index", None, None),
    (lambda: TemplateComponent("body", (), index=0), "not_allowed", "component.sub_type|index", None, None),
    (lambda: TemplateComponent("button", (), "url", 10), "too_many", "component.index", 9, 10),
    (lambda: ProductList("", "b", "1", (ProductSection("s", ("A",)),)), "empty", "interactive.header", 60, 0),
    (
        lambda: ProductList("h", "b", "1", (ProductSection("s", products(16)), ProductSection("t", products(15)))),
        "too_many",
        "product_items",
        30,
        31,
    ),
    (lambda: ProductSection("s", ()), "too_few", "section.product_items", 1, 0),
    (lambda: FlowMessage("b", "c" * 21, "t", flow_id="1"), "too_long", "action.flow_cta", 20, 21),
    (lambda: FlowMessage("b", "c", "t"), "required", "action.flow_id|flow_name", None, None),
    (
        lambda: FlowMessage("b", "c", "t", flow_id="1", flow_name="f"),
        "not_allowed",
        "action.flow_id|flow_name",
        None,
        None,
    ),
    (Recipient, "required", "to|recipient", None, None),
    (lambda: frame({}, Recipient("52155"), "x" * 513), "too_long", "biz_opaque_callback_data", 512, 513),
]


@pytest.mark.parametrize(("make", "code", "parameter", "limit", "length"), REFUSED)
def test_what_meta_would_refuse_cannot_be_made(make, code, parameter, limit, length):
    with pytest.raises(MessageLimitError) as refusal:
        make()
    error = refusal.value
    assert (error.code, error.parameter, error.limit, error.length) == (code, parameter, limit, length)
