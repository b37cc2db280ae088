"""Small pure tags and filters for the templates: words, classes, geometry. None asks the database."""
