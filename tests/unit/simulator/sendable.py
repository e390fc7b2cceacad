"""Requests the Graph API takes, each at the edge of what a test then goes beyond."""

from typing import Any


def send(kind: str, content: Any, **frame: Any) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "to": "+5215512345678", "type": kind, kind: content, **frame}


def text(body: Any = "Hola", **frame: Any) -> dict[str, Any]:
    return send("text", {"body": body}, **frame)


def interactive(kind: str, action: Any, *, body: str | None = "¿Qué te mando?", **parts: Any) -> dict[str, Any]:
    content: dict[str, Any] = {"type": kind, "action": action, **parts}
    if body is not None:
        content["body"] = {"text": body}
    return send("interactive", content)


def row(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {"id": f"row-{number}", "title": f"Producto {number}", **changes}


def sections(*sizes: int) -> list[dict[str, Any]]:
    """Sections with this many rows each."""
    made, number = [], 0
    for index, size in enumerate(sizes):
        made.append({"title": f"Sección {index}", "rows": [row(number + place) for place in range(size)]})
        number += size
    return made


def listing(made: list[dict[str, Any]] | None = None, button: str = "Ver", **parts: Any) -> dict[str, Any]:
    return interactive("list", {"button": button, "sections": sections(3) if made is None else made}, **parts)


def button(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": f"b{number}", "title": f"Botón {number}", **changes}}


def buttons(*made: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return interactive("button", {"buttons": list(made) or [button()]}, **parts)


def link(label: str = "Ver mapa", url: str = "https://ejemplo.mx/mapa", **parts: Any) -> dict[str, Any]:
    return interactive("cta_url", {"name": "cta_url", "parameters": {"display_text": label, "url": url}}, **parts)


def flow(**changes: Any) -> dict[str, Any]:
    parameters = {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Abrir", **changes}
    return interactive("flow", {"name": "flow", "parameters": parameters})


def product_list(*sizes: int) -> dict[str, Any]:
    made = [
        {"title": f"S{index}", "product_items": [{"product_retailer_id": f"{index}-{n}"} for n in range(size)]}
        for index, size in enumerate(sizes)
    ]
    return interactive(
        "product_list", {"catalog_id": "c", "sections": made}, header={"type": "text", "text": "Catálogo"}
    )


def card(index: int, **changes: Any) -> dict[str, Any]:
    return {
        "card_index": index,
        "type": "cta_url",
        "header": {"type": "image", "image": {"link": "https://ejemplo.mx/1.png"}},
        "body": {"text": "Oferta"},
        "action": {"name": "cta_url", "parameters": {"display_text": "Ver", "url": "https://ejemplo.mx"}},
        **changes,
    }


def carousel(*cards: dict[str, Any]) -> dict[str, Any]:
    return interactive("carousel", {"cards": list(cards)})


def template(*components: dict[str, Any], name: str = "pedido_listo") -> dict[str, Any]:
    return send("template", {"name": name, "language": {"code": "es_MX"}, "components": list(components)})


def body_parameter(value: str) -> dict[str, Any]:
    return {"type": "body", "parameters": [{"type": "text", "text": value}]}
