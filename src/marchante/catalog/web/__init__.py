"""The public catalog of a company: a page to choose from, and a button that opens the chat with the order."""
