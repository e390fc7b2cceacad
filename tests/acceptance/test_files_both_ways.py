"""Files go both ways: the catalog leaves as a document, a customer's photo is fetched and kept."""

import aiohttp
from tests.acceptance.conftest import NewPerson
from tests.acceptance.stage import GROCER, TOKEN, Stage

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


async def test_the_whole_catalog_comes_as_one_document(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("hola")
    await lupe.taps("Ver catálogo")
    sent = await lupe.taps("Catálogo completo")
    assert [message["type"] for message in sent] == ["document"]
    assert sent[0]["document"]["filename"].endswith(".pdf")


async def test_a_photo_of_a_customer_is_fetched_and_kept_under_the_company(
    shared_stage: Stage, somebody: NewPerson
) -> None:
    lupe = somebody()
    # Files are fetched from the host that the API has, with the token; never from another.
    shared_stage.simulator.public_url = shared_stage.marchante.settings.whatsapp_api_url
    media_id = await uploaded(shared_stage)
    [answer] = await lupe.sends(type="image", image={"id": media_id, "mime_type": "image/png", "sha256": "x"})
    assert answer["type"] in {"interactive", "text"}

    await shared_stage.marchante.incoming_files.take_due()
    [file] = await shared_stage.rows(GROCER, "SELECT kind, mime, size, status, key FROM media_files")
    assert file["status"] == "stored"
    assert (file["kind"], file["mime"], file["size"]) == ("image", "image/png", len(PNG))
    assert file["key"].startswith("abarrotes_lupita/")


async def uploaded(stage: Stage) -> str:
    """A file that Meta holds for the grocer's number, as if a customer had sent it."""
    form = aiohttp.FormData()
    form.add_field("messaging_product", "whatsapp")
    form.add_field("type", "image/png")
    form.add_field("file", PNG, filename="foto.png", content_type="image/png")
    url = f"{stage.simulator.public_url}/v25.0/{GROCER}/media"
    async with stage.http.post(url, data=form, headers={"Authorization": f"Bearer {TOKEN}"}) as answer:
        found: dict[str, str] = await answer.json()
    return found["id"]
