"""What staff change, and how it survives the next import."""
