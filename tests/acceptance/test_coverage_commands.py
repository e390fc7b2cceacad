"""The owner tells where he delivers, by commands; another company's zones are none of his business."""

import json
from pathlib import Path

from tests.acceptance.conftest import Shopkeeper

SLUG = "abarrotes_lupita"


async def zones(shopkeeper: Shopkeeper, slug: str = SLUG) -> str:
    shown = await shopkeeper.runs("company", "coverage", slug, "list")
    assert shown.exit_code == 0, shown.text
    return shown.text


async def test_zones_are_added_listed_and_removed(shopkeeper: Shopkeeper) -> None:
    add = ("company", "coverage", SLUG, "add")
    assert (await shopkeeper.runs(*add, "Centro", "--colonias", "Centro, Las Ánimas", "--fee", "15")).exit_code == 0
    assert (await shopkeeper.runs(*add, "Norte", "--radius-km", "2.5", "--center", "19.55,-96.92")).exit_code == 0
    assert (await shopkeeper.runs(*add, "Plaza", "--polygon", "19.5,-96.9 19.6,-96.9 19.5,-96.8")).exit_code == 0
    shown = await zones(shopkeeper)
    assert "Las Ánimas" in shown
    assert "15.00" in shown
    assert "2.5 km" in shown
    assert "3 corners" in shown
    assert "Centro" not in await zones(shopkeeper, "agua_clara")

    await shopkeeper.runs("company", "establishments", SLUG, "add", "Norte", "Av. Lázaro Cárdenas 5")
    branch = await shopkeeper.runs(
        *add, "Sec", "--postal-codes", "91110", "--establishment", "norte", "--minimum", "80"
    )
    assert branch.exit_code == 0, branch.text
    served = await shopkeeper.stage.rows(
        "1001", "SELECT e.name FROM delivery_zones z JOIN company_establishments e ON e.id = z.establishment_id"
    )
    assert served == [{"name": "Norte"}]

    doubled = await shopkeeper.runs(*add, "centro", "--postal-codes", "91000")
    assert (doubled.exit_code, "zone_exists" in doubled.text) == (1, True)
    wrong = await shopkeeper.runs(*add, "Sur", "--postal-codes", "9100")
    assert (wrong.exit_code, "bad_area" in wrong.text) == (1, True)

    assert (await shopkeeper.runs("company", "coverage", SLUG, "remove", "1")).exit_code == 0
    assert "Las Ánimas" not in await zones(shopkeeper)
    gone = await shopkeeper.runs("company", "coverage", SLUG, "remove", "1")
    assert (gone.exit_code, "zone_not_found" in gone.text) == (1, True)


async def test_a_file_takes_the_place_of_all_zones_or_of_none(shopkeeper: Shopkeeper, tmp_path: Path) -> None:
    file = tmp_path / "zones.json"
    good = {"name": "Oriente", "postal_codes": ["91190"], "fee": 20, "minimum": "100", "hours": "mon-sat 09:00-14:00"}
    file.write_text(json.dumps([good, {"name": "Cerca", "radius_km": 1, "center": [19.54, -96.91]}]), encoding="utf-8")
    command = ("company", "coverage", SLUG, "import", str(file))
    assert "imported 2" in (await shopkeeper.runs(*command)).text
    shown = await zones(shopkeeper)
    assert "Oriente" in shown
    assert "mon-sat 09:00-14:00" in shown
    assert "Norte" not in shown

    file.write_text(
        json.dumps([{"name": "Sur", "postal_codes": ["91000"], "establishment": "Nowhere"}]), encoding="utf-8"
    )
    refused = await shopkeeper.runs(*command)
    assert (refused.exit_code, "establishment_not_found" in refused.text) == (1, True)
    assert "Oriente" in await zones(shopkeeper)

    file.write_text('[{"name": "Sur", "colonies": []}]', encoding="utf-8")
    assert "bad_zone_file" in (await shopkeeper.runs(*command)).text
