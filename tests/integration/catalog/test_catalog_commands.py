"""`marchante catalog …` from the shell: photo, logo, pdf."""

from pathlib import Path

import pytest
from tests.builders.media import photo
from typer.testing import CliRunner, Result

from marchante.entrypoints.cli import app

CATALOG = Path("tests/understanding/known/catalogs/agua.json")


@pytest.fixture
def marchante(database_dsn, tmp_path, monkeypatch):
    """Runs a command against a database of two companies and a folder for files."""
    for name, value in {
        "DATABASE_URL": database_dsn,
        "MEDIA_URL": (tmp_path / "media").as_uri(),
        "SECRET_KEY": "a key for tests only",
        "MARCHANTE_ENV": "development",
    }.items():
        monkeypatch.setenv(name, value)

    def run(*words: object) -> Result:
        return CliRunner().invoke(app, ["catalog", *map(str, words)])

    assert run("import", "agua_clara", CATALOG).exit_code == 0
    return run


def test_a_photo_a_logo_and_the_pages_come_together_in_a_file(marchante, tmp_path):
    picture = tmp_path / "foto.jpg"
    picture.write_bytes(photo())
    answer = marchante("photo", "agua_clara", "AGU-001", picture)
    assert (answer.exit_code, answer.output.startswith("AGU-001: media:agua_clara/products/")) == (0, True)
    assert marchante("logo", "agua_clara", picture).exit_code == 0
    assert marchante("pdf", "agua_clara", tmp_path / "catalogo.pdf").exit_code == 0
    assert (tmp_path / "catalogo.pdf").read_bytes().startswith(b"%PDF-")
    assert marchante("pdf", "agua_clara", tmp_path / "pagina.png").exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("pagina*.png")) == ["pagina-2.png", "pagina.png"]


def test_what_cannot_be_done_is_one_line_and_exit_status_one(marchante, tmp_path):
    picture, text = tmp_path / "foto.jpg", tmp_path / "foto.txt"
    picture.write_bytes(photo())
    text.write_text("no es una foto")
    for words in (
        ("photo", "agua_clara", "NADA", picture),
        ("photo", "agua_clara", "AGU-001", text),
        ("photo", "nadie", "AGU-001", picture),
        ("logo", "agua_clara", text),
        ("pdf", "agua_clara", tmp_path / "catalogo.doc"),
        ("pdf", "agua_clara", tmp_path / "no" / "catalogo.pdf"),
    ):
        answer = marchante(*words)
        assert answer.exit_code == 1
        assert answer.exception is None or isinstance(answer.exception, SystemExit)
    assert not (tmp_path / "media").exists() or list((tmp_path / "media").rglob("*.jpg")) == []
