"""Build: what happens at each of Sphinx's events, and the state between them."""
