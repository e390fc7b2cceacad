"""`marchante demo`: shops to chat with in the browser, every part real except Meta."""

from marchante.entrypoints.demo.command import run

__all__ = ["run"]
