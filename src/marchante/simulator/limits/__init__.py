"""The documented limits of every message a business can send, read independently of the product's own checks."""

from marchante.simulator.limits.message import check_message

__all__ = ["check_message"]
