"""Assemble: records, toctree order and numbers become one list for each volume."""
