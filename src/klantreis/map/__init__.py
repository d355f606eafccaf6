"""The journey map as a document."""
