"""How it is kept: rows, unit of work, migrations, audit, first look.

The only room that knows SQLAlchemy, Alembic and sqlcipher3. Knows no study and no Qt; rows never leave store and
services. Imports no library here, so that the first look stays cheap.
"""
