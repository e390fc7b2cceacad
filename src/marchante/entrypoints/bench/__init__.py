"""How fast messages pass through a real server, and what each leg of the way costs: `marchante bench`."""
