"""The layouts, each one module with a function from a list to its nodes."""
