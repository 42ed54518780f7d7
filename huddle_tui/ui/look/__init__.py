"""How everything looks: themes, letters, text that keeps to its place."""
