"""Prints the table in the documentation."""

from support.extensions import table

print(table(), end="")
