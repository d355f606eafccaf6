"""One file for each format that a map can be read from."""
