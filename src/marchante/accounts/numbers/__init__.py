"""Our numbers: what Meta says of each when it is asked, and how many free messages are left."""
