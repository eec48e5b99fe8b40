"""A queue for civil-registration offices: tickets, counters, screens, paper, provable order."""

__version__ = "0.1.0"
