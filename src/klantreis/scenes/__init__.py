"""Pictures as boxes, lines and words, already laid out."""
