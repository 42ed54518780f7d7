"""What a person does with the program: hosting a round, checking in, looking back, setting up the team.

What a screen calls, and what the command line calls too. Nothing here knows a screen; everything takes the book and
the time it works with as arguments.
"""
