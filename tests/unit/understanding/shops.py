"""Small catalogs for the tests of understanding, written as owners write them: without aliases."""

from decimal import Decimal

from marchante.understanding import CatalogIndex, CatalogProduct


def shop(*rows: str) -> CatalogIndex:
    """Build an index from `name | unit | description` rows; the sku is the name."""
    return CatalogIndex.build(_product(row) for row in rows)


def _product(row: str) -> CatalogProduct:
    name, unit, description = (part.strip() for part in (row + "||").split("|")[:3])
    step = Decimal("0.25") if unit == "kg" else Decimal(1)
    return CatalogProduct(
        sku=name, name=name, price=Decimal(20), unit=unit or "piece", step=step, description=description
    )


GREENGROCER = shop(
    "Jitomate saladet | kg",
    "Tomate verde | kg",
    "Cebolla blanca | kg",
    "Cebolla morada | kg",
    "Papa blanca | kg",
    "Aguacate Hass | kg",
    "Chile serrano | kg",
    "Chile poblano | kg",
    "Limón | kg",
    "Lechuga romana | piece",
    "Cilantro | bunch",
    "Champiñón charola 250 g | pack",
)
BAKERY = shop(
    "Bolillo | piece",
    "Bolillo integral | piece",
    "Concha vainilla | piece",
    "Concha chocolate | piece",
    "Pastel tres leches chico | piece",
    "Pastel tres leches grande | piece",
    "Galletas surtidas | kg",
    "Leche Alpura 1 L | liter",
)
GROCER = shop(
    "Coca-Cola lata 355 ml | can",
    "Coca-Cola 600 ml | bottle",
    "Coca-Cola 3 L | bottle",
    "Coca-Cola sin azúcar 600 ml | bottle",
    "Leche Lala entera 1 L | liter",
    "Leche Lala deslactosada 1 L | liter",
    "Arroz Verde Valle 1 kg | bag",
    "Puré de tomate 210 g | box",
    "Huevo | kg",
    "Jamón de pavo | kg",
    "Papel higiénico 4 rollos | pack",
    "Aceite 1-2-3 1 L | bottle",
    "Sal de mesa 1 kg | bag",
)
BUTCHER = shop(
    "Pechuga con hueso | kg",
    "Pechuga sin hueso | kg",
    "Bistec de res | kg",
    "Chuleta de cerdo | kg",
    "Chuleta ahumada | kg",
    "Chorizo | kg",
)
