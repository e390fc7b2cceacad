"""What a customer said, as the conversation sees it."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.fixtures.webhooks import NAMES, tree, webhook

from marchante.channels.whatsapp.inbound import (
    ButtonReply,
    ContactsMessage,
    EditedMessage,
    FlowReply,
    ListReply,
    LocationMessage,
    MediaMessage,
    OrderedItem,
    OrderMessage,
    Reaction,
    Referral,
    ReferredProduct,
    RevokedMessage,
    SharedContact,
    SharedPhone,
    SystemMessage,
    TemplateButton,
    TextMessage,
    UnsupportedMessage,
    decode_message,
)
from marchante.channels.whatsapp.wire import parse_webhook

RECEIVED = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
TARGET = "wamid.HBgNNTIxNTUwMDAwMDAwCTX"


def decoded(name, **changes):
    body = tree(name)
    message = body["entry"][0]["changes"][0]["value"]["messages"][0]
    message |= changes
    return decode_message(parse_webhook(json.dumps(body).encode(), RECEIVED).items[0].raw)


def test_a_text_has_its_words_and_its_envelope():
    message = decoded("text/plain")
    assert isinstance(message, TextMessage)
    assert message.body == "buenas, 2 kg de jitomate y 3 aguacates para la casa porfa"
    assert message.envelope.wamid == "wamid.HBgNNTIxNTUwMDAwMDAwT1"
    assert message.envelope.at == datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    assert (message.envelope.context_wamid, message.envelope.forwarded) == (None, False)


def test_accents_and_emoji_arrive_as_written():
    assert decoded("text/accents_and_emoji").body == "¿Tienen piñas? 🍍 mañana ¡gracias! 👨‍👩‍👧"


def test_what_postgresql_cannot_store_is_taken_out_of_a_text():
    assert decoded("text/nul_and_lone_surrogate").body == "ab\ufffdc"


def test_a_reply_knows_the_message_it_answers():
    assert decoded("text/reply").envelope.context_wamid == TARGET


@pytest.mark.parametrize("name", ["text/forwarded", "text/frequently_forwarded"])
def test_a_forwarded_message_says_so(name):
    assert decoded(name).envelope.forwarded is True


def test_a_question_about_a_product_names_it():
    assert decoded("text/product_enquiry").envelope.referred_product == ReferredProduct("800001", "JIT-SAL")


def test_an_advertisement_is_named_with_its_click():
    assert decoded("text/from_advertisement").envelope.referral == Referral(
        "ad", "120200001", "https://fb.me/anuncio", "Verduras frescas", "A domicilio", "ARAkLkA8"
    )


def test_an_unreadable_timestamp_stays_the_time_of_arrival_after_storage():
    assert decoded("malformed/unreadable_timestamp").envelope.at == RECEIVED


def test_taps_carry_the_id_we_gave_them():
    button, row = decoded("interactive/button_reply"), decoded("interactive/list_reply")
    assert isinstance(button, ButtonReply)
    assert (button.id, button.title) == ("cart:7:confirm", "Confirmar")
    assert isinstance(row, ListReply)
    assert (row.id, row.title, row.description) == ("product:15", "Jitomate saladette", "$24.00 kg")
    assert decoded("interactive/list_reply_without_description").description is None


@pytest.mark.parametrize("name", ["button/template_quick_reply", "button/without_context"])
def test_a_button_of_a_template_carries_its_payload(name):
    button = decoded(name)
    assert isinstance(button, TemplateButton)
    assert (button.payload, button.text) == ("order:42:confirm", "Confirmar")


def test_a_location_is_exact():
    here, place = decoded("location/answer"), decoded("location/chosen_place")
    assert isinstance(here, LocationMessage)
    assert (here.latitude, here.longitude) == (Decimal("19.5438"), Decimal("-96.9102"))
    assert (here.name, here.address, here.envelope.context_wamid) == (None, None, TARGET)
    assert (place.name, place.address) == ("Parque Juárez", "Centro, Xalapa")


@pytest.mark.parametrize("odd", [{}, {"latitude": 91, "longitude": 0}, {"latitude": "NaN", "longitude": 1}, None, [1]])
def test_a_place_outside_the_world_is_not_a_location(odd):
    assert decoded("location/answer", location=odd) == UnsupportedMessage(
        decoded("location/answer").envelope, "location", None
    )


@pytest.mark.parametrize(
    ("name", "kind", "media_id", "mime_type", "caption", "filename", "voice"),
    [
        ("image/plain", "image", "4001", "image/jpeg", None, None, False),
        ("image/caption_and_url", "image", "4001", "image/jpeg", "¿tienen de este?", None, False),
        ("audio/voice_note", "audio", "4002", "audio/ogg; codecs=opus", None, None, True),
        ("audio/file", "audio", "4003", "audio/mpeg", None, None, False),
        ("audio/old_voice_type", "audio", "4004", "audio/ogg; codecs=opus", None, None, True),
        ("video/caption", "video", "4005", "video/mp4", "así venía", None, False),
        ("document/filename", "document", "4006", "application/pdf", "lista", "lista de compras.pdf", False),
        ("sticker/animated", "sticker", "4007", "image/webp", None, None, False),
    ],
)
def test_media_say_what_they_are_and_where(name, kind, media_id, mime_type, caption, filename, voice):
    message = decoded(name)
    assert isinstance(message, MediaMessage)
    assert (message.kind, message.media_id, message.mime_type) == (kind, media_id, mime_type)
    assert (message.caption, message.filename, message.voice) == (caption, filename, voice)
    assert message.sha256


def test_shared_contacts_keep_their_phones():
    message = decoded("contacts/shared")
    assert isinstance(message, ContactsMessage)
    assert message.contacts == (
        SharedContact(
            "Doña Mary", (SharedPhone("+52 1 55 0000 0003", "5215500000003"), SharedPhone("55 0000 0004", None))
        ),
    )
    assert message.requested is False
    assert decoded("contacts/requested").requested is True


def test_a_cart_keeps_products_quantities_and_exact_prices():
    message = decoded("order/cart")
    assert isinstance(message, OrderMessage)
    assert (message.catalog_id, message.text) == ("800001", "sin cebolla")
    assert message.items == (
        OrderedItem("JIT-SAL", 2, Decimal("24.0"), "MXN"),
        OrderedItem("AGU-HAS", 3, Decimal("99.99"), "MXN"),
    )
    assert decoded("order/without_text").items == (OrderedItem("JIT-SAL", 1, Decimal("24.50"), "MXN"),)


@pytest.mark.parametrize("quantity", [0, -1, 1.5, 10_000, "dos", None, True])
def test_a_cart_with_an_unreadable_product_is_never_silently_made_smaller(quantity):
    good = {"product_retailer_id": "A", "quantity": 1, "item_price": 1, "currency": "MXN"}
    order = {"catalog_id": "8", "product_items": [good, good | {"quantity": quantity}]}
    assert isinstance(decoded("order/cart", order=order), UnsupportedMessage)


@pytest.mark.parametrize("price", [None, True, "gratis", -1, "1e999", [], "NaN"])
def test_an_unreadable_price_is_no_price(price):
    items = [{"product_retailer_id": "A", "quantity": 1, "item_price": price, "currency": "MXN"}]
    assert decoded("order/cart", order={"product_items": items}).items == (OrderedItem("A", 1, None, "MXN"),)


def test_a_form_comes_back_as_its_fields():
    message = decoded("interactive/flow_reply")
    assert isinstance(message, FlowReply)
    assert message.flow_token == "address:9"
    assert message.response == {"flow_token": "address:9", "street": "Av. Xalapa 12", "colony": "Centro"}
    assert decoded("interactive/flow_reply_without_token").flow_token is None
    assert decoded("interactive/flow_reply_not_an_object").response is None


def test_texts_inside_a_form_are_clean_too():
    reply = {"type": "nfm_reply", "nfm_reply": {"response_json": '{"a\\u0000":["\\ud83d\\u0000x"]}'}}
    assert decoded("interactive/flow_reply", interactive=reply).response == {"a": ["\ufffdx"]}


@pytest.mark.parametrize(
    ("name", "emoji"),
    [("reaction/added", "👍🏽"), ("reaction/removed", None), ("reaction/removed_with_empty_emoji", None)],
)
def test_a_reaction_is_added_or_taken_back(name, emoji):
    message = decoded(name)
    assert isinstance(message, Reaction)
    assert (message.message_id, message.emoji) == (TARGET, emoji)


@pytest.mark.parametrize(
    ("name", "kind", "wa_id", "bsuid"),
    [
        ("system/changed_number", "user_changed_number", "5215500000009", None),
        ("system/changed_number_older_form", "user_changed_number", "5215500000009", None),
        ("system/changed_user_id", "user_changed_user_id", None, "MX.13490000000002"),
        ("system/identity_changed", "customer_identity_changed", "5215500000001", None),
    ],
)
def test_news_about_the_customer_name_the_new_identity(name, kind, wa_id, bsuid):
    message = decoded(name)
    assert isinstance(message, SystemMessage)
    assert (message.kind, message.new_wa_id, message.new_bsuid) == (kind, wa_id, bsuid)


def test_a_correction_names_the_message_it_replaces():
    text, caption = decoded("edit/text"), decoded("edit/caption")
    assert isinstance(text, EditedMessage)
    assert (text.original_wamid, text.body) == ("wamid.HBgNNTIxNTUwMDAwMDAwT1", "mejor 3 kg")
    assert caption.body == "de este otro"


def test_a_deleted_message_is_named():
    message = decoded("revoke/text")
    assert isinstance(message, RevokedMessage)
    assert message.original_wamid == "wamid.HBgNNTIxNTUwMDAwMDAwT1"


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("unsupported/poll", "poll_creation", 131051),
        ("unsupported/without_type", "unsupported", 131051),
        ("unsupported/old_unknown", "unknown", 130501),
        ("unsupported/unavailable", "unsupported", 131060),
        ("unsupported/future_type", "hologram", None),
        ("unsupported/request_welcome", "request_welcome", None),
        ("interactive/call_permission_reply", "interactive.call_permission_reply", None),
        ("interactive/missing_object_with_errors", "interactive.unknown", None),
        ("malformed/type_and_object_disagree", "text", None),
    ],
)
def test_what_we_cannot_act_on_says_what_it_was(name, kind, code):
    message = decoded(name)
    assert isinstance(message, UnsupportedMessage)
    assert (message.kind, message.code) == (kind, code)


@pytest.mark.parametrize("name", [name for name in NAMES if name.partition("/")[0] not in {"unsupported", "malformed"}])
def test_every_supported_kind_is_understood(name):
    for item in parse_webhook(webhook(name), RECEIVED).items:
        if not hasattr(item, "sender") or name.endswith(("call_permission_reply", "missing_object_with_errors")):
            continue
        assert not isinstance(decode_message(item.raw), UnsupportedMessage)


def test_an_echo_decodes_like_a_message():
    (item,) = parse_webhook(webhook("echo/text"), RECEIVED).items
    assert decode_message(item.raw).body == "Yo le atiendo, Lupita"


def test_stored_bytes_that_are_no_message_decode_to_an_unsupported_one():
    message = decode_message(b"\x00 not json")
    assert isinstance(message, UnsupportedMessage)
    assert (message.kind, message.envelope.wamid) == ("unknown", "")
    assert message.envelope.at == datetime(1970, 1, 1, tzinfo=UTC)
