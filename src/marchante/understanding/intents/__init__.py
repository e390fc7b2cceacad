"""What the customer wants with the message as a whole."""
