"""What is true of Mexican Spanish in any shop; nothing here knows a company's catalog."""
