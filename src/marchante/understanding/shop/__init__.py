"""One catalog in the form it is searched in, and which of its products words may mean."""
