"""What travels: files in, files out."""
