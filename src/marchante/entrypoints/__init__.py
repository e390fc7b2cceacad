"""The three ways in: web, worker, command line."""
