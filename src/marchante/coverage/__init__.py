"""Where a shop delivers: zones, what each costs, and whether a place lies in one."""
