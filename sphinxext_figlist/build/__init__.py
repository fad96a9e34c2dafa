"""Build: what happens at each of Sphinx's events, and what is kept between them."""
