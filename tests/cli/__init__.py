"""The commands, from the outside: what they print, where, and with which exit status."""
