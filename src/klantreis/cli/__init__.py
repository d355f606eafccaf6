"""The terminal's door: one file a verb."""
