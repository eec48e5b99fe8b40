"""The SQLite file: the only room that knows sqlite_utils."""
