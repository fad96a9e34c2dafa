"""Check: faults of figures that an editor would find."""
