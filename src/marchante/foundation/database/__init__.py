"""PostgreSQL: connections, transactions and the embedded server."""
