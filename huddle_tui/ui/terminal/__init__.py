"""The terminal as it really is: what it sends and what becomes of it. Knows Textual's driver and nothing of huddles."""
