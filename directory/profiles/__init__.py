"""What a page, the API and an export show about one record: rows become figures, cards and blocks."""
