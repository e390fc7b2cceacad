"""Who writes, under every identity they use."""
