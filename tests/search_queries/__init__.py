"""What people type into the search, what must come of it, and how well an answer does; see README.md."""
