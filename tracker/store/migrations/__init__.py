"""Alembic's environment and one module a revision; a revision never imports the models."""
