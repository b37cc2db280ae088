"""What a run of words can be, one noun to a file. Each offers readings; `choose` takes the best that fit together."""
