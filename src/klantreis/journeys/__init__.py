"""The log placed on the map."""
