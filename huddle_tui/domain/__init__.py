"""The method: teams, numbers, days, judging, the round, the scorecard, the coach. Pure values and functions.

Nothing here reads a file, asks a clock or knows a screen. Time comes in as an argument, a change gives back a new
value. Only `dates` knows pendulum. What goes wrong is a `HuddleError` that carries a `Sentence`.
"""
