"""Personal links to the browser pages, shown one after another."""
