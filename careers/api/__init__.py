"""/api/v1/careers/: the same profiles as the pages, as JSON."""
