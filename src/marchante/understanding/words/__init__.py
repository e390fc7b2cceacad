"""Words, numbers and amounts as they are written: what can be read without knowing the shop."""
