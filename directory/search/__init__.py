"""From what a reader types to what can be looked up."""
