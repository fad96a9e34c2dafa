"""Assemble: records, toctree order and numbers become one list a volume."""
