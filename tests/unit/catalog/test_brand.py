"""Seals and colors of shops."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.catalog.brand import PALETTES, initials
from marchante.companies.domain import BusinessType


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Abarrotes Doña Lupita", "DL"),
        ("Frutas y Verduras El Güero", "G"),
        ("Agua Purificada Manantial del Valle", "MV"),
        ("Ferretería El Tornillo Feliz", "TF"),
        ("Tintorería y Lavandería Burbujas", "B"),
        ("La Tienda", "LT"),
        ("Ñero's 24 horas", "Ñ2"),
        ("¡Órale! Abarrotes", "Ó"),
        ("7 Soles", "7S"),
        ("漢字", ""),
        ("", ""),
    ],
)
def test_a_seal_has_the_initials_of_the_name_and_not_of_the_trade(name, letters):
    assert initials(name) == letters


@given(st.text(max_size=40))
def test_any_name_has_at_most_two_initials(name):
    assert len(initials(name)) <= 4  # "ß" and its like are written with two capitals


def luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("business_type", BusinessType)
def test_every_text_can_be_read_on_its_ground(business_type):
    colors = PALETTES[business_type]
    for text, ground in (
        ("#ffffff", colors.main),
        ("#ffffff", colors.deep),
        (colors.main, colors.tint),
        (colors.deep, "#ffffff"),
        (colors.ink, colors.tint),
    ):
        assert contrast(text, ground) >= 4.5
