"""A shop imports a file, and what it then sells."""

from marchante.catalog.files import parse_catalog
from marchante.catalog.importing import CatalogImportReport, import_rows

JITOMATE = {
    "sku": "JIT",
    "name": "Jitomate saladette",
    "category": "Verduras",
    "price": 24,
    "unit": "kg",
    "step": 0.25,
    "aliases": ["tomate rojo"],
    "description": "De Sinaloa",
}


async def imported(database, company, file_name: str, content: bytes) -> CatalogImportReport:
    async with database.company(company.schema) as connection:
        return await import_rows(connection, parse_catalog(file_name, content))


async def products(database, company) -> dict:
    async with database.company(company.schema) as connection:
        rows = await connection.fetch(
            """SELECT p.sku, p.name, c.name AS category, p.price, p.unit, p.step, p.stock, p.aliases, p.description,
                      p.image_url, p.active, p.whatsapp_sellable, p.weekdays
               FROM products p LEFT JOIN categories c ON c.id = p.category_id ORDER BY p.position, p.id"""
        )
    return {row["sku"]: dict(row) for row in rows}
