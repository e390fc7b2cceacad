"""What WhatsApp lets nobody sell, and what only sounds like it."""

import json
from pathlib import Path

import pytest

from marchante.catalog.commerce_policy import RULES, forbidden

KNOWN = Path(__file__).parents[2] / "understanding" / "known" / "catalogs"


@pytest.mark.parametrize(
    ("name", "category", "code"),
    [
        ("Cerveza Indio lata 355 ml", "", "alcohol"),
        ("Sol 1.2 L", "Cervezas", "alcohol"),
        ("CAGUAMA VICTORIA", "", "alcohol"),
        ("Tequila sabor mango", "", "alcohol"),
        ("Vino tinto L.A. Cetto", "", "alcohol"),
        ("Marlboro rojos 20", "Cigarros", "tobacco"),
        ("Vapeador mango", "", "tobacco"),
        ("Aspirina 500 mg (20 tabletas)", "", "medicine"),
        ("Alka-Seltzer sobre", "", "medicine"),
        ("Pomada de la Campana", "", "medicine"),
        ("Curitas caja", "", "first_aid"),
        ("Venda elástica 10 cm", "", "first_aid"),
        ("Termómetro digital", "", "first_aid"),
        ("Recarga Telcel $100", "", "prepaid"),
        ("Telcel $50", "Agua y recargas", "prepaid"),
        ("Tiempo aire", "", "prepaid"),
        ("Tarjeta Google Play", "", "prepaid"),
        ("Boleto de rifa", "", "gambling"),
        ("Melate", "", "gambling"),
        ("Cohetes chinos", "", "fireworks"),
        ("Luces de bengala", "", "fireworks"),
        ("Rifle de aire", "", "weapons"),
        ("Gas pimienta", "", "weapons"),
        ("Pollitos de colores", "", "animals"),
        ("Collar para perro", "Mascotas", "animals"),
        ("Jaula mediana", "", "animals"),
        ("Condones 3 piezas", "", "adult"),
        ("Aceite CBD", "", "drugs"),
    ],
)
def test_what_is_forbidden_is_caught_by_name_or_category(name, category, code):
    rule = forbidden(name, category)
    assert rule is not None
    assert rule.code == code


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Vinagre de vino tinto", "Despensa"),
        ("Camarón pacotilla", "Mariscos"),
        ("Melón chino", "Frutas"),
        ("Macarrón La Moderna", "Despensa"),
        ("Recarga garrafón 20 L", "Garrafón"),
        ("Recarga 20 litros", "Recargas"),
        ("Recarga de agua", ""),
        ("Sangría Señorial 600 ml", "Refrescos"),
        ("Sidral Mundet", "Refrescos"),
        ("Cerveza de raíz", "Refrescos"),
        ("Jabón sin alcohol", "Cuidado personal"),
        ("Croquetas para cachorro", "Mascotas"),
        ("Alpiste para canario", "Mascotas"),
        ("Pistola de silicón", "Ferretería"),
        ("Café puro de Coatepec", "Despensa"),
        ("Gaseosa", ""),
        ("Ropa vendada", ""),
        ("Pomada para calzado", ""),
        ("Termómetro para horno", "Cocina"),
        ("Lotería mexicana", "Juguetes"),
        ("Electrolit coco 625 ml", "Bebidas"),
        ("Nuggets de pollito", "Congelados"),
    ],
)
def test_what_only_sounds_forbidden_is_sold(name, category):
    assert forbidden(name, category) is None


@pytest.mark.parametrize("catalog", sorted(KNOWN.glob("*.json")), ids=lambda path: path.stem)
def test_the_catalogs_of_ordinary_shops_are_sold_whole(catalog):
    products = json.loads(catalog.read_text())["products"]
    caught = {product["name"] for product in products if forbidden(product["name"], product["category"])}
    assert all("Cerveza" in name for name in caught)


def test_every_word_of_every_rule_is_caught_by_it():
    for rule in RULES:
        for word in rule.words:
            assert forbidden(word, "") is not None, word
        assert rule.reason
