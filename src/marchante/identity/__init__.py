"""Who may operate the platform and the panel."""
