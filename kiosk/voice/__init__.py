"""From a call or a notice to one sound."""
