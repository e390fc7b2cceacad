"""Our WhatsApp accounts: what Meta tells of them is acted upon, and what must be known of them is asked."""
