"""A name the owner accepted from customers means one product; other words go on meaning what they meant."""

from decimal import Decimal

import pytest

from marchante.understanding import CatalogIndex, CatalogProduct, understand

SMALL, LARGE, EGG = "COCA-600", "COCA-2500", "HUEVO"


def shop(**learned: tuple[str, ...]) -> CatalogIndex:
    names = {SMALL: "Coca-Cola 600 ml", LARGE: "Coca-Cola 2.5 L", EGG: "Huevo blanco"}
    by_sku = {sku: learned.get(sku.replace("-", "_").lower(), ()) for sku in names}
    return CatalogIndex.build(
        CatalogProduct(sku, name, price=Decimal(20), unit="bottle", learned=by_sku[sku]) for sku, name in names.items()
    )


def meant(text: str, index: CatalogIndex) -> list[str]:
    read = understand(text, index)
    return [item.sku for item in read.items] or sorted(sku for each in read.ambiguous for sku in each.candidates)


@pytest.mark.parametrize("text", ["2 cocas", "una coca porfa", "coca", "me da 3 coquitas"])
def test_a_learned_name_is_asked_about_no_more(text: str):
    assert meant(text, shop()) == [LARGE, SMALL]
    assert meant(text, shop(coca_600=("coca",))) == [SMALL]


@pytest.mark.parametrize("text", ["una coca grande", "2 cocas de 2.5"])
def test_more_words_than_were_learned_mean_what_they_meant(text: str):
    assert meant(text, shop(coca_600=("coca",))) == meant(text, shop()) == [LARGE]


def test_a_name_with_a_size_is_learned_with_its_size():
    index = shop(coca_2500=("coca de 2 litros y medio",))
    assert meant("2 cocas", index) == [LARGE, SMALL]


def test_a_word_nobody_knew_finds_its_product_once_learned():
    assert meant("2 gueritos", shop()) == []
    assert meant("2 gueritos", shop(huevo=("gueritos",))) == [EGG]


def test_a_name_two_products_learned_decides_nothing():
    assert meant("2 cocas", shop(coca_600=("coca",), coca_2500=("cocas",))) == [LARGE, SMALL]


@pytest.mark.parametrize(("text", "meant_sku"), [("una coca de las grandes", LARGE), ("2 cocas chicas", SMALL)])
def test_the_number_in_a_nickname_does_not_turn_large_and_small_around(text: str, meant_sku: str):
    index = CatalogIndex.build(
        CatalogProduct(sku, name, price=Decimal(20), unit="bottle", aliases=(nickname,))
        for sku, name, nickname in (
            (SMALL, "Coca-Cola 600 ml", "coca de 600"),
            (LARGE, "Coca-Cola 2.5 L", "coca de 2.5"),
        )
    )
    assert meant(text, index) == [meant_sku]
