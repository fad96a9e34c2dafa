"""Export: the assembled lists as files."""
