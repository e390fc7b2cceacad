"""Every product is found by the name its owner gave it, and no other goes into the cart in its stead."""

from pathlib import Path

import pytest

from tests.understanding.labelled import catalogs, shop
from tests.understanding.probes import own_names

# The least came to 97.7 %: "Leche Nido Kinder 1+ 800 g" is asked about, as its "1+" reads like an amount.
NEARLY_ALL = 0.97


@pytest.mark.parametrize("catalog", catalogs().values(), ids=lambda catalog: catalog.stem)
def test_every_product_is_found_by_its_name(catalog: Path) -> None:
    came = list(own_names(shop(catalog), typos=False))

    assert [each for each in came if each[2] == "wrong"] == []
    assert sum(verdict == "found" for _, _, verdict in came) >= NEARLY_ALL * len(came)
