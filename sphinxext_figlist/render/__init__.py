"""Render: the assembled lists as nodes on pages."""
