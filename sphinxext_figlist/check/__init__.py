"""Check: what editors find fault with, told before they do."""
