"""The round on the shared screen, from its opening to its recap."""
