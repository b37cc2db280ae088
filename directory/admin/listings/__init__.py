"""Many schools or programs at once: chosen values, whole spreadsheets, and what was done with either."""
