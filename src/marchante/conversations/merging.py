"""Several replies as few messages: every fact in order, then the last question, in one message where it fits."""

from collections.abc import Sequence
from dataclasses import replace

from marchante.channels.whatsapp.messages import (
    CatalogMessage,
    Document,
    ListMenu,
    LocationRequest,
    OutboundMessage,
    ReplyButtons,
    Text,
    fit,
)
from marchante.conversations.effects import Reply

BODY = 1024
TEXT = 4096


def merge(replies: Sequence[Reply]) -> Reply:
    """All facts, each said once, and the last question."""
    facts = tuple(dict.fromkeys(fact for reply in replies for fact in reply.facts if fact))
    prompts = [reply.prompt for reply in replies if reply.prompt is not None]
    return Reply(facts, prompts[-1] if prompts else None)


def messages(replies: Sequence[Reply]) -> tuple[OutboundMessage, ...]:
    """What to send. Facts too long for the question's own body go before it as plain text."""
    reply = merge(replies)
    prompt = reply.prompt
    if prompt is None:
        return texts(reply.facts)
    if isinstance(prompt, Text | ReplyButtons | ListMenu | LocationRequest | CatalogMessage):
        limit = TEXT if isinstance(prompt, Text) else BODY
        whole = "\n\n".join(part for part in ("\n".join(reply.facts), prompt.body) if part)
        if len(whole) <= limit:
            return (replace(prompt, body=whole),)
    if isinstance(prompt, Document):
        whole = "\n\n".join(part for part in ("\n".join(reply.facts), prompt.caption or "") if part)
        if len(whole) <= BODY:
            return (replace(prompt, caption=whole),)
    return (*texts(reply.facts), prompt)


def texts(facts: Sequence[str]) -> tuple[Text, ...]:
    """Plain texts that hold all lines, cut between lines where they are too long for one."""
    lines = [line for fact in facts for line in fact.split("\n")]
    bodies: list[str] = []
    for line in lines:
        cut = fit(line, TEXT)
        if bodies and len(bodies[-1]) + 1 + len(cut) <= TEXT:
            bodies[-1] += f"\n{cut}"
        else:
            bodies.append(cut)
    return tuple(Text(body) for body in bodies if body.strip())
