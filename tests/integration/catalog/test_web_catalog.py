"""The public catalog: what a visitor sees, what the order becomes, and what nobody learns."""

import gzip
import re
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest
from fastapi import FastAPI
from tests.builders.catalog import add_category, add_product
from tests.builders.media import photo
from tests.fakes.media import MemoryMedia

from marchante.catalog import repository
from marchante.catalog.controller import CatalogController
from marchante.catalog.order_text import read_order_text
from marchante.catalog.photos import Photos
from marchante.catalog.snapshots import CatalogCache
from marchante.catalog.web.service import WebCatalogs
from marchante.foundation.http import problems
from marchante.media.signing import MediaLinks

PATH = "/c/abarrotes_lupita"


@pytest.fixture
async def ids(database, lupita, agua) -> dict[str, int]:
    async with database.company(lupita.schema) as connection:
        fruit = await add_category(connection, "Frutas")
        return {
            "mango": await add_product(connection, "mango", name="Mango <b>ataulfo</b>", category_id=fruit),
            "coca": await add_product(
                connection, "coca", name="Coca-Cola 600 ml", unit="bottle", step=1, price=Decimal(18)
            ),
            "gone": await add_product(connection, "gone", name="Papaya", stock=Decimal(0)),
            "beer": await add_product(connection, "beer", name="Cerveza", whatsapp_sellable=False),
        }


@pytest.fixture
async def visitor(database, companies, clock, ids):
    app = FastAPI()
    problems.install(app)
    catalogs = WebCatalogs(database, companies, CatalogCache(), MediaLinks(["secret"], clock), clock)
    app.router.routes.extend(CatalogController(catalogs).routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


async def test_a_visitor_sees_what_is_sold_at_which_price(visitor):
    answer = await visitor.get(PATH)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    page = answer.text
    for shown in (
        "Abarrotes Lupita",
        "Frutas",
        "$24.00",
        "/\u00a0kg",
        "$18.00",
        "/\u00a0botella",
        "de lunes a sábado",
        "Agotado",
    ):
        assert shown in page
    assert "Cerveza" not in page
    assert "<b>ataulfo" not in page
    assert "Mango &lt;b&gt;ataulfo" in page


async def test_what_is_sold_out_cannot_be_chosen(visitor, ids, database, lupita):
    assert f'name="p{ids["coca"]}"' in (await visitor.get(PATH)).text
    async with database.company(lupita.schema) as connection:
        await connection.execute("UPDATE products SET stock = 0 WHERE sku = 'coca'")
    assert f'name="p{ids["coca"]}"' not in (await visitor.get(PATH)).text


async def test_the_order_opens_the_chat_with_a_text_the_shop_reads_back(visitor, ids, database, lupita):
    answer = await visitor.get(
        f"{PATH}/order", params={f"p{ids['mango']}": "1.5", f"p{ids['coca']}": "2", f"p{ids['gone']}": "1"}
    )
    place = urlsplit(answer.headers["location"])
    assert (answer.status_code, place.netloc, place.path) == (303, "wa.me", "/522281000001")
    text = parse_qs(place.query)["text"][0]
    assert text == "Pedido del catálogo:\n1.5 kg Mango <b>ataulfo</b>\n2 Coca-Cola 600 ml"
    async with database.company(lupita.schema) as connection:
        catalog = await repository.load(connection, 1)
    assert [(product.id, quantity) for product, quantity in read_order_text(text, catalog).items] == [
        (ids["mango"], Decimal("1.5")),
        (ids["coca"], Decimal(2)),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "p{mango}=",
        "p{mango}=0",
        "p{mango}=-1",
        "p{mango}=0.1",
        "p{mango}=1e9",
        "p{mango}=NaN",
        "p{mango}=99999",
        "p{coca}=1.5",
        "p{gone}=1",
        "p{beer}=1",
        "p999999=1",
        "p99999999999999999999999=1",
        "p²=1",
        "x{mango}=1",
        "p{mango}=१",
    ],
)
async def test_what_makes_no_sense_orders_nothing_and_returns_to_the_page(visitor, ids, query):
    answer = await visitor.get(f"{PATH}/order?{query.format(**ids)}")
    assert (answer.status_code, answer.headers["location"]) == (303, PATH)


