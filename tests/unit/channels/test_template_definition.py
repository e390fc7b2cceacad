"""Templates of ours: registered and filled in from one definition."""

import pytest

from marchante.channels.whatsapp.messages import MessageLimitError, payload
from marchante.channels.whatsapp.template_definition import TemplateDefinition
from marchante.conversations.replies.es.templates import ALL, NEW_ORDER


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


@pytest.mark.parametrize("template", ALL, ids=lambda each: each.name)
def test_every_template_is_a_utility_in_mexican_spanish_that_neither_begins_nor_ends_with_a_variable(template):
    assert (template.language, template.category) == ("es_MX", "UTILITY")
    assert not template.body.startswith("{{")
    assert not template.body.endswith("}}")
    assert template.as_created()["parameter_format"] == "NAMED"
