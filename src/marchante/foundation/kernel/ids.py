"""Identifiers that appear outside the database."""

import secrets


def new_trace_id() -> str:
    """32 hex digits, the width of a W3C trace id; it follows a message from the webhook to the Graph call."""
    return secrets.token_hex(16)
