"""Home, the welcome, help and the palette."""
