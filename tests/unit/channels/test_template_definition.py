"""Templates of ours: registered and filled in from one definition."""

import pytest

from marchante.channels.whatsapp.messages import MessageLimitError, payload
from marchante.channels.whatsapp.template_definition import TemplateDefinition
from marchante.conversations.replies.es.templates import ALL, CAMPAIGN, NEW_ORDER


def test_a_filled_template_names_its_variables():
    message = payload(NEW_ORDER.filled(folio="A-0001", customer="Lupita", total="$142.00"))
    assert message["template"]["components"] == [
        {
            "type": "body",
            "parameters": [
                {"type": "text", "parameter_name": "folio", "text": "A-0001"},
                {"type": "text", "parameter_name": "customer", "text": "Lupita"},
                {"type": "text", "parameter_name": "total", "text": "$142.00"},
            ],
        }
    ]


@pytest.mark.parametrize("name", ["Lupita\nRojas", "a" * 900, "", "x" + " " * 9 + "y", "\t"])
def test_whatever_a_customer_is_called_the_template_can_be_sent(name: str):
    assert payload(NEW_ORDER.filled(folio="A-0001", customer=name, total="$1.00"))


def test_a_missing_value_is_refused():
    with pytest.raises(MessageLimitError):
        NEW_ORDER.filled(folio="A-0001")


def test_examples_and_variables_must_agree():
    with pytest.raises(MessageLimitError):
        TemplateDefinition("x", "Hola {{name}}", ())


@pytest.mark.parametrize(
    ("body", "examples"),
    [
        ("{{shop}} te saluda", (("shop", "x"),)),
        ("Te saluda {{shop}}", (("shop", "x"),)),
        ("Hola de {{a}} {{b}} y todos los demás", (("a", "x"), ("b", "x"))),
        ("Va {{a}}, {{b}}, {{c}}.", (("a", "x"), ("b", "x"), ("c", "x"))),
        ("Hola {{Name}} y gracias", ()),
        ("Hola {{name}} y gracias", (("name", " "),)),
        ("a" * 1025, ()),
        ("", ()),
    ],
)
def test_what_meta_would_refuse_cannot_be_defined(body, examples):
    with pytest.raises(MessageLimitError):
        TemplateDefinition("x", body, examples)


def test_a_name_and_a_footer_have_limits_too():
    with pytest.raises(MessageLimitError):
        TemplateDefinition("Promo", "Hola", ())
    with pytest.raises(MessageLimitError):
        TemplateDefinition("promo", "Hola", (), footer="x" * 61)


@pytest.mark.parametrize("template", ALL, ids=lambda each: each.name)
def test_every_template_is_in_mexican_spanish_and_only_the_campaign_is_marketing(template):
    assert template.language == "es_MX"
    assert (template.category == "MARKETING") is (template is CAMPAIGN)
    assert template.as_created()["parameter_format"] == "NAMED"


def test_a_campaign_tells_how_to_get_no_more_of_them():
    assert "BAJA" in CAMPAIGN.as_created()["components"][-1]["text"]
