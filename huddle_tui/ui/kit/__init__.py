"""Drawing that knows no domain: lists, grids, big letters, forms, the prompt, the key bar."""
