"""What must not break it: kills, full disks, random keys, hostile text, odd days (`--full` runs the long form)."""
