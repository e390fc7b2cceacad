"""Messages that show products of a WhatsApp catalogue."""

from dataclasses import dataclass

from marchante.channels.whatsapp.messages_basic import Payload, without_none
from marchante.channels.whatsapp.messages_interactive import check_around, check_section_titles, interactive
from marchante.channels.whatsapp.messages_limits import (
    BODY,
    HEADER,
    check_count,
    check_id,
    check_optional,
    check_text,
)

_ID = 512
_SECTION_TITLE = 24
_MOST_SECTIONS = 10
_MOST_PRODUCTS = 30


@dataclass(frozen=True, slots=True)
class ProductMessage:
    """One product of the catalogue."""

    catalog_id: str
    retailer_id: str
    body: str | None = None
    footer: str | None = None

    def __post_init__(self) -> None:
        check_id("action.catalog_id", self.catalog_id, _ID)
        check_id("action.product_retailer_id", self.retailer_id, _ID)
        check_around(self.body, None, self.footer)

    def as_payload(self) -> Payload:
        action = {"catalog_id": self.catalog_id, "product_retailer_id": self.retailer_id}
        return interactive("product", self.body, None, self.footer, action)


@dataclass(frozen=True, slots=True)
class ProductSection:
    title: str
    retailer_ids: tuple[str, ...]

    def __post_init__(self) -> None:
        check_optional("section.title", self.title or None, _SECTION_TITLE)
        check_count("section.product_items", len(self.retailer_ids), 1, _MOST_PRODUCTS)
        for retailer_id in self.retailer_ids:
            check_id("product_retailer_id", retailer_id, _ID)


@dataclass(frozen=True, slots=True)
class ProductList:
    """Up to 30 products in up to ten sections, below a title that Meta requires."""

    header: str
    body: str
    catalog_id: str
    sections: tuple[ProductSection, ...]
    footer: str | None = None

    def __post_init__(self) -> None:
        check_text("interactive.header", self.header, HEADER)
        check_text("interactive.body", self.body, BODY)
        check_around(self.body, self.header, self.footer)
        check_id("action.catalog_id", self.catalog_id, _ID)
        check_count("sections", len(self.sections), 1, _MOST_SECTIONS)
        check_count("product_items", sum(len(section.retailer_ids) for section in self.sections), 1, _MOST_PRODUCTS)
        check_section_titles([section.title for section in self.sections])

    def as_payload(self) -> Payload:
        sections = [
            without_none(
                {
                    "title": section.title or None,
                    "product_items": [{"product_retailer_id": retailer_id} for retailer_id in section.retailer_ids],
                }
            )
            for section in self.sections
        ]
        action = {"catalog_id": self.catalog_id, "sections": sections}
        return interactive("product_list", self.body, self.header, self.footer, action)


@dataclass(frozen=True, slots=True)
class CatalogMessage:
    """A button that opens the whole catalogue; the thumbnail is that of one product."""

    body: str
    thumbnail_retailer_id: str | None = None
    footer: str | None = None

    def __post_init__(self) -> None:
        check_text("interactive.body", self.body, BODY)
        check_around(self.body, None, self.footer)
        if self.thumbnail_retailer_id is not None:
            check_id("action.thumbnail_product_retailer_id", self.thumbnail_retailer_id, _ID)

    def as_payload(self) -> Payload:
        action: Payload = {"name": "catalog_message"}
        if self.thumbnail_retailer_id is not None:
            action["parameters"] = {"thumbnail_product_retailer_id": self.thumbnail_retailer_id}
        return interactive("catalog_message", self.body, None, self.footer, action)
