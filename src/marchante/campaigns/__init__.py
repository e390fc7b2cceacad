"""What a company announces to whoever writes."""
