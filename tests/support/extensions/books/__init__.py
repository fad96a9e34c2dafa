"""One module for each of them, or for those that are alike."""
