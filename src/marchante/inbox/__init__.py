"""Every accepted webhook item is stored once, before it is acknowledged."""
