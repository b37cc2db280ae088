"""Tags with which pages of other parts show something of careers."""
