"""From a ticket to paper."""
