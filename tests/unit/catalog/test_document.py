"""The drawn catalog: every product on a page, the same on every machine, whatever a shop typed."""

import json
import struct
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders.known_catalogs import KNOWN, known_catalog
from tests.builders.media import jpeg, photo, png

from marchante.catalog.document.rendering import PICTURE_WIDTH, catalog_document, catalog_pictures, compiler
from marchante.catalog.document.sheet import Shop
from marchante.catalog.domain import Catalog, Category
from marchante.companies.domain import BusinessType

TODAY = date(2026, 11, 23)
# Pages without photos, and with a photo for every product.
PAGES = {"abarrotes": (7, 11), "agua": (2, 4), "ferreteria": (5, 8), "tintoreria": (4, 7), "verduleria": (5, 7)}


def known(name: str) -> tuple[Catalog, Shop]:
    catalog, shop_name, business_type = known_catalog(name)
    facts = {"phone": "+52 228 100 0001", "address": "Av. Xalapa 12, Centro", "opening_hours": "8 a.m. a 9 p.m."}
    return catalog, Shop(shop_name, business_type, TODAY, **facts)


def landed(catalog: Catalog, shop: Shop, photos: dict[int, bytes]) -> list[tuple[int, int]]:
    """(page, product id) of every product that was drawn, in the order of the pages."""
    with compiler(catalog, shop, photos) as drawing:
        return [(each["page"], each["id"]) for each in json.loads(drawing.query("<product>", field="value"))]


def number_of_pages(catalog: Catalog, shop: Shop, photos: dict[int, bytes]) -> int:
    with compiler(catalog, shop, photos) as drawing:
        return json.loads(drawing.query("<pages>", field="value", one=True))


def size_of(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


@pytest.mark.parametrize("with_photos", [False, True], ids=["list", "cards"])
@pytest.mark.parametrize("name", KNOWN)
def test_every_product_of_a_known_catalog_is_drawn_once_and_in_order(name, with_photos):
    catalog, shop = known(name)
    photos = {product.id: png() for product in catalog.products} if with_photos else {}
    drawn = landed(catalog, shop, photos)
    assert [product_id for _, product_id in drawn] == [product.id for product in catalog.products]
    assert [page for page, _ in drawn] == sorted(page for page, _ in drawn)
    assert number_of_pages(catalog, shop, photos) == PAGES[name][with_photos]
    assert catalog_document(catalog, shop, photos).startswith(b"%PDF-")


@pytest.mark.parametrize("with_photos", [False, True], ids=["list", "cards"])
def test_each_page_is_also_a_picture_of_the_size_of_a_phone(with_photos):
    catalog, shop = known("agua")
    photos = {product.id: png() for product in catalog.products} if with_photos else {}
    pictures = catalog_pictures(catalog, shop, photos)
    assert len(pictures) == PAGES["agua"][with_photos]
    assert {size_of(picture) for picture in pictures} == {(PICTURE_WIDTH, 1920)}


@pytest.fixture
def water() -> tuple[Catalog, Shop]:
    return known("agua")


def test_what_a_shop_typed_is_printed_and_never_obeyed(water):
    catalog, shop = water
    wicked = '#read("/catalog.typ") #panic("x") $ #sys.inputs `raw` \\ ] } " \' <product>'
    products = tuple(replace(product, name=wicked, description=wicked) for product in catalog.products)
    whole = Catalog(1, (Category(1, wicked),), products)
    assert len(landed(whole, replace(shop, name=wicked, address=wicked, phone=wicked), {})) == len(products)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120))
def test_any_text_can_be_drawn(water, text):
    catalog, shop = water
    products = tuple(replace(product, name=text, description=text, category=text) for product in catalog.products[:3])
    assert catalog_document(Catalog(1, (), products), replace(shop, name=text, opening_hours=text), {})


@pytest.mark.parametrize("broken", [b"", b"no photo", jpeg(), png()[:40], photo()[:200]])
def test_a_photo_that_cannot_be_drawn_is_left_out_and_the_others_stay(water, broken):
    catalog, shop = water
    first, second, *_ = catalog.products
    with_one = catalog_document(catalog, shop, {first.id: photo()})
    assert len(with_one) > len(catalog_document(catalog, shop, {}))
    with_both = catalog_document(catalog, shop, {first.id: photo(), second.id: broken})
    assert abs(len(with_both) - len(with_one)) < 200


def test_a_logo_takes_the_place_of_the_initials_unless_it_cannot_be_drawn(water):
    catalog, shop = water
    plain = catalog_document(catalog, shop, {})
    assert catalog_document(catalog, replace(shop, logo=photo()), {}) != plain
    assert len(catalog_document(catalog, replace(shop, logo=b"no picture"), {})) == len(plain)


def test_an_empty_catalog_is_still_a_page(water):
    _, shop = water
    assert len(catalog_pictures(Catalog(1, (), ()), shop, {})) == 1


@pytest.mark.parametrize("business_type", BusinessType)
def test_each_business_has_a_look_of_its_own(water, business_type):
    catalog, shop = water
    small = Catalog(1, (), catalog.products[:1])
    looks = {
        catalog_pictures(small, replace(shop, business_type=each), {})[0]
        for each in (business_type, BusinessType.GROCERY)
    }
    assert len(looks) == (1 if business_type is BusinessType.GROCERY else 2)


def test_the_same_catalog_is_drawn_to_the_same_bytes(water):
    catalog, shop = water
    assert catalog_pictures(catalog, shop, {}) == catalog_pictures(catalog, shop, {})
