"""The configuration: its values, what is wrong with them, what they mean."""
