"""Decides what to answer: a pure step inside one transaction."""
