"""What a list can be narrowed by: one declaration per list, read by page, API and export alike."""
