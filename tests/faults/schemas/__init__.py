"""A small book of every version of the file format, as a program of that version wrote it: kept for ever, never edited.

After `migrations.SCHEMA` was raised, and what is new was put into `make`: `python -m tests.faults.schemas.make`.
"""
