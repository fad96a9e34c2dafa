"""Proofs: on which page a book's PDF, or another typesetter, has each figure."""
