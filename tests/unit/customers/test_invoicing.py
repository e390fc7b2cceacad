"""RFC, regime and use as the SAT wants them, out of what customers type."""

import pytest

from marchante.customers.invoice_text import found_in
from marchante.customers.invoicing import InvoiceForm, read_tax_id, regimes_for
from marchante.foundation.kernel.errors import Invalid

# The SAT publishes these for tests.
PERSON, COMPANY = "CACX7605101P8", "EKU9003173C9"


@pytest.mark.parametrize(
    "typed", [PERSON, COMPANY, "GODE561231GR8", "SAT970701NN3", "cacx-760510-1p8", "XIA 190128 J61"]
)
def test_an_rfc_is_good_when_its_last_character_fits_the_others(typed: str):
    assert read_tax_id(typed) == typed.upper().replace("-", "").replace(" ", "")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("CACX7605101P9", "check_digit"),
        ("CACX7613101P8", "malformed"),
        ("CACX760510", "malformed"),
        ("XAXX010101000", "generic"),
        ("XEXX010101000", "generic"),
    ],
)
def test_what_is_no_rfc_to_invoice_says_why(typed: str, fault: str):
    with pytest.raises(Invalid) as refused:
        read_tax_id(typed)
    assert refused.value.code == fault


@pytest.mark.parametrize(
    "text",
    [
        "CACX7605101P8, Xochilt Casas Chávez, 36257, 612, G03",
        "RFC: CACX7605101P8\nNombre: Xochilt Casas Chávez\nCP 36257\nRégimen 612\nUso: gastos en general",
        "cacx7605101p8 Xochilt Casas Chávez 36257 honorarios gastos en general",
        "Xochilt Casas Chávez; C.P. 36257; actividad empresarial; G03; RFC CACX760510 1P8",
    ],
)
def test_all_the_data_come_in_one_text_in_any_order(text: str):
    found, fault = found_in(text)
    assert fault is None
    assert found == InvoiceForm(PERSON, "XOCHILT CASAS CHÁVEZ", "36257", "612", "G03")


def test_a_company_keeps_the_comma_of_its_name():
    found, _ = found_in("Abarrotes del Centro, S.A. de C.V., EKU9003173C9, cp 42501, general de ley, G01")
    assert found == InvoiceForm(COMPANY, "ABARROTES DEL CENTRO, S.A. DE C.V.", "42501", "601", "G01")


def test_a_regime_that_the_rfc_cannot_have_is_asked_again():
    assert "612" in regimes_for(PERSON)
    assert "612" not in regimes_for(COMPANY)
    form = InvoiceForm().with_what(found_in("EKU9003173C9, Escuela Kemper, 42501, 612, G03")[0])
    assert form.missing == ("regime",)


def test_whoever_lives_of_wages_can_only_have_one_use():
    form = InvoiceForm(PERSON, "ANA", "36257").with_what(found_in("sueldos y salarios")[0])
    assert form.complete() is not None
    assert form.use == "S01"


def test_a_question_holds_no_data():
    for text in ("hola, ¿me facturas?", "¿me puedes hacer una factura por favor?", "2 kg de jitomate"):
        found, fault = found_in(text)
        assert (found.rfc, found.zip_code, found.regime, found.use, fault) == ("", "", "", "", None)


@pytest.mark.parametrize("text", ["ay perdón es RUA120315AB8", "me equivoqué, mi RFC es RUA120315AB8"])
def test_what_goes_before_an_rfc_said_again_is_no_name(text: str):
    said, fault = found_in(text)
    assert fault is None
    assert (said.rfc, said.name) == ("RUA120315AB8", "")
