"""A person takes over the chat."""
