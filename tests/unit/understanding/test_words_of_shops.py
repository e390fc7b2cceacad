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

CLEANING = shop(
    "Limpiavidrios | liter",
    "Sarricida | liter",
    "Desengrasante | liter",
    "Suavizante azul | liter",
    "Detergente líquido | liter",
    "Roma 1 kg | bag",
    "Crema p/rozaduras",
    "Pomada árnica",
    "Cubeta exprimidora",
    "Cubeta 12 L",
    "Cepillo p/ropa",
)
HABERDASHER = shop(
    "Tul metro", "Fieltro metro", "Masking tape", "Cinta canela", "Estambre 100 g", "Lija #80", "Lija #220"
)
FEED = shop("Cerdo crecimiento bulto 40 kg | bag", "Alimento tortuga", "Sobre Whiskas", "Sobre Pedigree", "Arena gato")
WATERS = shop(
    "Recarga garrafón 20 L purificada | unit",
    "Recarga garrafón 20 L alcalina | unit",
    "Garrafón nuevo 20 L c/agua purificada | unit",
    "Cilindro 20 kg recarga | unit",
    "Cilindro 20 kg nvo c/gas | unit",
)
NIGHTS = shop("Toallas Kotex noct. c/8 | pack", "Toallas Naturella c/alas c/10 | pack", "Carefree c/40 | pack")
SOAPS = shop(
    "Detergente en polvo a granel | kg",
    "Roma 1 kg | bag",
    "Ensueño 850 ml",
    "Downy Libre Enjuague 800 ml",
    "Windex 500 ml",
    "Limpiador floral | liter",
)
MARKERS = shop("MARCADOR P/PIZARRON AZUL", "PLUMONES DELGADOS 10 PZ", "RESALTADOR ROSA", "Hojas bond carta paq. 500")
WASHED = shop(
    "Lavado por kilo | kg", "Lavado por kilo urgente | kg", "Sala 3-2-1 lavado | service", "Pantalón | service"
)
PARTY = shop(
    "Cuchara mediana c/25 | pack", "Vaso térmico 8 oz c/25 | pack", "Portarretrato 4x6", "Plato plano melamina"
)
REFILLS = shop(
    "Recarga garrafón 20 lts | unit",
    "Garrafón nuevo 20 lts c/agua | unit",
    "Envase vacío 20 L",
    "Gas cilindro 20 kg | unit",
    "Gas cilindro 30 kg | unit",
)
JUGS = shop(
    "Recarga garrafón 20 L | unit", "Recarga garrafón 10 L | unit", "Recarga alcalina 20 L | unit", "Agua 1 L | bottle"
)


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
        ("un litro de líquido para vidrios", CLEANING, "Limpiavidrios"),
        ("2 litros de quitasarro", CLEANING, "Sarricida"),
        ("un litro de líquido para la grasa", CLEANING, "Desengrasante"),
        ("una pomada para rozaduras", CLEANING, "Crema p/rozaduras"),
        ("un suavizante de ropa", CLEANING, "Suavizante azul"),
        ("un jabón roma", CLEANING, "Roma 1 kg"),
        ("una cubeta con exprimidor", CLEANING, "Cubeta exprimidora"),
        ("2 metros de tela de tul", HABERDASHER, "Tul metro"),
        ("una cinta masking", HABERDASHER, "Masking tape"),
        ("una lija del número 220", HABERDASHER, "Lija #220"),
        ("un bulto de alimento para puerco", FEED, "Cerdo crecimiento bulto 40 kg"),
        ("un sobre para gato", FEED, "Sobre Whiskas"),
        ("un plumón de pizarrón", MARKERS, "MARCADOR P/PIZARRON AZUL"),
        ("un marca texto", MARKERS, "RESALTADOR ROSA"),
        ("una resma", MARKERS, "Hojas bond carta paq. 500"),
        ("5 kilos de ropa", WASHED, "Lavado por kilo"),
        ("un líquido para vidrios", SOAPS, "Windex 500 ml"),
        ("3 garrafones", WATERS, "Recarga garrafón 20 L purificada"),
        ("un garrafón nuevo", WATERS, "Garrafón nuevo 20 L c/agua purificada"),
        ("un cilindro de 20", WATERS, "Cilindro 20 kg recarga"),
        ("un cilindro nuevo de 20", WATERS, "Cilindro 20 kg nvo c/gas"),
        ("me da detergente líquido", CLEANING, "Detergente líquido"),
        ("unas toallas de noche", NIGHTS, "Toallas Kotex noct. c/8"),
        ("unos protectores", NIGHTS, "Carefree c/40"),
        ("un quita esmalte", BEAUTY, "Quitaesmalte"),
        ("un porta retrato", PARTY, "Portarretrato 4x6"),
        ("un paquete de cucharas desechables", PARTY, "Cuchara mediana c/25"),
        ("un paquete de vasos de unicel", PARTY, "Vaso térmico 8 oz c/25"),
        ("3 aguas de garrafón", REFILLS, "Recarga garrafón 20 lts"),
        ("un garrafón lleno con envase", REFILLS, "Garrafón nuevo 20 lts c/agua"),
        ("un garrafón vacío", REFILLS, "Envase vacío 20 L"),
        ("un tanque de gas de 30", REFILLS, "Gas cilindro 30 kg"),
        ("2 garrafones chicos", JUGS, "Recarga garrafón 10 L"),
        ("un garrafón de agua alcalina", JUGS, "Recarga alcalina 20 L"),
    ],
)
def test_another_name_of_it_is_understood(text: str, index: CatalogIndex, name: str) -> None:
    understood = understand(text, index)

    assert [item.sku for item in understood.items] == [name]
    assert not understood.ambiguous
    assert not understood.unknown


@pytest.mark.parametrize(
    "text, index",
    [("un cargador", PHONES), ("un sacapuntas", STATIONER), ("un suavizante", SOAPS), ("un detergente", SOAPS)],
)
def test_several_of_a_kind_are_asked_about(text: str, index: CatalogIndex) -> None:
    understood = understand(text, index)

    assert not understood.items
    assert len(understood.ambiguous) == 1


@pytest.mark.parametrize(
    "text, index",
    [
        ("una cobija de perro", LAUNDRY),
        ("un cuaderno de dibujo", STATIONER),
        ("pilas de 9v", PHONES),
        ("un litro de líquido para llantas", CLEANING),
        ("una cubeta con tapa para rayar", HABERDASHER),
        ("tela de mezclilla", HABERDASHER),
        ("un suavitel", SOAPS),
        ("unos platos desechables", PARTY),
        ("un bulto de alimento para borrego", FEED),
        ("un cepillo para gato", CLEANING),
    ],
)
def test_what_only_sounds_near_is_lacking(text: str, index: CatalogIndex) -> None:
    assert not understand(text, index).items
