"""A person's own numbers before the huddle."""
