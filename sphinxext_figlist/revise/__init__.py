"""The way back: from edited sheets of alt texts into the sources."""
