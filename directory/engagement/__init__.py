"""What readers do here, counted without knowing who they are."""
