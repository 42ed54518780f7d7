"""Check-ins and reading along in a browser: a server, personal links, pages. Only this room knows aiohttp."""
