"""Official files that staff load in the admin: proposed, checked, previewed, approved, loaded, taken back."""
