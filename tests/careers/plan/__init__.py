"""My plan."""
