"""How Alembic runs here: on the connection that `pipeline.store.migrate` hands over, in its transaction."""

from alembic import context

from pipeline.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    # SQLite too takes back the making of tables; Alembic only does not count on it.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
