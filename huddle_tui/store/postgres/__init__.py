"""A book in a PostgreSQL database, for a team on several machines. psycopg is loaded where one is named."""
