"""What a person would read of a message of ours, for the history and for whoever takes over."""

from typing import Any

from marchante.channels.whatsapp.messages import OutboundMessage, payload


def spoken(message: OutboundMessage) -> str:
    """The words of the message, then the titles it offers, one line each."""
    body = payload(message)
    kind = str(body["type"])
    content: dict[str, Any] = body.get(kind) or {}
    if kind == "interactive":
        return "\n".join([str(content.get("body", {}).get("text", "")), *_titles(content.get("action", {}))]).strip()
    return str(content.get("body") or content.get("caption") or content.get("name") or f"[{kind}]")


def _titles(action: dict[str, Any]) -> list[str]:
    buttons = [button["reply"]["title"] for button in action.get("buttons", [])]
    rows = [row["title"] for section in action.get("sections", []) for row in section.get("rows", [])]
    return [f"[{title}]" for title in (*buttons, *rows)]
