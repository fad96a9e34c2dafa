"""Revise: alt texts from edited sheets back into the sources."""
