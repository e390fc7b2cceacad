"""A PostgreSQL server that comes with the product: no installation, one data directory, several processes."""

from marchante.foundation.database.embedded.binaries import postgres_environment, postgres_program
from marchante.foundation.database.embedded.errors import EmbeddedPostgresError
from marchante.foundation.database.embedded.server import EmbeddedServer, acquire, embedded_postgres, release

__all__ = [
    "EmbeddedPostgresError",
    "EmbeddedServer",
    "acquire",
    "embedded_postgres",
    "postgres_environment",
    "postgres_program",
    "release",
]
