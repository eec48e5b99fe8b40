"""Prepares a fresh checkout, with the standard library only: nothing is installed yet."""
