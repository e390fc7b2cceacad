"""The catalog as a PDF and as pictures."""
