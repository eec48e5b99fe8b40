"""The rules of the queue: pure, without clock, files or network."""
