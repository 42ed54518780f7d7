"""Team huddles in the terminal: a timed round in which everyone names the numbers they promised.

`domain` is the method, pure; `store` keeps books that lose nothing; `exchange` reads and writes what travels;
`activities` is what a person does; `ui` shows it; `cli` is the one door. Imports only ever point down that list
in reverse: `domain` knows nobody, nobody knows `cli`.
"""

__version__ = "0.1.0"
