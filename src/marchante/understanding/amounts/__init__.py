"""How much of a product an amount that was said comes to, in the unit it is sold in."""
