"""What customers asked for in their own words, kept for the owner: names to learn, and demand that went unserved.

A turn only writes down. Nothing changes how a message is understood until the owner accepts.
"""
