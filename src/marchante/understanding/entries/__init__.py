"""Lines become entries: completed, corrected, shared out, doubted, and put into the cart."""
