"""`marchante catalog aliases …` and `lost-demand …` from the shell."""

import pytest
from tests.builders.catalog import add_product
from typer.testing import CliRunner, Result

from marchante.catalog.asked.domain import phrase_key
from marchante.entrypoints.cli import app


@pytest.fixture
async def said(database, clock, lupita, agua):
    """Lupita's customer called a sweet *gansitos* and asked for tortillas and beer."""
    async with database.company(lupita.schema) as connection:
        product = await add_product(connection, "GAN", name="Pastelito Marinela", unit="piece")
        customer = await connection.fetchval("INSERT INTO customers (name) VALUES ('Beto') RETURNING id")
        rows = [("alias", "gansitos", product), ("not_carried", "tortillas", None), ("not_sellable", "cerveza", None)]
        await connection.executemany(
            """INSERT INTO asked_phrases (kind, phrase, example, product_id, customer_id, first_at, last_at)
               VALUES ($1, $2, $3, $4, $5, $6, $6)""",
            [(kind, phrase_key(said), said, sweet, customer, clock.now()) for kind, said, sweet in rows],
        )


@pytest.fixture
def marchante(said, database_dsn, monkeypatch):
    for name, value in {"DATABASE_URL": database_dsn, "SECRET_KEY": "a key for tests only"}.items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(app, ["catalog", *words])


def cells(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [word for word in result.output.split() if word.isalnum()]


def test_suggested_names_are_listed_accepted_and_gone(marchante):
    assert {"gansitos", "GAN"} <= set(cells(marchante("aliases", "list", "abarrotes_lupita")))
    assert "gansitos" not in cells(marchante("aliases", "list", "agua_clara"))
    accepted = marchante("aliases", "accept", "abarrotes_lupita", "gansito", "GAN")
    assert accepted.output == "gansitos means GAN from now on\n"
    assert "gansitos" not in cells(marchante("aliases", "list", "abarrotes_lupita"))


def test_suggested_names_are_rejected(marchante):
    cells(marchante("aliases", "reject", "abarrotes_lupita", "gansitos"))
    assert "gansitos" not in cells(marchante("aliases", "list", "abarrotes_lupita"))


def test_lost_demand_is_listed_dismissed_and_sold(marchante):
    lost = ("lost-demand", "abarrotes_lupita")
    assert {"tortillas", "cerveza"} <= set(cells(marchante(*lost)))
    cells(marchante(*lost, "dismiss", "cerveza", "--reason", "not_sellable"))
    sold = marchante(*lost, "sell", "tortillas", "--price", "24", "--unit", "kg", "--name", "Tortilla de maíz")
    assert sold.output == "1 new, 0 updated\n"
    assert not {"tortillas", "cerveza"} & set(cells(marchante(*lost)))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("aliases", "accept", "abarrotes_lupita", "gansito", "OTRO"), "phrase_not_found"),
        (("lost-demand", "abarrotes_lupita", "dismiss", "pan"), "phrase_not_found"),
        (("lost-demand", "abarrotes_lupita", "dismiss", "cerveza", "--reason", "fashion"), "unknown_reason"),
        (("lost-demand", "abarrotes_lupita", "sell", "tortillas", "--price", "x"), "bad_price"),
        (("aliases", "list", "nadie"), "company_not_found"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_status_one(marchante, words: tuple[str, ...], code: str):
    answer = marchante(*words)
    assert answer.exit_code == 1
    assert answer.stderr.startswith(f"{code}: ")
