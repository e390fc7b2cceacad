"""Interactive messages that show products of Meta's catalog, and carousels."""

from marchante.simulator.errors import invalid, missing
from marchante.simulator.limits.media import check_source
from marchante.simulator.limits.node import Node, unique

_SECTIONS = 10
_PRODUCTS = 30
_SECTION_TITLE = 24
_CARDS_MINIMUM, _CARDS_MAXIMUM = 2, 10
_CARD_BODY = 160
_CARD_LINE_BREAKS = 2
_LABEL = 20


def check_product(action: Node) -> None:
    action.only("catalog_id", "product_retailer_id")
    action.text("catalog_id")
    action.text("product_retailer_id")


def check_product_list(action: Node) -> None:
    """At most 30 products in at most 10 sections; titles are needed when there are several."""
    action.only("catalog_id", "sections")
    action.text("catalog_id")
    sections = action.children("sections", 1, _SECTIONS)
    products = 0
    for section in sections:
        section.only("title", "product_items")
        if len(sections) > 1 and not section.has("title"):
            raise missing(section.at("title"))
        section.optional_text("title", _SECTION_TITLE)
        for item in section.children("product_items", 1, _PRODUCTS):
            item.text("product_retailer_id")
            products += 1
    if products > _PRODUCTS:
        raise invalid(action.at("sections"), f"hold {products} products in total. Max: {_PRODUCTS}")


def check_catalog(action: Node) -> None:
    if action.has("parameters"):
        action.child("parameters").optional_text("thumbnail_product_retailer_id")


def check_carousel(action: Node) -> None:
    """2 to 10 cards of one kind and one header type, numbered in order."""
    cards = action.children("cards", _CARDS_MINIMUM, _CARDS_MAXIMUM)
    for index, card in enumerate(cards):
        if card.value.get("card_index") != index:
            raise invalid(card.at("card_index"), f"must be {index}")
        _card(card)
    first = cards[0]
    for card in cards[1:]:
        if card.value["type"] != first.value["type"]:
            raise invalid(card.at("type"), "must be the same on every card")
        if card.has("header") and card.child("header").value["type"] != first.child("header").value["type"]:
            raise invalid(card.at("header"), "must have the same type on every card")


def _card(card: Node) -> None:
    kind = card.choice("type", "cta_url", "product")
    if card.has("body"):
        text = card.child("body").text("text", _CARD_BODY)
        if text.count("\n") > _CARD_LINE_BREAKS:
            raise invalid(card.at("body.text"), f"may have {_CARD_LINE_BREAKS} line breaks at most")
    action = card.child("action")
    if kind == "product":
        action.text("catalog_id")
        action.text("product_retailer_id")
        return
    header = card.child("header")
    check_source(header.child(header.choice("type", "image", "video")))
    _card_link(action)


def _card_link(action: Node) -> None:
    if action.has("buttons"):
        buttons = action.children("buttons", 1, 3)
        replies = [button.child("quick_reply") for button in buttons]
        unique(replies, "title", [reply.text("title", _LABEL) for reply in replies])
        return
    action.choice("name", "cta_url")
    parameters = action.child("parameters")
    parameters.text("display_text", _LABEL)
    parameters.web_address("url")
