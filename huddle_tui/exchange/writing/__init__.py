"""What goes out: a module per kind of thing, each with a function per format; `exports` is the table of all."""
