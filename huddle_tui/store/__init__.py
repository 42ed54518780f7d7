"""Where a book is kept: small JSON files under TinyDB that lose nothing. May know TinyDB and the domain; nobody above
knows TinyDB, and nothing here judges, shows or asks.
"""
