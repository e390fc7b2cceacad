"""Checks that the surroundings are fit before serving."""
