"""Marchante: WhatsApp ordering for Mexico's corner shops."""
