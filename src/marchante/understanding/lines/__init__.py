"""A message cut into lines: an amount, the words it goes with, what is to be done with them."""
