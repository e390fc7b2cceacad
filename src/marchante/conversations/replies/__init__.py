"""What the bot says. One package per language; only the catalog's page and document have words of their own."""
