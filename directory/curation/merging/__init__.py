"""Making two listings one, and two again. No caller sees the state in between."""
