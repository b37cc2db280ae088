"""The public read API: the same filters and profiles as the pages, as JSON."""