@pytest.mark.parametrize("slug", ["nadie", "x", "-", "Abarrotes_Lupita", "a'b", "..", "a" * 300])
async def test_a_catalog_that_is_not_there_tells_nothing(visitor, slug):
    for path in (f"/c/{slug}", f"/c/{slug}/order?p1=1"):
        answer = await visitor.get(path)
        assert answer.status_code == 404


async def test_a_suspended_company_looks_like_one_that_never_was(visitor, companies):
    missing = (await visitor.get("/c/nadie")).text
    await companies.suspend("abarrotes_lupita")
    for path in (PATH, f"{PATH}/order?p1=1"):
        answer = await visitor.get(path)
        assert (answer.status_code, answer.text) == (404, missing)
    await companies.resume("abarrotes_lupita")
    assert (await visitor.get(PATH)).status_code == 200


async def test_a_page_is_kept_by_whoever_has_it_until_something_changes(visitor, database, lupita, companies):
    first = await visitor.get(PATH)
    assert first.headers["cache-control"].startswith("public, max-age=60")
    again = await visitor.get(PATH, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    async with database.company(lupita.schema) as connection:
        await connection.execute("UPDATE products SET price = 31 WHERE sku = 'coca'")
    changed = await visitor.get(PATH, headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    assert "$31.00" in changed.text
    await companies.change_settings(
        "abarrotes_lupita", lambda settings: msgspec.structs.replace(settings, address="Calle Nueva 5"), "address"
    )
    assert "Calle Nueva 5" in (await visitor.get(PATH)).text


async def test_a_phone_that_takes_gzip_gets_the_same_page_smaller(visitor):
    plain = await visitor.get(PATH, headers={"accept-encoding": "identity"})
    async with visitor.stream("GET", PATH, headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers["content-encoding"] == "gzip"
    assert len(raw) < len(plain.content)
    assert gzip.decompress(raw) == plain.content
    assert answer.headers["etag"] != plain.headers["etag"]
    assert "accept-encoding" in plain.headers["vary"]


async def test_a_photo_of_ours_is_shown_by_a_signed_link_and_others_by_https_only(visitor, database, lupita):
    await Photos(database, MemoryMedia()).attach(lupita, "mango", photo())
    async with database.company(lupita.schema) as connection:
        await connection.execute("UPDATE products SET image_url = 'https://fotos.mx/coca.jpg' WHERE sku = 'coca'")
        await connection.execute("UPDATE products SET image_url = 'javascript:alert(1)' WHERE sku = 'gone'")
    page = (await visitor.get(PATH)).text
    sources = re.findall(r'<img src="([^"]+)"', page)
    assert len(sources) == 2
    assert sources[0].startswith("/media/abarrotes_lupita/thumbnails/")
    assert sources[1] == "https://fotos.mx/coca.jpg"


async def test_links_to_photos_are_renewed_before_they_end(visitor, database, lupita, clock):
    await Photos(database, MemoryMedia()).attach(lupita, "mango", photo())
    first = (await visitor.get(PATH)).text
    clock.advance(hours=24)
    assert (await visitor.get(PATH)).text != first


async def test_the_browser_is_told_to_run_and_load_nothing_of_others(visitor):
    policy = (await visitor.get(PATH)).headers["content-security-policy"]
    for rule in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
        assert rule in policy
    page = (await visitor.get(PATH)).text
    assert "style=" not in page
    assert "<style" not in page
    assert set(re.findall(r'<script src="([^"?]+)', page)) == {"/c/-/catalog.js"}


async def test_style_and_script_are_served_and_nothing_else(visitor):
    style = await visitor.get("/c/-/catalog.css?x")
    assert (style.status_code, style.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert ".grocery { --main:" in style.text
    script = await visitor.get("/c/-/catalog.js")
    assert script.headers["content-type"].startswith("text/javascript")
    for name in ("catalog.html", "..%2fpage.py", "x"):
        assert (await visitor.get(f"/c/-/{name}")).status_code == 404


async def test_a_shop_with_nothing_to_sell_says_so(visitor):
    answer = await visitor.get("/c/agua_clara")
    assert answer.status_code == 200
    assert "Estamos preparando el catálogo. Escríbanos por WhatsApp: +52 667 200 0001" in answer.text
