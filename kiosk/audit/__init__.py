"""Proving the order of calling from the journal alone."""
