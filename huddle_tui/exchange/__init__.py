"""What travels: team files, CSV of KPIs, and exports as Markdown, CSV, JSON and TOML.

Text in, plain values out, and the other way round. Nothing here knows a book: what is read is a neutral `TeamFile`
that `activities.importing` lays over a team, and what is written comes in as domain values. No actual is ever read
from a file (METHOD 1), and no number that is still hidden is ever written to one (METHOD 8).
"""
