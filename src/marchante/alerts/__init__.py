"""Failures a person must know about."""
