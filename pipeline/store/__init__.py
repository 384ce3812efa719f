"""Where a case is kept: SQLite by default, PostgreSQL by URL; the only room that imports SQLAlchemy and Alembic."""
