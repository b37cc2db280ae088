"""The pages of the worklists: what waits for staff, and what they say about it."""
