"""Random books, random edits of them, and what the promises say of each."""
