"""Words for what shops other than food sell, over catalogs as owners write them: shortened, without aliases."""

import pytest
from tests.unit.understanding.shops import shop

from marchante.understanding import CatalogIndex, understand

STATIONER = shop(
    "Cuaderno prof. raya 100h",
    "Cuaderno italiano raya",
    "Colores c/12 | box",
    "Colores c/24 | box",
    "Sacapuntas plástico",
    "Sacapuntas metálico",
    "Marcatextos amarillo",
    "Engargolado | service",
)
LAUNDRY = shop("Cobija ind. | service", "Cobija matrimonial | service", "Falda | service", "Falda tableada | service")
PHONES = shop(
    "Cargador tipo C", "Cargador micro USB", "Pilas AA c/4 | pack", "Pilas AAA c/4 | pack", "Cable cal. 12 | piece"
)
DIAPERS = shop("Pañal bebé etapa 2 c/40 | pack", "Pañal bebé etapa 4 c/40 | pack", "Toalla fem. con alas | pack")
BEAUTY = shop("Esmalte uñas 12 ml", "Quitaesmalte", "Brillo labial", "Labial mate", "Mascarilla capilar")


@pytest.mark.parametrize(
    "text, index, name",
    [
        ("un cuaderno profesional de raya", STATIONER, "Cuaderno prof. raya 100h"),
        ("una cobija individual", LAUNDRY, "Cobija ind."),
        ("unos colores de 24", STATIONER, "Colores c/24"),
        ("un sacapuntas de metal", STATIONER, "Sacapuntas metálico"),
        ("un marcador de textos", STATIONER, "Marcatextos amarillo"),
        ("un anillado", STATIONER, "Engargolado"),
        ("una falda plisada", LAUNDRY, "Falda tableada"),
        ("unas pilas doble a", PHONES, "Pilas AA c/4"),
        ("unas pilas AAA", PHONES, "Pilas AAA c/4"),
        ("un cable calibre 12", PHONES, "Cable cal. 12"),
        ("pañales etapa 4", DIAPERS, "Pañal bebé etapa 4 c/40"),
        ("una toalla femenina", DIAPERS, "Toalla fem. con alas"),
        ("un barniz de uñas", BEAUTY, "Esmalte uñas 12 ml"),
        ("un gloss", BEAUTY, "Brillo labial"),
        ("una mascarilla para el pelo", BEAUTY, "Mascarilla capilar"),
    ],
)
def test_another_name_of_it_is_understood(text: str, index: CatalogIndex, name: str) -> None:
    understood = understand(text, index)

    assert [item.sku for item in understood.items] == [name]
    assert not understood.ambiguous
    assert not understood.unknown


@pytest.mark.parametrize("text, index", [("un cargador", PHONES), ("un sacapuntas", STATIONER)])
def test_several_of_a_kind_are_asked_about(text: str, index: CatalogIndex) -> None:
    understood = understand(text, index)

    assert not understood.items
    assert len(understood.ambiguous) == 1


@pytest.mark.parametrize(
    "text, index", [("una cobija de perro", LAUNDRY), ("un cuaderno de dibujo", STATIONER), ("pilas de 9v", PHONES)]
)
def test_what_only_sounds_near_is_lacking(text: str, index: CatalogIndex) -> None:
    assert not understand(text, index).items
