"""What must be sent is sent once, in order, at the pace Meta allows."""
