"""From the values of the domain to what a widget shows: phrases and rows in the language spoken, nothing drawn yet."""
