"""Run migrations on the connection that migrate.py hands over, inside its transaction."""

from alembic import context

from tracker.store.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
context.run_migrations()
