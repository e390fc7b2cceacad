"""The order: draft, placed, and all that happens to it."""
