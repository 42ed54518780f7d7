"""The browser pages: a real server on a free port, asked by real clients."""
