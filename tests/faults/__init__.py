"""What must not break it: kills, full disks, random keys, hostile text, odd days. `pytest --full` runs the long form."""
