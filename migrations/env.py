"""Alembic's entry, for all three kinds of schema: the caller says which in `config.attributes["kind"]`.

Offline only renders SQL (what Marchante applies itself); online is for `make migration`, which compares the tables in
`models.py` with a migrated schema.
"""

from alembic import context

attributes = context.config.attributes
kind = attributes["kind"]
options = {
    "target_metadata": attributes.get("metadata"),
    "version_table_schema": None if kind == "tenant" else kind,
    "include_schemas": kind != "tenant",
    "transactional_ddl": False,
    "compare_server_default": True,
    "compare_type": True,
    # Alembic calls the schema of the search path, where company tables are, None.
    "include_name": lambda name, type_, _parents: type_ != "schema" or name in {None, kind},
}

if context.is_offline_mode():
    context.configure(dialect_name="postgresql", as_sql=True, literal_binds=True, **options)
else:
    context.configure(connection=attributes["connection"], **options)

with context.begin_transaction():
    context.run_migrations()
