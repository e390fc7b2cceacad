"""The demo's shops: a catalog, a week behind them, pictures and extras on some of their products."""

from pathlib import Path

import pytest
from tests.fakes.clock import FakeClock

from marchante.bootstrap import Storage
from marchante.catalog import repository
from marchante.companies.service import Companies
from marchante.entrypoints.demo.pictures import PICTURES, Drawing
from marchante.entrypoints.demo.shops import SHOPS, open_shops
from marchante.foundation.database.connection import Database
from marchante.foundation.kernel.secrets import Vault
from marchante.media.content import check_outbound
from marchante.media.domain import MediaKey
from marchante.media.store import open_store


async def test_the_shops_open_with_pictures_and_extras_and_a_second_start_leaves_them(
    database: Database, companies: Companies, vault: Vault, clock: FakeClock, tmp_path: Path
) -> None:
    storage, store = Storage(database, "", vault, clock, companies), open_store(tmp_path.as_uri())
    await open_shops(storage, store)
    kept = sorted(path.name for path in tmp_path.rglob("*.png"))
    await open_shops(storage, store)

    assert sorted(path.name for path in tmp_path.rglob("*.png")) == kept
    for shop in SHOPS[1:]:  # the first has the name of a company of every test
        async with database.company(f"company_{shop.company.slug}") as connection:
            catalog = await repository.load(connection, 1)
        pictured = [product for product in catalog.products if product.image_url]
        assert 4 <= len(pictured) < len(catalog.products)
        for product in pictured:
            key = MediaKey.referred(product.image_url, shop.company.slug)
            assert key is not None
            check_outbound("image", await store.get(key))
        groups = [group for product in catalog.products for group in product.groups]
        assert groups
        assert not any(group.min_choices for group in groups), "an order asks nothing more for them"


@pytest.mark.parametrize("drawing", {drawing.motif: drawing for drawing in PICTURES.values()}.values())
def test_a_picture_is_one_that_meta_takes_and_small(drawing: Drawing) -> None:
    assert check_outbound("image", drawing.png()).type.extension == "png"
    assert len(drawing.png()) < 100_000
