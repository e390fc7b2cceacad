"""The words of one line read into products, wishes, and what the shop does not have."""
