"""Finding listings that may be one: a few bounded questions, kept as `DuplicatePair` rows for staff to decide."""
