"""Files that lose nothing: read from whatever copy is whole, saved under a lock, atomically and on disk."""
