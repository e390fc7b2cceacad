"""Weeks in the life of three shops, played through the whole product and written down as they would be read."""
