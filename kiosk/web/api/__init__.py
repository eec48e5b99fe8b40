"""The HTTP interface for programs: one file a noun, each a table of routes."""
