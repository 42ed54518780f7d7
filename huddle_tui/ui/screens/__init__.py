"""One screen a file. A screen shows what an activity gave it and hands keys on; it decides nothing of the method."""
